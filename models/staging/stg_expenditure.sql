{{ stage_figures([
    'expenditure', 'fiscal_expenditure', 'general_public_expenditure',
    'government_fund_expenditure', 'state_capital_expenditure',
]) }}

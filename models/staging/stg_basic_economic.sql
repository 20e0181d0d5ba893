{{ stage_figures([
    'fiscal_basic_economic', 'basic_economic', 'basic_economic_government',
    'basic_expenditure', 'agency_operating_cost',
]) }}

-- The current figures of all facts with amounts, in the columns of those before.
with

final as (

    {{ comparable_figures(
        'fct_income', 'income_source', ['level', 'function_code', 'unit_code']
    ) }}

    union all

    {{ comparable_figures(
        'fct_expenditure_function', 'component', ['level', 'function_code', 'unit_code']
    ) }}

    union all

    {{ comparable_figures(
        'fct_expenditure_economic', 'component',
        ['level', 'department_economic_code', 'government_economic_code']
    ) }}

    union all

    {{ comparable_figures('fct_three_public', 'item', ['basis']) }}

    union all

    {{ comparable_figures(
        'fct_procurement', none, ['level', 'function_code', 'department_economic_code']
    ) }}

    union all

    {{ comparable_figures('fct_project_amount', 'measure', ['level']) }}

)

select * from final

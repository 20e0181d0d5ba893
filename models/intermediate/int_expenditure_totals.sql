-- Expenditure of the year (本年支出合计) by fund: of all money the expenditure table, else
-- the summary without what is carried over, else with it; of one fund its own table.
with

facts as (

    select * from {{ ref('fct_expenditure_function') }}
    where is_current and level = 'total' and function_code is null

),

placed as (

    select
        disclosure_id,
        fund,
        table_kind,
        component,
        case
            when component = 'total' and table_kind = 'expenditure' then 1
            when component = 'current_total' and table_kind = 'summary' then 2
            when component = 'total' and table_kind = 'summary' then 3
            when
                component = 'total'
                and table_kind in ('fiscal_expenditure', 'general_public_expenditure')
                then 1
        end as place,
        amount_yuan,
        page_number,
        cell_id
    from facts
    where fund in ('all', 'fiscal', 'general_public_budget')

),

final as (

    select
        disclosure_id,
        fund,
        table_kind,
        component,
        {{ width_of_fund('fund') }} as fund_rank,
        amount_yuan,
        page_number,
        cell_id
    from placed
    where place is not null
    qualify
        row_number() over (
            partition by disclosure_id, fund order by place asc, cell_id asc
        ) = 1

)

select * from final

-- Budget and final account of all expenditure of the year, in the widest fund that
-- both documents print; without the budget's document of the general public budget,
-- as stated.
with

linked as (

    select * from {{ ref('int_budgets_linked') }}

),

totals as (

    select * from {{ ref('int_expenditure_totals') }}

),

stated as (

    select * from {{ ref('int_budgets_stated') }}
    where subject = 'total'

),

final as (

    select
        linked.disclosure_id,
        linked.budget_disclosure_id,
        'total' as subject,
        'expenditure' as code,
        totals.fund,
        case
            when budget_totals.amount_yuan is not null then budget_totals.fund
            when stated.amount_yuan is not null then 'general_public_budget'
        end as budget_fund,
        case
            when budget_totals.amount_yuan is not null then 'budget_document'
            when stated.amount_yuan is not null then 'stated'
        end as budget_source,
        coalesce(budget_totals.amount_yuan, stated.amount_yuan) as budget_yuan,
        stated.amount_yuan as stated_budget_yuan,
        cast(null as decimal(18, 2)) as adjusted_budget_yuan,
        totals.amount_yuan as final_yuan,
        totals.page_number,
        totals.cell_id,
        budget_totals.cell_id as budget_cell_id,
        stated.line_id as budget_line_id
    from linked
    inner join totals
        on linked.disclosure_id = totals.disclosure_id
    left join totals as budget_totals
        on
            linked.budget_disclosure_id = budget_totals.disclosure_id
            and totals.fund = budget_totals.fund
    left join stated
        on
            linked.disclosure_id = stated.disclosure_id
            and totals.fund = 'general_public_budget'
    qualify
        row_number() over (
            partition by linked.disclosure_id
            order by
                budget_totals.amount_yuan is not null desc,
                stated.amount_yuan is not null desc,
                totals.fund_rank asc
        ) = 1

)

select * from final

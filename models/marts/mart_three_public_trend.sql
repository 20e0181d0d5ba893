-- Leaves of 三公 per year and basis. The budget of a year comes from the budget's
-- document; where only the final account is held, from its column 预算数 (adjusted).
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

amounts as (

    select * from {{ ref('int_class_amounts') }}
    where dimension = 'three_public'

),

tables as (

    select * from {{ ref('int_class_tables') }}
    where dimension = 'three_public' and place_rank = 1

),

items as (

    select * from {{ ref('three_public_item') }}

),

-- both documents of a year print a budget: one of them speaks
chosen as (

    select
        tables.*,
        disclosures.agency_id,
        disclosures.scope,
        disclosures.fiscal_year
    from tables
    {{ join_disclosures('tables') }}
    qualify
        row_number() over (
            partition by
                disclosures.agency_id,
                disclosures.scope,
                disclosures.fiscal_year,
                tables.basis
            order by
                tables.basis = disclosures.own_basis desc,
                disclosures.document_kind asc
        ) = 1

),

-- the department may speak by its budget, the unit by its final account
counted as (

    select
        *,
        scope = 'department'
        or not bool_or(scope = 'department') over (
            partition by agency_id, fiscal_year, basis
        ) as is_counted
    from chosen

),

final as (

    select
        {{ disclosure_columns(counted='counted.is_counted') }},
        counted.disclosure_id,
        amounts.code as item,
        items.zh as item_zh,
        counted.basis,
        {{ zh_of('basis', 'counted.basis') }} as basis_zh,
        counted.fund,
        {{ zh_of('fund', 'counted.fund') }} as fund_zh,
        amounts.amount_yuan,
        counted.total_yuan,
        counted.printed_total_yuan,
        {{ ratio('amounts.amount_yuan', 'counted.total_yuan') }} as share_of_total,
        amounts.page_number,
        amounts.cell_id
    from counted
    {{ join_disclosures('counted') }}
    inner join amounts
        on
            counted.disclosure_id = amounts.disclosure_id
            and counted.basis = amounts.basis
            and counted.table_kind = amounts.table_kind
            and counted.fund = amounts.fund
    left join items
        on amounts.code = items.item

)

select * from final

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

basis_labels as (

    {{ labels_of('basis') }}

),

fund_labels as (

    {{ labels_of('fund') }}

),

-- both documents of a year print a budget: one of them speaks
chosen as (

    select
        disclosures.*,
        tables.basis,
        tables.table_kind,
        tables.fund,
        tables.total_yuan,
        tables.printed_total_yuan
    from tables
    inner join disclosures
        on tables.disclosure_id = disclosures.disclosure_id
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

final as (

    select
        chosen.agency_id,
        chosen.agency_name,
        chosen.agency_domain,
        chosen.agency_domain_zh,
        chosen.region_code,
        chosen.region_name,
        chosen.scope,
        chosen.scope_zh,
        chosen.fiscal_year,
        chosen.disclosure_id,
        chosen.document_kind,
        chosen.document_kind_zh,
        amounts.code as item,
        items.zh as item_zh,
        chosen.basis,
        basis_labels.zh as basis_zh,
        chosen.fund,
        fund_labels.zh as fund_zh,
        amounts.amount_yuan,
        chosen.total_yuan,
        chosen.printed_total_yuan,
        {{ ratio('amounts.amount_yuan', 'chosen.total_yuan') }} as share_of_total,
        amounts.page_number,
        amounts.cell_id
    from chosen
    inner join amounts
        on
            chosen.disclosure_id = amounts.disclosure_id
            and chosen.basis = amounts.basis
            and chosen.table_kind = amounts.table_kind
            and chosen.fund = amounts.fund
    left join items
        on amounts.code = items.item
    left join basis_labels
        on chosen.basis = basis_labels.word
    left join fund_labels
        on chosen.fund = fund_labels.word

)

select * from final

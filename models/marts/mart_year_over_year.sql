-- Leaves of two years of one agency, kind and scope, from the same table and fund.
-- Where the year before is not held, 三公 compares with the column that the document
-- itself prints for it.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

amounts as (

    select * from {{ ref('int_class_amounts') }}

),

tables as (

    select * from {{ ref('int_class_tables') }}

),

linked as (

    select * from {{ ref('int_years_linked') }}

),

code_changes as (

    select * from {{ ref('class_code_change') }}

),

{{ class_name_imports() }},

-- the document's own column of the year before
linked_within as (

    select
        disclosures.disclosure_id,
        disclosures.disclosure_id as prior_disclosure_id,
        disclosures.fiscal_year,
        tables.dimension,
        tables.table_kind,
        tables.fund,
        tables.basis,
        tables_before.basis as prior_basis
    from disclosures
    inner join tables
        on
            disclosures.disclosure_id = tables.disclosure_id
            and disclosures.own_basis = tables.basis
    inner join tables as tables_before
        on
            tables.disclosure_id = tables_before.disclosure_id
            and tables.dimension = tables_before.dimension
            and tables.table_kind = tables_before.table_kind
            and tables.fund = tables_before.fund
            and concat('prior_year_', tables.basis) = tables_before.basis
    left join linked
        on
            tables.disclosure_id = linked.disclosure_id
            and tables.dimension = linked.dimension
    where linked.disclosure_id is null
    qualify
        row_number() over (
            partition by disclosures.disclosure_id, tables.dimension
            order by tables.place_rank
        ) = 1

),

pairs as (

    select
        *,
        'year_before' as prior_source
    from linked

    union all

    select
        *,
        'same_document' as prior_source
    from linked_within

),

amounts_now as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        amounts.code,
        amounts.row_label,
        amounts.amount_yuan,
        amounts.page_number,
        amounts.cell_id
    from pairs
    {{ join_leaves("pairs.basis") }}

),

-- a class that has another code since stands under the new one, where the document
-- prints its name: the old code may mean another class by now
amounts_before as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        coalesce(code_changes.code, amounts.code) as code,
        nullif(
            string_agg(distinct code_changes.former_code, '、'), ''
        ) as former_code,
        min(amounts.row_label) as row_label,
        cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
        min(amounts.cell_id) as cell_id
    from pairs
    {{ join_leaves("pairs.prior_basis", disclosure_id='prior_disclosure_id') }}
    left join code_changes
        on
            amounts.dimension = code_changes.dimension
            and amounts.code = code_changes.former_code
            and pairs.fiscal_year >= code_changes.changed_in
            and {{ class_name_key('amounts.row_label') }}
            = {{ class_name_key('code_changes.former_name') }}
    group by
        pairs.disclosure_id,
        pairs.dimension,
        coalesce(code_changes.code, amounts.code)

),

compared as (

    select
        coalesce(
            amounts_now.disclosure_id, amounts_before.disclosure_id
        ) as disclosure_id,
        coalesce(amounts_now.dimension, amounts_before.dimension) as dimension,
        coalesce(amounts_now.code, amounts_before.code) as code,
        amounts_before.former_code,
        coalesce(amounts_now.row_label, amounts_before.row_label) as row_label,
        case
            when amounts_before.code is null then 'new'
            when amounts_now.code is null then 'gone'
            else 'both'
        end as change_kind,
        amounts_now.amount_yuan,
        amounts_before.amount_yuan as prior_amount_yuan,
        amounts_now.page_number,
        amounts_now.cell_id,
        amounts_before.cell_id as prior_cell_id
    from amounts_now
    full outer join amounts_before
        on
            amounts_now.disclosure_id = amounts_before.disclosure_id
            and amounts_now.dimension = amounts_before.dimension
            and amounts_now.code = amounts_before.code

),

final as (

    select
        {{ disclosure_columns() }},
        compared.disclosure_id,
        pairs.prior_disclosure_id,
        pairs.prior_source,
        {{ zh_of('prior_source', 'pairs.prior_source') }} as prior_source_zh,
        compared.dimension,
        {{ zh_of('dimension', 'compared.dimension') }} as dimension_zh,
        compared.code,
        {{ class_name() }} as name,
        compared.former_code,
        codes.class_code,
        codes.class_name,
        pairs.table_kind,
        {{ zh_of('table_kind', 'pairs.table_kind') }} as table_kind_zh,
        pairs.fund,
        {{ zh_of('fund', 'pairs.fund') }} as fund_zh,
        compared.change_kind,
        {{ zh_of('change_kind', 'compared.change_kind') }} as change_kind_zh,
        compared.amount_yuan,
        compared.prior_amount_yuan,
        {{ change_of('compared.amount_yuan', 'compared.prior_amount_yuan') }}
            as change_yuan,
        {{ ratio(
            'compared.amount_yuan - compared.prior_amount_yuan',
            'compared.prior_amount_yuan'
        ) }} as change_share,
        compared.page_number,
        compared.cell_id,
        compared.prior_cell_id
    from compared
    inner join pairs
        on
            compared.disclosure_id = pairs.disclosure_id
            and compared.dimension = pairs.dimension
    {{ join_disclosures('compared') }}
    {{ join_class_names('compared') }}

)

select * from final

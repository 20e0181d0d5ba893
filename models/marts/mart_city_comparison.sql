-- Leaves only. Each dimension comes from one table kind and fund per disclosure, the
-- first of its order that is printed; ranks compare the same fund.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

amounts as (

    select * from {{ ref('int_class_amounts') }}

),

first_tables as (

    select * from {{ ref('int_class_tables') }}
    where place_rank = 1

),

codes as (

    select * from {{ ref('int_codes_described') }}

),

former_names as (

    select * from {{ ref('int_former_names') }}

),

posts as (

    select * from {{ ref('int_posts_stated') }}

),

dimension_labels as (

    {{ labels_of('dimension') }}

),

fund_labels as (

    {{ labels_of('fund') }}

),

chosen as (

    select
        amounts.*,
        disclosures.agency_id,
        disclosures.agency_name,
        disclosures.agency_domain,
        disclosures.agency_domain_zh,
        disclosures.region_code,
        disclosures.region_name,
        disclosures.province_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.document_kind_zh,
        disclosures.scope,
        disclosures.scope_zh,
        first_tables.total_yuan
    from amounts
    inner join first_tables
        on
            amounts.disclosure_id = first_tables.disclosure_id
            and amounts.dimension = first_tables.dimension
            and amounts.basis = first_tables.basis
            and amounts.table_kind = first_tables.table_kind
            and amounts.fund = first_tables.fund
    inner join disclosures
        on
            amounts.disclosure_id = disclosures.disclosure_id
            and amounts.basis = disclosures.own_basis

),

final as (

    select
        chosen.agency_domain,
        chosen.agency_domain_zh,
        chosen.fiscal_year,
        chosen.document_kind,
        chosen.document_kind_zh,
        chosen.scope,
        chosen.scope_zh,
        chosen.agency_id,
        chosen.agency_name,
        chosen.region_code,
        chosen.region_name,
        chosen.province_name,
        chosen.disclosure_id,
        chosen.dimension,
        dimension_labels.zh as dimension_zh,
        chosen.code,
        coalesce(former_names.former_name, codes.name) as name,
        codes.class_code,
        codes.class_name,
        chosen.table_kind,
        chosen.fund,
        fund_labels.zh as fund_zh,
        chosen.amount_yuan,
        chosen.total_yuan,
        chosen.printed_total_yuan,
        {{ ratio('chosen.amount_yuan', 'chosen.total_yuan') }} as share_of_total,
        posts.posts,
        posts.posts_basis,
        {{ per_post('chosen.amount_yuan', 'posts.posts') }} as per_post_yuan,
        cast(
            rank() over (
                partition by
                    chosen.agency_domain,
                    chosen.fiscal_year,
                    chosen.document_kind,
                    chosen.scope,
                    chosen.dimension,
                    chosen.fund,
                    chosen.code
                order by chosen.amount_yuan desc
            ) as integer
        ) as rank,
        chosen.cell_count,
        chosen.page_number,
        chosen.cell_id
    from chosen
    left join codes
        on chosen.dimension = codes.dimension and chosen.code = codes.code
    left join former_names
        on
            chosen.dimension = former_names.dimension
            and chosen.code = former_names.code
            and {{ class_name_key('chosen.row_label') }} = former_names.name_key
    left join posts
        on chosen.disclosure_id = posts.disclosure_id
    left join dimension_labels
        on chosen.dimension = dimension_labels.word
    left join fund_labels
        on chosen.fund = fund_labels.word

)

select * from final

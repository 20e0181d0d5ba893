-- What a disclosure buys by category and item of the catalogue, each amount once.
with

leaves as (

    select * from {{ ref('int_procurement_leaves') }}

),

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

catalogue as (

    select * from {{ ref('dim_catalogue') }}

),

catalogue_names as (

    select * from {{ ref('int_catalogue_names') }}

),

themes as (

    select * from {{ ref('int_names_themed') }}
    where place = 'catalogue'

),

coded as (

    select
        leaves.*,
        coalesce(
            leaves.catalogue_code,
            catalogue_names.catalogue_code,
            leaves.catalogue_name
        ) as item_code,
        case
            when leaves.catalogue_code is not null then 'printed'
            when catalogue_names.catalogue_code is not null then 'name'
            when leaves.catalogue_name is not null then 'unlisted'
        end as code_source
    from leaves
    left join catalogue_names
        on
            leaves.category = catalogue_names.category
            and {{ printed_name_key('leaves.catalogue_name') }}
            = catalogue_names.name_key

),

summed as (

    select
        disclosure_id,
        category,
        item_code as catalogue_code,
        min(code_source) as code_source,
        min(catalogue_name) as catalogue_name,
        min(amount_source) as amount_source,
        min(fund) as fund,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
        cast(sum(sme_reserved_yuan) as decimal(18, 2)) as sme_reserved_yuan,
        cast(sum(micro_reserved_yuan) as decimal(18, 2)) as micro_reserved_yuan,
        max(printed_total_yuan) as printed_total_yuan,
        cast(count(*) as integer) as line_count,
        min_by(page_number, coalesce(cell_id, line_id)) as page_number,
        min(cell_id) as cell_id,
        min(line_id) as line_id
    from coded
    group by disclosure_id, category, item_code

),

final as (

    select
        summed.disclosure_id,
        {{ disclosure_columns() }},
        summed.category,
        {{ zh_of('category', 'summed.category') }} as category_zh,
        summed.catalogue_code,
        summed.code_source,
        {{ zh_of('code_source', 'summed.code_source') }} as code_source_zh,
        coalesce(catalogue.catalogue_name, summed.catalogue_name) as catalogue_name,
        coalesce(themes.theme, 'other') as theme,
        {{ zh_of('theme', "coalesce(themes.theme, 'other')") }} as theme_zh,
        summed.amount_source,
        {{ zh_of('procurement_source', 'summed.amount_source') }} as amount_source_zh,
        summed.fund,
        {{ zh_of('fund', 'summed.fund') }} as fund_zh,
        summed.amount_yuan,
        summed.sme_reserved_yuan,
        summed.micro_reserved_yuan,
        {{ ratio('summed.sme_reserved_yuan', 'summed.amount_yuan') }} as sme_share,
        {{ ratio(
            'summed.amount_yuan',
            'sum(summed.amount_yuan) over (partition by summed.disclosure_id)'
        ) }} as share_of_total,
        summed.printed_total_yuan,
        summed.line_count,
        cast(summed.page_number as integer) as page_number,
        summed.cell_id,
        summed.line_id
    from summed
    {{ join_disclosures('summed') }}
    left join catalogue
        on summed.catalogue_code = catalogue.catalogue_code
    left join themes
        on summed.catalogue_name = themes.name

)

select * from final

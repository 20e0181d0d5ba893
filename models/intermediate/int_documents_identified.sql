with

documents as (

    select * from {{ ref('stg_document') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

names as (

    select * from {{ ref('int_agency_names_keyed') }}

),

-- the name of the place may or may not stand before the name of the agency
placed as (

    select
        documents.*,
        names.agency_label,
        regions.region_code is not null as is_known_region,
        {{ without_prefix(
            without_prefix(
                without_prefix(
                    'names.agency_key', "coalesce(regions.province_name, '')"
                ),
                "coalesce(parents.region_name, '')"
            ),
            "coalesce(regions.region_name, '')"
        ) }} as agency_local_key
    from documents
    left join names
        on documents.agency_name = names.agency_name
    left join regions
        on documents.region_code = regions.region_code
    left join regions as parents
        on regions.parent_code = parents.region_code

),

identified as (

    select
        *,
        md5(concat_ws('|', region_code, agency_local_key)) as agency_id
    from placed
    where
        is_read
        and agency_local_key is not null
        and is_known_region
        and fiscal_year is not null
        and document_kind is not null
        and scope is not null

),

final as (

    select
        document_id,
        md5(
            concat_ws('|', agency_id, fiscal_year, document_kind, scope)
        ) as disclosure_id,
        agency_id,
        agency_label as agency_name,
        agency_local_key,
        region_code,
        fiscal_year,
        document_kind,
        scope,
        page_count
    from identified

)

select * from final

with

source as (

    select * from {{ source('raw', 'document') }}

),

final as (

    select
        document_id,
        sha256,
        media_type,
        document_kind,
        fiscal_year,
        scope,
        region_code,
        nullif(trim(agency_name), '') as agency_name,
        byte_size,
        page_count,
        status = 'read' as is_read,
        reader_version,
        vocabulary_hash
    from source

)

select * from final

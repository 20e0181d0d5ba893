with

source as (

    select * from {{ source('raw', 'published_document') }}

),

final as (

    select
        document_id,
        file_path,
        file_name,
        disclosure_id,
        reader_version,
        vocabulary_hash,
        folder_identity
    from source

)

select * from final

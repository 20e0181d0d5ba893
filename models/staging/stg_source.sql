with

source as (

    select * from {{ source('raw', 'source') }}

),

final as (

    select
        document_id,
        file_path,
        file_name,
        source_url,
        published_on
    from source

)

select * from final

with

source as (

    select * from {{ source('raw', 'folder_identity') }}

),

final as (

    select
        document_id,
        field,
        value as inherited_value,
        folder,
        said_by
    from source

)

select * from final

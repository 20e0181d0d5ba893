with

inherited as (

    select * from {{ ref('stg_folder_identity') }}

),

final as (

    select
        md5(concat_ws('|', document_id, field)) as folder_identity_id,
        document_id,
        field,
        inherited_value,
        folder,
        said_by
    from inherited

)

select * from final

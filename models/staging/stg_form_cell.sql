with

source as (

    select * from {{ source('raw', 'cell') }}

),

final as (

    select
        cell_id,
        document_id,
        form_id
    from source
    where form_id is not null

)

select * from final

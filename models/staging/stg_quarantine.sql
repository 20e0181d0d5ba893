with

source as (

    select * from {{ source('raw', 'quarantine') }}

),

final as (

    select
        document_id,
        table_kind,
        page_number,
        cell_id,
        reason,
        detail
    from source

)

select * from final

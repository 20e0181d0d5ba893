with

source as (

    select * from {{ source('raw', 'table') }}

),

final as (

    select
        table_id,
        document_id,
        table_no,
        table_kind,
        title,
        fund
    from source

)

select * from final

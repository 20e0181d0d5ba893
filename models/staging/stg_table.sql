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
        fund,
        note,
        cast(first_page as integer) as first_page,
        cast(last_page as integer) as last_page
    from source

)

select * from final

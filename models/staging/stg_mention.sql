with

source as (

    select * from {{ source('raw', 'mention') }}

),

final as (

    select
        mention_id,
        document_id,
        cast(page_number as integer) as page_number,
        line_id,
        place,
        title,
        table_kind
    from source

)

select * from final

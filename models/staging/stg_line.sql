{{ config(materialized='ephemeral') }}

with

source as (

    select * from {{ source('raw', 'line') }}

),

final as (

    select
        line_id,
        document_id,
        line_no,
        text as printed_text,
        cast(page_number as integer) as page_number
    from source

)

select * from final

{{ config(materialized='ephemeral') }}

with

source as (

    select * from {{ source('raw', 'cell') }}

),

final as (

    select
        cell_id,
        document_id,
        table_id,
        row_no,
        column_no,
        role,
        column_label,
        text as printed_text,
        cast(page_number as integer) as page_number
    from source

)

select * from final

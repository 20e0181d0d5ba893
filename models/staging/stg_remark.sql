with

source as (

    select * from {{ source('raw', 'remark') }}

),

final as (

    select
        remark_id,
        document_id,
        cast(page_number as integer) as page_number,
        line_id,
        form_id,
        cell_id,
        remark_kind,
        group_no,
        name as printed_name,
        code,
        operator,
        printed,
        value,
        unit,
        remark_text
    from source

)

select * from final

with

source as (

    select * from {{ source('raw', 'indicator') }}

),

final as (

    select
        indicator_id,
        form_id,
        document_id,
        table_id,
        table_kind,
        page_number,
        cell_id,
        horizon,
        level_1,
        level_2,
        level_3,
        target_text,
        target_operator,
        target_value,
        target_unit,
        actual_text,
        try_cast(weight as decimal(9, 2)) as weight,
        try_cast(score as decimal(9, 2)) as score,
        reason_text
    from source

)

select * from final

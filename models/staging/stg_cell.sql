with

source as (

    select * from {{ source('raw', 'cell') }}

),

figures as (

    select *
    from source
    -- a person may have decided what an unreadable text says
    where role = 'amount' or reading = 'confirmed'

),

final as (

    select
        cell_id,
        document_id,
        table_id,
        table_kind,
        page_number,
        trim(printed) as amount_printed,
        reading,
        quarantine_reason,
        unit,
        {{ to_yuan('value', 'unit') }} as amount_yuan
    from figures

)

select * from final

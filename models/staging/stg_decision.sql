with

source as (

    select * from {{ source('raw', 'decision') }}

),

final as (

    select
        decision_id,
        content_id,
        document_id,
        file_path,
        what,
        place,
        printed,
        read_value,
        value as decided_value,
        who,
        why,
        applied as is_applied,
        reason,
        detail,
        decided_in,
        line_number
    from source

)

select * from final

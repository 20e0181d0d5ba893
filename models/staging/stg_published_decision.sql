with

source as (

    select * from {{ source('raw', 'published_decision') }}

),

final as (

    select
        decision_id,
        document_id,
        applied as is_applied
    from source

)

select * from final

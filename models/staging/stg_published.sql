with

source as (

    select * from {{ source('raw', 'published') }}

),

final as (

    select
        publication_id,
        published_at,
        is_program_changed
    from source

)

select * from final

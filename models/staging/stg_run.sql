with

source as (

    select * from {{ source('raw', 'run') }}

),

final as (

    select
        run_id,
        version,
        started_at,
        finished_at,
        documents_seen,
        documents_read,
        documents_reused,
        documents_quarantined
    from source

)

select * from final

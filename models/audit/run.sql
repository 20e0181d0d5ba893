with

runs as (

    select * from {{ ref('stg_run') }}

),

final as (

    select
        run_id,
        version,
        cast(started_at as timestamp) as started_at,
        cast(finished_at as timestamp) as finished_at,
        cast(documents_seen as integer) as documents_seen,
        cast(documents_read as integer) as documents_read,
        cast(documents_reused as integer) as documents_reused,
        cast(documents_quarantined as integer) as documents_quarantined
    from runs

)

select * from final

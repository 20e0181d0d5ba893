with

source as (

    select * from {{ source('raw', 'resolution') }}

),

final as (

    select
        cell_id,
        document_id,
        method,
        evidence,
        solutions,
        coalesce(string_split(rules_held, '|'), cast([] as varchar[])) as rules_held,
        coalesce(string_split(rules_broken, '|'), cast([] as varchar[])) as rules_broken
    from source

)

select * from final

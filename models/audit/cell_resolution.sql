with

cells as (

    select * from {{ ref('stg_cell') }}
    where reading in ('resolved', 'confirmed')

),

final as (

    select
        cell_id,
        document_id,
        amount_printed as printed,
        amount_yuan as value_yuan,
        case reading
            when 'resolved' then 'accounting identities' else 'decision of a person'
        end as method,
        cast(null as varchar) as evidence,
        cast(1 as integer) as solutions
    from cells

)

select * from final

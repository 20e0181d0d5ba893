with

cells as (

    select * from {{ ref('stg_cell') }}
    where reading in ('resolved', 'confirmed')

),

resolutions as (

    select * from {{ ref('stg_resolution') }}

),

decisions as (

    select * from {{ ref('stg_decision') }}
    where is_applied and what in ('cell', 'unit')

),

-- a decision on the cell itself says more than one on the unit of its table
decided as (

    select
        cells.cell_id,
        arg_min(
            concat(decisions.who, '：', decisions.why),
            case
                when decisions.what = 'cell' then 1
                when decisions.place is not null then 2
                else 3
            end
        ) as evidence
    from cells
    inner join decisions
        on
            cells.document_id = decisions.document_id
            and (
                cells.cell_id = decisions.place
                or (
                    decisions.what = 'unit'
                    and coalesce(decisions.place, cells.table_id) = cells.table_id
                )
            )
    where cells.reading = 'confirmed'
    group by cells.cell_id

),

final as (

    select
        cells.cell_id,
        cells.document_id,
        cells.amount_printed as printed,
        cells.amount_yuan as value_yuan,
        case cells.reading
            when 'resolved'
                then coalesce(resolutions.method, 'accounting identities')
            else 'decision of a person'
        end as method,
        case cells.reading
            when 'resolved' then resolutions.evidence else decided.evidence
        end as evidence,
        cast(1 as integer) as solutions,
        case when cells.reading = 'resolved' then resolutions.rules_held end
            as rules_held,
        case when cells.reading = 'resolved' then resolutions.rules_broken end
            as rules_broken
    from cells
    left join decided
        on cells.cell_id = decided.cell_id
    left join resolutions
        on cells.cell_id = resolutions.cell_id

)

select * from final

with

decisions as (

    select * from {{ ref('stg_decision') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

final as (

    select
        decisions.decision_id,
        decisions.content_id,
        decisions.document_id,
        decisions.file_path,
        decisions.what,
        decisions.place,
        decisions.printed,
        decisions.read_value,
        decisions.decided_value,
        decisions.who,
        decisions.why,
        decisions.is_applied as applied,
        decisions.reason,
        decisions.detail,
        case
            when decisions.what = 'cell'
                then
                    decisions.is_applied
                    and coalesce(figures.standing = 'fact', false)
        end as gives_fact,
        decisions.decided_in,
        cast(decisions.line_number as integer) as line_number
    from decisions
    left join figures
        on decisions.what = 'cell' and decisions.place = figures.cell_id

)

select * from final

with

metrics as (

    select * from {{ ref('metric') }}

),

final as (

    select
        metric,
        zh as metric_zh,
        en as metric_en,
        numerator,
        denominator,
        unit,
        null_when,
        stands_in
    from metrics

)

select * from final

-- How many posts an agency has, where a sentence of the disclosure says one number:
-- those who work there (在职), else those authorised (编制).
with

stated as (

    select * from {{ ref('fct_stated_figure') }}
    where
        is_current
        and measure = 'count'
        and topic in ('staff_actual', 'staff_authorised')
        and value > 0

),

-- two numbers for one thing are no number
agreed as (

    select
        disclosure_id,
        topic,
        max(value) as posts
    from stated
    group by disclosure_id, topic
    having count(distinct value) = 1

),

final as (

    select
        disclosure_id,
        cast(min_by(posts, topic) as integer) as posts,
        min(topic) as posts_basis
    from agreed
    group by disclosure_id

)

select * from final

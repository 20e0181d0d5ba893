-- Tables, and columns of tables, that contradict others as a whole: most of what ties
-- them to other figures is broken, by many amounts, or one correction of all of their
-- figures mends most of it.
with

ties as (

    select * from {{ ref('int_patch_ties') }}

),

corrections as (

    select * from {{ ref('int_patch_corrections') }}

),

counted as (

    select
        document_id,
        disclosure_id,
        table_id,
        column_no,
        tied_to,
        count(*) filter (where is_broken) as broken_count,
        count(*) filter (where not is_broken) as sound_count,
        count(distinct difference_yuan) filter (where is_broken) as amount_count
    from ties
    group by document_id, disclosure_id, table_id, column_no, tied_to

),

scored as (

    select
        document_id,
        disclosure_id,
        table_id,
        column_no,
        sum(greatest(broken_count - sound_count, 0)) as score,
        bool_or(broken_count >= 2 * sound_count and amount_count >= 3) as is_many,
        bool_or(broken_count >= 2 * sound_count and broken_count >= 1) as is_some,
        -- its sums hold, but everything else is other
        coalesce(
            bool_or(tied_to = 'rows' and sound_count >= 2)
            and bool_and(tied_to <> 'rows' or broken_count = 0),
            false
        ) as is_sound_inside,
        coalesce(
            bool_or(tied_to = 'tables' and sound_count = 0 and amount_count >= 2),
            false
        ) as is_other_outside
    from counted
    group by document_id, disclosure_id, table_id, column_no

),

final as (

    select
        scored.document_id,
        scored.disclosure_id,
        scored.table_id,
        scored.column_no,
        scored.score,
        scored.is_sound_inside,
        corrections.correction,
        corrections.row_step,
        corrections.column_step,
        corrections.factor,
        corrections.mended_count
    from scored
    left join corrections
        on
            scored.table_id = corrections.table_id
            and scored.column_no = corrections.column_no
    where
        scored.is_many
        or (scored.is_sound_inside and scored.is_other_outside)
        or (scored.is_some and corrections.correction is not null)

)

select * from final

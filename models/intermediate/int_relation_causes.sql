-- Broken relations with both sides as printed, and the cause of each: what both sides
-- print, and where. The same two texts in other rows are another cause.
with

checks as (

    select * from {{ ref('int_relation_checks') }}
    where status = 'broken' and strength <> 'habit'

),

rules as (

    select * from {{ ref('relation_rule') }}

),

figures as (

    select * from {{ ref('int_relation_figures') }}

),

placed as (

    select
        check_id,
        'left' as side,
        unnest(left_places) as place_id,
        generate_subscripts(left_places, 1) as place_no
    from checks

    union all

    select
        check_id,
        'right' as side,
        unnest(right_places) as place_id,
        generate_subscripts(right_places, 1) as place_no
    from checks

),

-- the change that a rate is of makes its base too
placed_once as (

    select
        check_id,
        side,
        place_id,
        min(place_no) as place_no
    from placed
    group by check_id, side, place_id

),

printed as (

    select
        placed.check_id,
        placed.side,
        concat(
            array_to_string(
                (list(figures.printed order by placed.place_no))[1:6], '、'
            ),
            case when count(*) > 6 then concat('、…（', count(*), '）') else '' end
        ) as printed,
        list(figures.cell_id order by placed.place_no) filter (
            where figures.cell_id is not null
        ) as cell_ids,
        min_by(figures.line_id, placed.place_no) filter (
            where figures.line_id is not null
        ) as line_id,
        min_by(figures.said_of, placed.place_no) as said_of,
        min_by(figures.said_of_en, placed.place_no) as said_of_en,
        min_by(figures.page_number, placed.place_no) as page_number,
        min_by(figures.document_id, placed.place_no) as document_id
    from placed_once as placed
    inner join figures
        on placed.place_id = figures.place_id
    group by placed.check_id, placed.side

),

-- a class prints what its only item prints: one mistake, at the class
chained as (

    select
        lower_rows.check_id,
        min_by(upper_rows.check_id, length(upper_rows.subject_key)) as upper_check_id
    from checks as lower_rows
    inner join checks as upper_rows
        on
            lower_rows.disclosure_id = upper_rows.disclosure_id
            and lower_rows.relation_id = upper_rows.relation_id
            and lower_rows.left_value = upper_rows.left_value
            and lower_rows.right_value = upper_rows.right_value
            and starts_with(lower_rows.subject_key, upper_rows.subject_key)
    where regexp_full_match(upper_rows.subject_key, '[0-9]{3,5}')
    group by lower_rows.check_id

),

-- what a side prints, and where: its line, or its first cell
placed_sides as (

    select
        printed.*,
        concat_ws(
            '@',
            printed.printed,
            coalesce(printed.line_id, upper_printed.cell_ids[1], printed.cell_ids[1])
        ) as said_there
    from printed
    left join chained
        on printed.check_id = chained.check_id
    left join printed as upper_printed
        on
            chained.upper_check_id = upper_printed.check_id
            and printed.side = upper_printed.side

),

told as (

    select
        checks.*,
        rules.description,
        rules.description_en,
        rules.comparison,
        left_side.document_id as left_document_id,
        left_side.page_number,
        left_side.printed as left_printed,
        left_side.said_of,
        left_side.said_of_en,
        right_side.printed as right_printed,
        coalesce(left_side.cell_ids, cast([] as varchar[])) as left_cell_ids,
        coalesce(right_side.cell_ids, cast([] as varchar[])) as right_cell_ids,
        left_side.line_id as left_line_id,
        right_side.line_id as right_line_id,
        cast(
            checks.right_value / nullif(checks.base, 0) * 100 as decimal(18, 4)
        ) as rate_computed,
        case
            when checks.rate is null
                -- a whole and its parts are one cause, whichever rule adds them up
                then concat_ws(
                    '|',
                    least(left_side.said_there, right_side.said_there),
                    greatest(left_side.said_there, right_side.said_there)
                )
            else concat_ws('|', left_side.line_id, left_side.printed)
        end as cause
    from checks
    inner join rules
        on checks.relation_id = rules.relation_id
    inner join placed_sides as left_side
        on
            checks.check_id = left_side.check_id
            and left_side.side = 'left'
    inner join placed_sides as right_side
        on
            checks.check_id = right_side.check_id
            and right_side.side = 'right'

),

final as (

    select
        check_id,
        relation_id,
        disclosure_id,
        document_id,
        left_document_id,
        page_number,
        subject_key,
        strength,
        comparison,
        is_count,
        rate,
        rate_half,
        base,
        left_value,
        right_value,
        difference,
        tolerance,
        left_places,
        right_places,
        left_printed,
        right_printed,
        said_of,
        said_of_en,
        left_cell_ids,
        right_cell_ids,
        left_line_id,
        right_line_id,
        rate_computed,
        description,
        description_en,
        cause
    from told

)

select * from final

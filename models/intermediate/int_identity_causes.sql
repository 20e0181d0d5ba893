-- The cell that most likely explains a broken check: of the check's cells the one
-- that stands in the most broken and the fewest sound checks of its document. Checks
-- that share it, or that miss by the same amount, are one cause.
with

checks as (

    select * from {{ ref('identity_check') }}
    where status in ('holds', 'rounding', 'broken')

),

sides as (

    select * from {{ ref('int_identity_sides') }}

),

check_cells as (

    select
        checks.check_id,
        checks.identity_id,
        checks.document_id,
        checks.disclosure_id,
        checks.status,
        checks.difference_yuan,
        least(checks.left_yuan, checks.right_yuan) as low_yuan,
        greatest(checks.left_yuan, checks.right_yuan) as high_yuan,
        len(checks.cell_ids) = 2 as is_pair,
        sides.cell_id,
        sides.side,
        sides.page_number,
        sides.half_digit_yuan,
        sides.reading
    from checks
    inner join sides
        on
            checks.identity_id = sides.identity_id
            and checks.document_id = sides.document_id
            and checks.subject_key = sides.subject_key

),

scored as (

    select
        cell_id,
        count(distinct check_id) filter (where status = 'broken') as broken_count,
        count(distinct check_id) filter (where status <> 'broken') as sound_count
    from check_cells
    group by cell_id

),

final as (

    select
        check_cells.check_id,
        check_cells.identity_id,
        check_cells.document_id,
        check_cells.disclosure_id,
        check_cells.cell_id,
        check_cells.page_number,
        check_cells.difference_yuan,
        -- the most suspect cell comes last; the id makes the choice stable
        concat_ws(
            '|',
            lpad(
                cast(
                    scored.broken_count - scored.sound_count + 10000 as varchar
                ), 6, '0'
            ),
            check_cells.check_id
        ) as suspect_order,
        -- one mistake shows up with its amount wherever the figure is added up; amounts
        -- within rounding of the print meet by chance, unless both sides are the same
        case
            when abs(check_cells.difference_yuan) > 4 * check_cells.half_digit_yuan
                then concat('difference|', abs(check_cells.difference_yuan))
            when check_cells.is_pair
                then concat_ws('|', 'pair', check_cells.low_yuan, check_cells.high_yuan)
            else concat('cell|', check_cells.cell_id)
        end as cause,
        bool_or(check_cells.reading = 'resolved') over (
            partition by check_cells.check_id
        ) as has_resolved
    from check_cells
    inner join scored
        on check_cells.cell_id = scored.cell_id
    where check_cells.status = 'broken'
    qualify
        row_number() over (
            partition by check_cells.check_id
            order by
                scored.broken_count - scored.sound_count desc,
                check_cells.side asc,
                check_cells.cell_id asc
        ) = 1

)

select * from final

-- What becomes of the broken ties of a table, or of one column of it, when all of its
-- figures are taken from the row above or below, or from the column beside, or times a
-- power of ten.
with

ties as (

    select * from {{ ref('int_patch_ties') }}

),

checks as (

    select * from {{ ref('identity_check') }}

),

sides as (

    select * from {{ ref('int_identity_sides') }}

),

terms as (

    select * from {{ ref('identity_term') }}

),

figures as (

    select
        cell_id,
        -- wide enough for ten thousand times the largest amount, to the last digit
        cast(any_value(amount_yuan) as decimal(27, 2)) as amount_yuan
    from {{ ref('int_figures_tidy') }}
    group by cell_id

),

cells as (

    select
        cells.cell_id,
        cells.table_id,
        cells.row_no,
        cells.column_no,
        figures.amount_yuan
    from {{ ref('stg_printed_cell') }} as cells
    inner join figures
        on cells.cell_id = figures.cell_id

),

corrections as (

    {{ corrections_of_tables() }}

),

-- one amount may be one figure, unless the sums of its table go with it
judged as (

    select
        table_id,
        column_no
    from ties
    group by table_id, column_no
    having
        count(distinct difference_yuan) filter (where is_broken) >= 2
        or (
            count(*) filter (where is_broken) >= 1
            and count(*) filter (where tied_to = 'rows' and not is_broken) >= 2
        )

),

broken as (

    select
        ties.table_id,
        ties.column_no,
        checks.check_id,
        checks.tolerance_yuan,
        sides.side,
        terms.sign,
        cells.amount_yuan,
        cells.row_no,
        cells.column_no as cell_column_no,
        cells.table_id = ties.table_id
        and ties.column_no in (0, cells.column_no) as is_inside
    from ties
    inner join judged
        on
            ties.table_id = judged.table_id
            and ties.column_no = judged.column_no
    inner join checks
        on ties.check_id = checks.check_id
    inner join sides
        on
            checks.identity_id = sides.identity_id
            and checks.document_id = sides.document_id
            and checks.subject_key = sides.subject_key
    inner join terms
        on
            sides.identity_id = terms.identity_id
            and sides.term_no = terms.term_no
    inner join cells
        on sides.cell_id = cells.cell_id
    where ties.is_broken

),

corrected as (

    select
        broken.table_id,
        broken.column_no,
        broken.check_id,
        corrections.correction,
        corrections.row_step,
        corrections.column_step,
        corrections.factor,
        any_value(broken.tolerance_yuan) as tolerance_yuan,
        sum(
            broken.sign * case
                when not broken.is_inside then broken.amount_yuan
                when corrections.correction = 'factor'
                    then broken.amount_yuan * corrections.factor
                else coalesce(moved.amount_yuan, 0)
            end
        ) filter (where broken.side = 'left') as left_yuan,
        sum(
            broken.sign * case
                when not broken.is_inside then broken.amount_yuan
                when corrections.correction = 'factor'
                    then broken.amount_yuan * corrections.factor
                else coalesce(moved.amount_yuan, 0)
            end
        ) filter (where broken.side = 'right') as right_yuan
    from broken
    inner join corrections
        -- a column has no columns that could have moved with it
        on broken.column_no = 0 or corrections.correction <> 'column'
    left join cells as moved
        on
            broken.table_id = moved.table_id
            and broken.row_no + corrections.row_step = moved.row_no
            and broken.cell_column_no + corrections.column_step = moved.column_no
    group by
        broken.table_id,
        broken.column_no,
        broken.check_id,
        corrections.correction,
        corrections.row_step,
        corrections.column_step,
        corrections.factor

),

counted as (

    select
        table_id,
        column_no,
        correction,
        row_step,
        column_step,
        factor,
        count(*) as broken_count,
        count(*) filter (
            where
            left_yuan <> 0
            and right_yuan <> 0
            and abs(left_yuan - right_yuan) <= tolerance_yuan
        ) as mended_count
    from corrected
    group by table_id, column_no, correction, row_step, column_step, factor

),

-- the one that mends most, where it mends two of three; one check alone may be mended
-- by a unit
final as (

    select * from counted
    where
        3 * mended_count >= 2 * broken_count
        and (mended_count >= 2 or factor >= 100 or factor <= 0.01)
    qualify
        row_number() over (
            partition by table_id, column_no
            order by mended_count desc, correction asc, row_step asc, column_step asc
        ) = 1

)

select * from final

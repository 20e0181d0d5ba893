-- Of a broken check one side of which is not printed: the one blank cell in which
-- its figure would stand, in the column of the printed side and in the row of the class
-- (or of the only class within it) that the check is about.
with

checks as (

    select * from {{ ref('identity_check') }}
    where status = 'broken'

),

sides as (

    select * from {{ ref('int_identity_sides') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

figures as (

    select * from {{ ref('int_figures_tidy') }}

),

class_rows as (

    select distinct
        cells.table_id,
        cells.row_no,
        figures.code,
        figures.parent_code
    from figures
    inner join cells
        on figures.cell_id = cells.cell_id
    where figures.code is not null

),

one_sided as (

    select
        checks.check_id,
        checks.subject_key,
        min(sides.side) as printed_side,
        min(cells.table_id) as table_id,
        min(cells.column_no) as column_no
    from checks
    inner join sides
        on
            checks.identity_id = sides.identity_id
            and checks.document_id = sides.document_id
            and checks.subject_key = sides.subject_key
    inner join cells
        on sides.cell_id = cells.cell_id
    group by checks.check_id, checks.subject_key
    having
        count(distinct sides.side) = 1
        and count(distinct cells.table_id) = 1
        and count(distinct cells.column_no) = 1

),

final as (

    select
        one_sided.check_id,
        case one_sided.printed_side when 'left' then 'right' else 'left' end as side,
        cells.cell_id,
        cells.page_number
    from one_sided
    inner join class_rows
        on
            one_sided.table_id = class_rows.table_id
            -- parts stand on the right: without them, the parts of the class are blank
            and list_contains(
                string_split(one_sided.subject_key, '|'),
                case one_sided.printed_side
                    when 'right' then class_rows.code
                    else class_rows.parent_code
                end
            )
    inner join cells
        on
            class_rows.table_id = cells.table_id
            and class_rows.row_no = cells.row_no
            and one_sided.column_no = cells.column_no
            and cells.role = 'blank'
    qualify count(*) over (partition by one_sided.check_id) = 1

)

select * from final

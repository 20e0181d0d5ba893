-- What the audit says about tables that print figures above a note that they are empty:
-- one row per table. The note must stand on the table's own page, alone: a note on a
-- page without a table is about another one.
with

tables as (

    select * from {{ ref('stg_table') }}

),

lines as (

    select * from {{ ref('stg_line') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}
    where standing = 'fact'

),

cells as (

    select * from {{ ref('stg_cell') }}

),

wordings as (

    select string_agg(pattern, '|' order by pattern) as pattern
    from {{ ref('empty_note') }}

),

notes as (

    select
        tables.table_id,
        tables.note,
        min(lines.line_id) as line_id
    from tables
    cross join wordings
    inner join lines
        on
            tables.document_id = lines.document_id
            and tables.last_page = lines.page_number
            and trim(tables.note) = trim(lines.printed_text)
    where regexp_matches(tables.note, wordings.pattern)
    group by tables.table_id, tables.note

),

printed as (

    select
        table_id,
        any_value(disclosure_id) as disclosure_id,
        any_value(document_id) as document_id,
        min(page_number) as page_number,
        min_by(amount_printed, row_no * 1000 + column_no) as amount_printed,
        min_by(cell_id, row_no * 1000 + column_no) as cell_id
    from figures
    where amount_yuan <> 0
    group by table_id

),

final as (

    select
        'source_contradiction' as kind,
        'low' as severity,
        printed.disclosure_id,
        printed.document_id,
        printed.page_number,
        concat(
            '表下注明“', notes.note, '”，表中却印有 ',
            {{ with_unit('printed.amount_printed', 'cells.unit') }}, ' 等数字。'
        ) as description,
        concat(
            'A note says that the table is empty (', notes.note, '), but it prints ',
            {{ with_unit('printed.amount_printed', 'cells.unit', true) }}, '.'
        ) as description_en,
        printed.amount_printed as left_printed,
        notes.note as right_printed,
        cast([] as varchar[]) as identity_ids,
        [printed.cell_id] as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        notes.line_id as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        printed.table_id as cause
    from printed
    inner join notes
        on printed.table_id = notes.table_id
    left join cells
        on printed.cell_id = cells.cell_id

)

select * from final

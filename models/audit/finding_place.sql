-- Where the two sides of a finding are printed.
with

findings as (

    select * from {{ ref('int_findings_united') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

lines as (

    select * from {{ ref('stg_line') }}

),

named_cells as (

    select
        finding_id,
        'left' as side,
        suspect_cell_id,
        copied_place_ids,
        unnest(left_cell_ids) as cell_id
    from findings

    union all

    select
        finding_id,
        'right' as side,
        suspect_cell_id,
        copied_place_ids,
        unnest(right_cell_ids) as cell_id
    from findings

),

named_lines as (

    select
        finding_id,
        'left' as side,
        copied_place_ids,
        unnest(left_line_ids) as line_id,
        left_printed as printed
    from findings

    union all

    select
        finding_id,
        'right' as side,
        copied_place_ids,
        unnest(right_line_ids) as line_id,
        right_printed as printed
    from findings

),

places as (

    select
        named_cells.finding_id,
        named_cells.side,
        cells.document_id,
        cells.page_number,
        cells.cell_id,
        cast(null as varchar) as line_id,
        trim(cells.printed_text) as printed,
        coalesce(named_cells.suspect_cell_id = cells.cell_id, false) as is_suspect,
        list_contains(named_cells.copied_place_ids, cells.cell_id) as is_copy,
        concat_ws(
            '|', cells.table_id, lpad(cast(cells.row_no as varchar), 6, '0'),
            lpad(cast(cells.column_no as varchar), 6, '0')
        ) as print_order
    from named_cells
    inner join cells
        on named_cells.cell_id = cells.cell_id

    union all

    select
        named_lines.finding_id,
        named_lines.side,
        lines.document_id,
        lines.page_number,
        cast(null as varchar) as cell_id,
        lines.line_id,
        named_lines.printed,
        false as is_suspect,
        list_contains(named_lines.copied_place_ids, lines.line_id) as is_copy,
        lpad(cast(lines.line_no as varchar), 6, '0') as print_order
    from named_lines
    inner join lines
        on named_lines.line_id = lines.line_id

    union all

    -- documents that print the same are places as a whole
    select
        finding_id,
        'left' as side,
        document_id,
        cast(null as integer) as page_number,
        cast(null as varchar) as cell_id,
        cast(null as varchar) as line_id,
        cast(null as varchar) as printed,
        false as is_suspect,
        false as is_copy,
        '' as print_order
    from findings
    where right_document_id is not null

    union all

    select
        finding_id,
        'right' as side,
        right_document_id as document_id,
        cast(null as integer) as page_number,
        cast(null as varchar) as cell_id,
        cast(null as varchar) as line_id,
        cast(null as varchar) as printed,
        false as is_suspect,
        false as is_copy,
        '' as print_order
    from findings
    where right_document_id is not null

),

final as (

    select
        finding_id,
        side,
        cast(
            row_number() over (
                partition by finding_id, side
                order by
                    is_copy, page_number, print_order, coalesce(cell_id, line_id, '')
            ) as integer
        ) as place_no,
        document_id,
        page_number,
        cell_id,
        line_id,
        printed,
        is_suspect,
        is_copy
    from places

)

select * from final

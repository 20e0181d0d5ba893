{#
    From a cell to its print, as a table macro of the warehouse: `from trace('<cell_id>')`
    gives one row, or none. It names its tables by schema alone, so that it works in
    whatever file it is copied to; of an attached file it is called after `use`.
#}
{% macro create_trace() -%}
create or replace macro main.trace(id) as table
select
    cell.cell_id,
    cell.document_id,
    source.file_names,
    cell.page_number,
    printed_table.table_no,
    cell.table_kind,
    printed_table.title as table_title,
    cell.row_no,
    cell.column_no,
    cell.row_label,
    cell.column_label,
    cell.text,
    cell.role,
    cell.unit,
    {{ to_yuan('cell.value', 'cell.unit') }} as amount_yuan,
    cell.reading,
    cell.x0,
    cell.y0,
    cell.x1,
    cell.y1,
    page.width as page_width,
    page.height as page_height,
    coalesce(facts.facts, []) as facts
from raw.cell as cell
left join raw."table" as printed_table
    on cell.table_id = printed_table.table_id
left join raw.page as page
    on cell.document_id = page.document_id and cell.page_number = page.page_number
left join (
    select document_id, list(file_path order by file_path) as file_names
    from raw.source
    group by document_id
) as source
    on cell.document_id = source.document_id
left join (
    select
        cell_id,
        list(
            struct_pack(
                fact_table := fact_table,
                fact_id := fact_id,
                figure := figure,
                amount_yuan := amount_yuan,
                is_current := is_current
            ) order by fact_table, fact_id, place_no
        ) as facts
    from audit.fact_place
    where cell_id = id
    group by cell_id
) as facts
    on cell.cell_id = facts.cell_id
where cell.cell_id = id;
comment on macro table main.trace is
'从单元格到所印的页面：trace(cell_id) 给一行。 / From a cell to its print: trace(cell_id) gives one row.'
{%- endmacro %}

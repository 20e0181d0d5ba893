{# A finding about no cell and no line: its places are whole documents, or none. #}
{% macro no_places() -%}
cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id
{%- endmacro %}

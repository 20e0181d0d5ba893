{#
    Comments on the tables and columns that no model makes: the sources as their YAML describes
    them. Only what is there gets one; a candidate need not have every table.
#}
{% macro comment_on_sources() -%}
{% if execute -%}
{% set there = run_query(
    "select table_schema, table_name, column_name from information_schema.columns"
) -%}
{% for source in graph.sources.values() -%}
{% set columns = there.rows
    | selectattr('table_schema', 'equalto', source.schema)
    | selectattr('table_name', 'equalto', source.identifier)
    | map(attribute='column_name') | list -%}
{% if columns -%}
{% set place -%} {{ source.schema }}."{{ source.identifier }}" {%- endset %}
comment on table {{ place }} is '{{ source.description | replace("'", "''") }}';
{% for column in source.columns.values() if column.name in columns -%}
comment on column {{ place }}."{{ column.name }}" is
'{{ column.description | replace("'", "''") }}';
{% endfor -%}
{% endif -%}
{% endfor -%}
{% endif -%}
{%- endmacro %}

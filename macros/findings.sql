{#
    An amount as a sentence says it, whatever its unit: thousands separators, two decimals,
    exact (`-1,234.50`).
#}
{% macro said_amount(amount) -%}
    concat(
        case when {{ amount }} < 0 then '-' else '' end,
        format('{:,}', cast(trunc(abs(cast({{ amount }} as decimal(18, 2)))) as bigint)),
        right(cast(cast({{ amount }} as decimal(18, 2)) as varchar), 3)
    )
{%- endmacro %}

{# A figure of a table with the unit of its table behind it, in Chinese or English. #}
{% macro with_unit(printed, unit, english=false) -%}
    concat(
        {{ printed }},
        case {{ unit }}
            when 'yuan' then {{ "' yuan'" if english else "' 元'" }}
            when 'wan_yuan' then {{ "' × 10,000 yuan'" if english else "' 万元'" }}
            else ''
        end
    )
{%- endmacro %}

{# A finding about no cell and no line: its places are whole documents, or none. #}
{% macro no_places() -%}
cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id
{%- endmacro %}

{# What tells conflicts of a project's amounts apart: the cell, and the other printing. #}
{% macro project_cause(differing) -%}
concat_ws(
            '|', {{ differing }}.left_cell_id,
            coalesce({{ differing }}.right_cell_id, {{ differing }}.right_printed)
        )
{%- endmacro %}

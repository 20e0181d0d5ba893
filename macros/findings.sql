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

{# What a figure of a table is about, without words that two readings may spell in two ways. #}
{% macro figure_said(figures) -%}
concat_ws(
            '|',
            {{ figures }}.level,
            {{ figures }}.fund,
            coalesce(
                {{ figures }}.function_code, {{ figures }}.department_economic_code,
                {{ figures }}.government_economic_code, ''
            ),
            coalesce(
                {{ figures }}.income_source, {{ figures }}.component,
                {{ figures }}.item, {{ figures }}.measure, ''
            ),
            coalesce({{ figures }}.basis, '')
        )
{%- endmacro %}

{# A whole number as a sentence says it, with thousands separators. #}
{% macro whole_number(number) -%}
    format('{:,}', cast(round({{ number }}) as bigint))
{%- endmacro %}

{#
    The cells of one side of the finding that is `told`: its own; of a table that contradicts
    others as a whole (`patches`) also all cells that break a check, on the side that tells of it,
    and what they are compared with on the other.
#}
{% macro side_of_table(side, other_side) -%}
    case
        when patches.patch_key is null then told.{{ side }}_cell_ids
        else list_sort(
            list_distinct(
                list_filter(
                    list_concat(
                        told.{{ side }}_cell_ids,
                        case
                            when
                                list_has_any(told.left_cell_ids, patches.cell_ids)
                                then patches.{{
                                    'cell_ids' if side == 'left' else 'other_cell_ids'
                                }}
                            else patches.{{
                                'other_cell_ids' if side == 'left' else 'cell_ids'
                            }}
                        end
                    ),
                    lambda one: not list_contains(told.{{ other_side }}_cell_ids, one)
                )
            )
        )
    end
{%- endmacro %}

{#
    How a table may be off as a whole: what is right stands a row below or above, a column to the
    right or left, or is the figure times a power of ten. One row each.
#}
{% macro corrections_of_tables() -%}
    {%- for correction, row_step, column_step, factor in [
        ('row', 1, 0, 1.0), ('row', -1, 0, 1.0), ('column', 0, 1, 1.0), ('column', 0, -1, 1.0),
        ('factor', 0, 0, 10.0), ('factor', 0, 0, 0.1), ('factor', 0, 0, 100.0),
        ('factor', 0, 0, 0.01), ('factor', 0, 0, 1000.0), ('factor', 0, 0, 0.001),
        ('factor', 0, 0, 10000.0), ('factor', 0, 0, 0.0001),
    ] -%}
    select
        '{{ correction }}' as correction,
        {{ row_step }} as row_step,
        {{ column_step }} as column_step,
        {{ factor }} as factor
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}

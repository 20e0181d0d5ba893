{#
    What one check is about: the parts that a term names in its key, in a fixed order.
    A class and its parent give the same part, so that the children meet the class; so do a
    group and those within it. Given `parts`, only these. `key_parts` of a term is its key as a list.
    Figures of sentences stand in sections, which tables have not.
#}
{% macro check_key(terms, figures, parts=none, has_sections=false) -%}
    {%- set sections = [('section', 'section_key')] if has_sections else [] -%}
    concat_ws(
        '|',
        {% for part, column in [
            ('kind', 'table_kind'), ('fund', 'fund'), ('word', 'word'), ('basis', 'basis'),
            ('code', 'code'), ('parent', 'parent_code'), ('row', 'row_key'), ('group', 'group_key'),
            ('within', 'within_key'),
        ] + sections if parts is none or part in parts -%}
        case
            when list_contains({{ terms }}.key_parts, '{{ part }}')
                then coalesce({{ figures }}.{{ column }}, '')
        end{{ ',' if not loop.last }}
        {% endfor %}
    )
{%- endmacro %}

{# False when a term asks for a group of rows and the figure is in none. #}
{% macro has_group(terms, figures) -%}
    {%- for part, column in [('group', 'group_key'), ('within', 'within_key')] -%}
    (
        {{ figures }}.{{ column }} is not null
        or not list_contains({{ terms }}.key_parts, '{{ part }}')
    ){{ ' and ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#
    True when a term's list of funds takes the figure; `main` is the table's own total, `parts` the
    columns that it adds up.
#}
{% macro takes_fund(terms, figures) -%}
    case
        when {{ terms }}.funds is null then true
        when {{ terms }}.funds = 'main' then not {{ figures }}.is_fund_part
        when {{ terms }}.funds = 'parts' then {{ figures }}.is_fund_addend
        else list_contains(string_split({{ terms }}.funds, '|'), {{ figures }}.fund)
    end
{%- endmacro %}

{# How far a doubt about one figure reaches: its own table among forms, else all of its kind. #}
{% macro doubtful_place(table_kind, cell_id) -%}
    case
        when {{ table_kind }} in ({{ quoted([
            'performance_target', 'overall_performance_target', 'self_evaluation',
        ]) }})
            then split_part({{ cell_id }}, ':r', 1)
        else ''
    end
{%- endmacro %}

{#
    The figures of a model with the columns that terms ask for as one text: thousands of figures
    have one shape, and terms are held against shapes.
#}
{% macro figures_with_shape(model, columns) -%}
    select
        *,
        concat_ws(
            '|',
            {% for column in columns -%}
            coalesce(cast({{ column }} as varchar), ''),
            {% endfor -%}
            group_key is null,
            within_key is null
        ) as shape_key
    from {{ ref(model) }}
{%- endmacro %}

{# One row per shape. #}
{% macro shapes_of(figures, columns) -%}
    select
        shape_key,
        {% for column in columns -%}
        any_value({{ column }}) as {{ column }},
        {% endfor -%}
        any_value(group_key) as group_key,
        any_value(within_key) as within_key
    from {{ figures }}
    group by shape_key
{%- endmacro %}

{# The terms of a seed of rules, a row for each kind of table, with key and codes as lists. #}
{% macro terms_by_kind(seed) -%}
    select
        terms.*,
        string_split(coalesce(terms.key, ''), '+') as key_parts,
        string_split(terms.codes, '|') as code_list,
        unnest(string_split(terms.table_kinds, '|')) as table_kind
    from {{ ref(seed) }} as terms
{%- endmacro %}


{# True of the terms of a relation that compares counts or areas, and no money. -#}
{% macro are_counts() -%}
    bool_or(
        take = 'count'
        or subject = 'remark'
        or coalesce(ends_with(measures, '_direction'), false)
    )
{%- endmacro %}

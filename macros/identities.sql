{#
    What one check is about: the parts that a term names in its key, in a fixed order.
    A class and its parent give the same part, so that the children meet the class.
#}
{% macro check_key(terms, figures) -%}
    concat_ws(
        '|',
        {% for part, column in [
            ('kind', 'table_kind'), ('fund', 'fund'), ('word', 'word'), ('basis', 'basis'),
            ('code', 'code'), ('parent', 'parent_code'), ('row', 'row_key'),
        ] -%}
        case
            when list_contains(string_split(coalesce({{ terms }}.key, ''), '+'), '{{ part }}')
                then coalesce({{ figures }}.{{ column }}, '')
        end{{ ',' if not loop.last }}
        {% endfor %}
    )
{%- endmacro %}

{# True when a term's list of funds takes the figure; `main` is the table's own total. #}
{% macro takes_fund(terms, figures) -%}
    case
        when {{ terms }}.funds is null then true
        when {{ terms }}.funds = 'main' then not {{ figures }}.is_fund_part
        else list_contains(string_split({{ terms }}.funds, '|'), {{ figures }}.fund)
    end
{%- endmacro %}

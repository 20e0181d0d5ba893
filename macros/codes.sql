{# A code as the contract has it: digits only; NULL when nothing is left. #}
{% macro clean_code(code) -%}
    nullif(regexp_replace({{ code }}, '[^0-9]', '', 'g'), '')
{%- endmacro %}

{# Level of a functional class code (类 款 项: 3, 5, 7 digits) or an economic one. #}
{% macro code_level(code) -%}
    case length({{ code }}) when 3 then 'class' when 5 then 'section' when 7 then 'item' end
{%- endmacro %}

{# The code one level up; NULL for a class. #}
{% macro parent_code(code) -%}
    case when length({{ code }}) > 3 then left({{ code }}, length({{ code }}) - 2) end
{%- endmacro %}

{#
    Level of a fact row: what the row is comes first, then its code, then `item`.
    A subtotal without a code (人员经费合计) is a total of its component.
#}
{% macro row_level(row_kind, code) -%}
    case
        when {{ row_kind }} in ('total', 'of_which', 'unit') then {{ row_kind }}
        when {{ code_level(code) }} is not null then {{ code_level(code) }}
        when {{ row_kind }} = 'subtotal' then 'total'
        else 'item'
    end
{%- endmacro %}

{# The Chinese names of the words of one kind, as a CTE's text: word, zh, sort_order. #}
{% macro labels_of(word_kind) -%}
select
        word,
        zh,
        sort_order
    from {{ ref('word_label') }}
    where word_kind = '{{ word_kind }}'
{%- endmacro %}

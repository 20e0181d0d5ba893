{# The Chinese names of the words of one kind, as a CTE's text: word, zh, sort_order. #}
{% macro labels_of(word_kind) -%}
select
        word,
        zh,
        sort_order
    from {{ ref('word_label') }}
    where word_kind = '{{ word_kind }}'
{%- endmacro %}

{#
    The name of a word of one kind, as the value of a column: in Chinese, or in another `language`
    of the seed. NULL without one.
#}
{% macro zh_of(word_kind, word, language='zh') -%}
(
            select max(labels.{{ language }})
            from {{ ref('word_label') }} as labels
            where labels.word_kind = '{{ word_kind }}' and {{ word }} = labels.word
        )
{%- endmacro %}

{# A quoted list for an `in (…)`. #}
{% macro quoted(words) -%}
    {% for word in words %}'{{ word }}'{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# True when a rule's cell `a|b|c` names the word, or says nothing. #}
{% macro named_or_any(words, word) -%}
    ({{ words }} is null or list_contains(string_split({{ words }}, '|'), {{ word }}))
{%- endmacro %}

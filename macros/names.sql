{# Without a leading word, unless nothing would be left. #}
{% macro without_prefix(text, prefix) -%}
    case
        when starts_with({{ text }}, {{ prefix }}) and length({{ text }}) > length({{ prefix }})
            then substr({{ text }}, length({{ prefix }}) + 1)
        else {{ text }}
    end
{%- endmacro %}

{# A name of a class, for comparing two printings: no white space, one kind of brackets. #}
{% macro class_name_key(name) -%}
    regexp_replace(
        translate({{ name }}, '（），：', '(),:'), '[[:space:]　、,:]|^[0-9]+', '', 'g'
    )
{%- endmacro %}

{# The key of a class name without its last word 支出, which sentences leave out; NULL for none. #}
{% macro bare_class_key(name) -%}
    nullif(
        regexp_replace({{ class_name_key(name) }}, '(.)(支出|等支出|等)$', '\1'),
        ''
    )
{%- endmacro %}

{#
    The name of an agency with the ways of writing it taken out: white space, a mark of
    scope (本级), and the long forms of party and consultative conference
    (中国共产党江苏省委员会办公厅 and 中共江苏省委办公厅 are 江苏省委办公厅).
    Used to tell agencies apart, never shown.
#}
{% macro agency_key(name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace({{ name }}, '[[:space:]　]', '', 'g'),
                    '[（(]?(本级|机关本级|本部)[）)]?$', ''
                ),
                '^(中国共产党|中共)(.+?)委员会', '\2委'
            ),
            '^(中国共产党|中共)', ''
        ),
        '^中国人民政治协商会议', '政协'
    )
{%- endmacro %}

{# The name as shown: as printed, without the mark of scope. #}
{% macro agency_label(name) -%}
    regexp_replace(trim({{ name }}), '[（(]?(本级|机关本级|本部)[）)]?$', '')
{%- endmacro %}

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

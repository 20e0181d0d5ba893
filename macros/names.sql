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

{# What names the code of a row in the words of its document: CTEs for a model's imports. #}
{% macro class_name_imports() -%}
codes as (

    select * from {{ ref('int_codes_described') }}

),

former_names as (

    select * from {{ ref('int_former_names') }}

)
{%- endmacro %}

{# The joins that go with it, to `rows` with a dimension, a code and a printed name. #}
{% macro join_class_names(rows) -%}
left join codes
        on {{ rows }}.dimension = codes.dimension and {{ rows }}.code = codes.code
    left join former_names
        on
            {{ rows }}.dimension = former_names.dimension
            and {{ rows }}.code = former_names.code
            and {{ class_name_key(rows ~ '.row_label') }} = former_names.name_key
{%- endmacro %}

{# The name that the code had where it is printed, else its present one. #}
{% macro class_name() -%}
coalesce(former_names.former_name, codes.name)
{%- endmacro %}

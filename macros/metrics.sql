{#
    A ratio as every mart has it: a decimal, not a percentage, six digits; NULL when either
    side is NULL or the whole is 0. The metrics that use it are listed in `seeds/marts/metric.csv`.
#}
{% macro ratio(part, whole) -%}
    cast(
        round(cast({{ part }} as double) / nullif({{ whole }}, 0), 6) as decimal(18, 6)
    )
{%- endmacro %}

{# What changed against the amount before; what is printed in one year alone counts from 0. #}
{% macro change_of(amount, prior_amount) -%}
    cast(
        coalesce({{ amount }}, 0) - coalesce({{ prior_amount }}, 0) as decimal(18, 2)
    )
{%- endmacro %}

{# The amount that one post takes, to the fen; NULL without posts. #}
{% macro per_post(amount, posts) -%}
    cast(round({{ amount }} / nullif({{ posts }}, 0), 2) as decimal(18, 2))
{%- endmacro %}

{#
    An amount in yuan, DECIMAL(18,2), from an exact decimal in its printed unit.
    The only place where a unit is applied. An unknown unit gives NULL, never a guess, and
    so does what no budget can be (a code that was taken for an amount).
    What is not exact to the fen (more than six decimals of 万元) is rounded half up, away
    from zero; `is_exact_to_fen` keeps the loss visible.
#}
{% macro to_yuan(value, unit) -%}
    try_cast(round({{ in_yuan(value, unit) }}, 2) as decimal(18, 2))
{%- endmacro %}

{# The same amount before rounding. #}
{% macro in_yuan(value, unit) -%}
    {{ value }} * {{ yuan_per_unit(unit) }}
{%- endmacro %}

{# How many yuan one unit is: 1 for 元, 10000 for 万元, NULL for anything else. #}
{% macro yuan_per_unit(unit) -%}
    case {{ unit }} when 'yuan' then 1 when 'wan_yuan' then 10000 end
{%- endmacro %}

{# The amount of one measure among the rows of a group. #}
{% macro amount_of(measure) -%}
    cast(
        max(amount_yuan) filter (where measure = '{{ measure }}') as decimal(18, 2)
    )
{%- endmacro %}

{# The rank of a fund by how much it takes in: all money, then what the treasury pays, then its
   first budget. #}
{% macro width_of_fund(fund) -%}
case {{ fund }} when 'all' then 1 when 'fiscal' then 2 when 'general_public_budget' then 3 else 4 end
{%- endmacro %}

{#
    Small functions for those who ask the published file, as macros of the warehouse. They
    name no table, so that they work in whatever file they are copied to.
#}
{% macro create_yuan_to_wan() -%}
create or replace macro main.yuan_to_wan(x) as
cast(x as decimal(22, 2)) * 0.0001;
comment on macro main.yuan_to_wan is
'元换算为万元，精确到六位小数。 / Yuan as 万元 (ten thousand yuan), exact: six decimals.'
{%- endmacro %}

{# What nothing is a share of is NULL, and so is a share of nothing. #}
{% macro create_share() -%}
create or replace macro main.share(x, y) as
cast(cast(x as double) / nullif(cast(y as double), 0) as decimal(18, 6));
comment on macro main.share is
'x 占 y 的比例，六位小数；y 为 0 或空时为空。 / x as a share of y, six decimals; NULL when y is 0.'
{%- endmacro %}

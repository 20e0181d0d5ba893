{#
    An amount of a sentence in yuan, by the unit word printed behind it (元, 万元, 亿元);
    NULL for anything that is not money. `value` is in that unit.
#}
{% macro stated_in_yuan(value, unit='unit') -%}
    {{ value }} * case {{ unit }}
        when '元' then 1
        when '万元' then 10000
        when '万' then 10000
        when '亿元' then 100000000
    end
{%- endmacro %}

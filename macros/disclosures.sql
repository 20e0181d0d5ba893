{#
    What every mart says of the disclosure of a row, from `int_disclosures_described` (imported
    as `disclosures`): whose it is, where, which year, kind and scope, and whether it counts
    when amounts of several disclosures are added up; `counted` is for a mart whose rows have more
    to say of that than their disclosure.
#}
{% macro disclosure_columns(counted='disclosures.is_counted') -%}
disclosures.agency_id,
        disclosures.agency_name,
        disclosures.agency_domain,
        disclosures.agency_domain_zh,
        disclosures.region_code,
        disclosures.region_name,
        disclosures.province_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.document_kind_zh,
        disclosures.scope,
        disclosures.scope_zh,
        {{ counted }} as is_counted
{%- endmacro %}

{# The join that goes with it; `rows` names the CTE whose rows are described. #}
{% macro join_disclosures(rows) -%}
inner join disclosures
        on {{ rows }}.disclosure_id = disclosures.disclosure_id
{%- endmacro %}

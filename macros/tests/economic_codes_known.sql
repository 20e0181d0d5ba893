{# Fails with the rows whose economic code is not in `dim_economic`. #}
{% test economic_codes_known(model, classification, code_column) %}
select facts.*
from {{ model }} as facts
left join {{ ref('dim_economic') }} as classes
    on
        facts.{{ code_column }} = classes.economic_code
        and classes.classification = '{{ classification }}'
where facts.{{ code_column }} is not null and classes.economic_code is null
{% endtest %}

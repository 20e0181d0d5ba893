{# Fails with the rows whose level names a depth of code that their code has not. #}
{% test level_fits_code(model, code_column, level_column) %}
select *
from {{ model }}
where
    (
        {{ level_column }} in ('class', 'section')
        and {{ code_level(code_column) }} is distinct from {{ level_column }}
    )
    or (
        {{ level_column }} = 'item'
        and coalesce({{ code_level(code_column) }}, 'item') <> 'item'
    )
{% endtest %}

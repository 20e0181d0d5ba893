{#
    Fails with the groups whose amounts do not add up to the total that each of their rows
    carries. A NULL amount or total is a failure: a sum that leaves something out is no sum.
#}
{% test parts_add_up(model, group_by, amount_column, total_column) %}
select
    {{ group_by | join(', ') }},
    sum({{ amount_column }}) as parts,
    max({{ total_column }}) as total
from {{ model }}
group by {{ group_by | join(', ') }}
having
    sum({{ amount_column }}) is distinct from max({{ total_column }})
    or min({{ total_column }}) is distinct from max({{ total_column }})
    or count({{ amount_column }}) < count(*)
    or count({{ total_column }}) < count(*)
{% endtest %}

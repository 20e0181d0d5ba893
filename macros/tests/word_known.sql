{# Fails with the rows whose word has no name in `word_label`. #}
{% test word_known(model, column_name, word_kind) %}
select facts.*
from {{ model }} as facts
left join {{ ref('word_label') }} as labels
    on
        facts.{{ column_name }} = labels.word
        and labels.word_kind = '{{ word_kind }}'
where facts.{{ column_name }} is not null and labels.word is null
{% endtest %}

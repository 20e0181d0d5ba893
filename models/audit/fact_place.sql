{{ config(post_hook="{{ create_trace() }}") }}

{% set facts = [
    ('fct_income', 'income_id', 'amount_yuan', 'cell_id'),
    ('fct_expenditure_function', 'expenditure_id', 'amount_yuan', 'cell_id'),
    ('fct_expenditure_economic', 'expenditure_id', 'amount_yuan', 'cell_id'),
    ('fct_three_public', 'three_public_id', 'amount_yuan', 'cell_id'),
    ('fct_procurement', 'procurement_id', 'amount_yuan', 'cell_id'),
    ('fct_project', 'project_id', 'null', 'cell_id'),
    ('fct_project_amount', 'project_amount_id', 'amount_yuan', 'cell_id'),
    ('fct_performance_indicator', 'indicator_id', 'null', 'cell_id'),
    ('fct_stated_figure', 'stated_figure_id', 'amount_yuan', 'line_id'),
] %}

with

final as (

    {% for table, key, amount, place in facts %}
        select
            '{{ table }}' as fact_table,
            {{ key }} as fact_id,
            disclosure_id,
            document_id,
            page_number,
            {{ 'cell_id' if place == 'cell_id' else 'cast(null as varchar)' }}
                as cell_id,
            {{ 'line_id' if place == 'line_id' else 'cast(null as varchar)' }}
                as line_id,
            cast({{ amount }} as decimal(18, 2)) as amount_yuan,
            is_current
        from {{ ref(table) }}
        {% if not loop.last %} union all {% endif %}
    {% endfor %}

)

select * from final

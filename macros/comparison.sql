{#
    The current figures of a fact in the columns in which all facts are compared. `word` is
    the column that tells the figures of a row apart; `own` are columns that not every fact has.
#}
{% macro comparable_figures(fact, word, own) -%}
select
        '{{ fact }}' as fact,
        disclosure_id,
        document_id,
        table_kind,
        {% for column in [
            'level', 'fund', 'function_code', 'unit_code', 'department_economic_code',
            'government_economic_code', 'word', 'basis',
        ] -%}
        {% if column == 'word' and word -%}
        {{ word }} as word,
        {% elif column == 'fund' or column in own -%}
        {{ column }},
        {% else -%}
        cast(null as varchar) as {{ column }},
        {% endif -%}
        {% endfor -%}
        row_label,
        column_label,
        amount_yuan,
        amount_printed,
        reading,
        page_number,
        cell_id
    from {{ ref(fact) }}
    where is_current
{%- endmacro %}

{#
    What a figure says, whichever document prints it: two figures with one key are two
    printings of the same. Rows with a code and totals are told apart without their label.
#}
{% macro figure_key() -%}
    md5(
        concat_ws(
            '|',
            fact,
            disclosure_id,
            table_kind,
            coalesce(level, ''),
            fund,
            coalesce(word, ''),
            coalesce(basis, ''),
            coalesce(function_code, ''),
            coalesce(unit_code, ''),
            coalesce(department_economic_code, ''),
            coalesce(government_economic_code, ''),
            case
                when
                    level in ('line', 'subtotal')
                    or coalesce(
                        function_code, department_economic_code, government_economic_code
                    ) is null
                    then coalesce(regexp_replace(row_label, '[[:space:]　]', '', 'g'), '')
                else ''
            end,
            case
                when word = 'other_printed' or fund in ('carryover', 'other_printed')
                    then coalesce(regexp_replace(column_label, '[[:space:]　]', '', 'g'), '')
                else ''
            end
        )
    )
{%- endmacro %}

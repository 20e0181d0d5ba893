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
{% macro figure_key(figures) -%}
    md5(
        concat_ws(
            '|',
            {{ figures }}.fact,
            {{ figures }}.disclosure_id,
            {{ figures }}.table_kind,
            coalesce({{ figures }}.level, ''),
            {{ figures }}.fund,
            coalesce({{ figures }}.word, ''),
            coalesce({{ figures }}.basis, ''),
            coalesce({{ figures }}.function_code, ''),
            coalesce({{ figures }}.unit_code, ''),
            coalesce({{ figures }}.department_economic_code, ''),
            coalesce({{ figures }}.government_economic_code, ''),
            case
                when
                    {{ figures }}.level in ('line', 'subtotal')
                    or coalesce(
                        {{ figures }}.function_code,
                        {{ figures }}.department_economic_code,
                        {{ figures }}.government_economic_code
                    ) is null
                    then {{ label_key(figures ~ '.row_label') }}
                else ''
            end,
            case
                when
                    {{ figures }}.word = 'other_printed'
                    or {{ figures }}.fund in ('carryover', 'other_printed')
                    then {{ label_key(figures ~ '.column_label') }}
                else ''
            end
        )
    )
{%- endmacro %}

{# Figures that say the same and have the same amount, numbered in the order of print. #}
{% macro numbered_copies(figures) -%}
    select
        *,
        row_number() over (
            partition by figure_key, amount_yuan
            order by document_id, page_number, cell_id
        ) as copy_no
    from {{ figures }}
{%- endmacro %}

{# The numbered copies that the other side has none for, numbered among what says the same. #}
{% macro copies_without(copies, others) -%}
    select
        {{ copies }}.*,
        row_number() over (
            partition by {{ copies }}.figure_key
            order by
                {{ copies }}.document_id,
                {{ copies }}.page_number,
                {{ copies }}.cell_id
        ) as rest_no
    from {{ copies }}
    left join {{ others }}
        on
            {{ copies }}.figure_key = {{ others }}.figure_key
            and {{ copies }}.amount_yuan = {{ others }}.amount_yuan
            and {{ copies }}.copy_no = {{ others }}.copy_no
    where {{ others }}.figure_key is null
{%- endmacro %}

{# A label without white space: the words alone tell rows apart. #}
{% macro label_key(label) -%}
    coalesce(regexp_replace({{ label }}, '[[:space:]　]', '', 'g'), '')
{%- endmacro %}

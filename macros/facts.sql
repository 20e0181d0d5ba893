{# Key of a fact: its place in its document. #}
{% macro fact_id() -%}
    md5(
        concat_ws(
            '|', figures.document_id, figures.table_no, figures.row_no, figures.column_no
        )
    )
{%- endmacro %}

{# The figures of one subject that are facts, with the table kinds that are current. #}
{% macro fact_imports(subject) -%}
figures as (

    select * from {{ ref('int_figures_settled') }}
    where subject = '{{ subject }}' and standing = 'fact'

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

)
{%- endmacro %}

{# Where a fact row comes from: the last columns of every fact. #}
{% macro fact_provenance() -%}
figures.amount_yuan,
        figures.amount_printed,
        figures.reading,
        current_kinds.is_current,
        cast(figures.page_number as integer) as page_number,
        figures.cell_id
{%- endmacro %}

{# The join that goes with `fact_imports`. #}
{% macro from_figures() -%}
from figures
    inner join current_kinds
        on
            figures.disclosure_id = current_kinds.disclosure_id
            and figures.document_id = current_kinds.document_id
            and figures.table_kind = current_kinds.table_kind
{%- endmacro %}

{#
    The join of a pair of tables to the leaves of one of them (`amounts`, from
    `int_class_amounts`): columns of `pairs` name the disclosure, kind of table and fund; `basis`
    is a column of it or a word.
#}
{% macro join_leaves(basis, disclosure_id='disclosure_id', table_kind='table_kind', fund='fund') -%}
inner join amounts
        on
            pairs.{{ disclosure_id }} = amounts.disclosure_id
            and pairs.dimension = amounts.dimension
            and pairs.{{ table_kind }} = amounts.table_kind
            and pairs.{{ fund }} = amounts.fund
            and {{ basis }} = amounts.basis
{%- endmacro %}

{# What a leaf keeps of its figure, whichever fact it comes from. #}
{% macro leaf_figure() -%}
facts.table_kind,
        facts.fund,
        facts.row_label,
        facts.amount_yuan,
        facts.page_number,
        facts.cell_id
{%- endmacro %}

{#
    The staging of one group of table kinds: one row per printed figure whose reading is
    certain, or was decided by a person. Renames, casts, converts to yuan (here and
    nowhere else) and cleans codes; a blank cell and a cell in quarantine give no row.
#}
{% macro stage_figures(table_kinds) %}
with

source as (

    select * from {{ source('raw', 'cell') }}

),

certain as (

    select *
    from source
    where
        (role = 'amount' or reading = 'confirmed')
        and quarantine_reason is null
        and value is not null
        and table_kind in ({{ quoted(table_kinds) }})

),

final as (

    select
        cell_id,
        document_id,
        table_id,
        table_no,
        table_kind,
        page_number,
        row_no,
        column_no,
        block_no,
        row_kind,
        trim(row_label) as row_label,
        trim(column_label) as column_label,
        {{ clean_code('function_code') }} as function_code,
        {{ clean_code('department_economic_code') }} as department_economic_code,
        {{ clean_code('government_economic_code') }} as government_economic_code,
        nullif(trim(unit_code), '') as unit_code,
        column_fund,
        column_component,
        column_source,
        column_item,
        column_basis,
        column_measure,
        row_fund,
        row_component,
        row_source,
        row_item,
        nullif(trim(line_no), '') as line_no,
        nullif(trim(catalogue_code), '') as catalogue_code,
        nullif(trim(catalogue_name), '') as catalogue_name,
        nullif(trim(category), '') as category,
        nullif(trim(project_code), '') as project_code,
        nullif(trim(project_name), '') as project_name,
        nullif(trim(project_type), '') as project_type,
        nullif(trim(implementing_unit), '') as implementing_unit,
        trim(printed) as amount_printed,
        reading,
        unit,
        decimals,
        {{ to_yuan('value', 'unit') }} as amount_yuan,
        {{ in_yuan('value', 'unit') }}
        = {{ to_yuan('value', 'unit') }} as is_exact_to_fen,
        cast(
            0.5 * power(10, -decimals) * ({{ yuan_per_unit('unit') }}) as decimal(18, 6)
        ) as half_digit_yuan
    from certain

)

select * from final
{% endmacro %}

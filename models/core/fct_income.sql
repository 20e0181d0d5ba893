with

{{ fact_imports('income') }},

final as (

    select
        {{ fact_id() }} as income_id,
        figures.disclosure_id,
        figures.document_id,
        figures.table_kind,
        figures.row_label,
        figures.column_label,
        figures.level,
        figures.fund,
        figures.function_code,
        figures.unit_code,
        figures.income_source,
        {{ fact_provenance() }}
    {{ from_figures() }}

)

select * from final

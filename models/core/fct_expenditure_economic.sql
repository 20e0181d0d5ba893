with

{{ fact_imports('expenditure_economic') }},

final as (

    select
        {{ fact_id() }} as expenditure_id,
        figures.disclosure_id,
        figures.document_id,
        figures.table_kind,
        figures.row_label,
        figures.column_label,
        figures.level,
        figures.fund,
        figures.department_economic_code,
        figures.government_economic_code,
        figures.component,
        {{ fact_provenance() }}
    {{ from_figures() }}

)

select * from final

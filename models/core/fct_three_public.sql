with

{{ fact_imports('three_public') }},

final as (

    select
        {{ fact_id() }} as three_public_id,
        figures.disclosure_id,
        figures.document_id,
        figures.table_kind,
        figures.row_label,
        figures.column_label,
        figures.item,
        figures.basis,
        figures.fund,
        {{ fact_provenance() }}
    {{ from_figures() }}

)

select * from final

with

{{ fact_imports('project') }},

projects as (

    select * from {{ ref('int_project_rows_named') }}

),

final as (

    select
        {{ fact_id() }} as project_amount_id,
        projects.project_id,
        figures.disclosure_id,
        figures.document_id,
        figures.table_kind,
        figures.row_label,
        figures.column_label,
        figures.level,
        figures.fund,
        figures.measure,
        {{ fact_provenance() }}
    {{ from_figures() }}
    left join projects
        on
            figures.level = 'line'
            and figures.document_id = projects.document_id
            and figures.table_no = projects.table_no
            and figures.row_no = projects.row_no

)

select * from final

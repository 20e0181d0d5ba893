with

{{ fact_imports('project') }},

mentions as (

    select * from {{ ref('int_project_mentions_joined') }}

),

form_cells as (

    select * from {{ ref('stg_form_cell') }}

),

final as (

    select
        {{ fact_id() }} as project_amount_id,
        mentions.project_id,
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
    left join form_cells
        on figures.cell_id = form_cells.cell_id
    left join mentions
        on
            figures.level = 'line'
            and mentions.mention_id = coalesce(
                form_cells.form_id,
                concat_ws('|', figures.document_id, figures.table_no, figures.row_no)
            )

)

select * from final

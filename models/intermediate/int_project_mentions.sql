-- Every place that names a project: a row of a list, a form, or sentences. A mention
-- carries what its place says of the project, and `own_id`, which is alike for the same
-- mention in two documents of one disclosure and differs between mentions that look
-- alike in one.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where subject = 'project' and standing = 'fact' and level = 'line'

),

form_cells as (

    select * from {{ ref('stg_form_cell') }}

),

forms as (

    select * from {{ ref('stg_form') }}
    where project_name is not null and cell_id is not null

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

statements as (

    select * from {{ ref('int_project_statements') }}

),

list_rows as (

    select
        figures.document_id,
        figures.disclosure_id,
        figures.table_kind,
        concat_ws('|', figures.document_id, figures.table_no, figures.row_no)
            as mention_id,
        any_value(figures.project_code) as project_code,
        any_value(coalesce(figures.project_name, figures.row_label)) as project_name,
        any_value(figures.project_type) as project_type,
        any_value(figures.implementing_unit) as implementing_unit,
        cast(null as decimal(9, 2)) as score,
        cast(null as varchar) as grade,
        coalesce(
            max(figures.amount_yuan) filter (
                where figures.measure = 'budget' and figures.fund = 'all'
            ),
            max(figures.amount_yuan) filter (
                where figures.measure = 'adjusted_budget' and figures.fund = 'all'
            ),
            max(figures.amount_yuan) filter (
                where figures.measure = 'initial_budget' and figures.fund = 'all'
            )
        ) as amount_yuan,
        cast(min(figures.page_number) as integer) as page_number,
        min_by(
            figures.cell_id,
            case figures.fund when 'all' then 0 when 'fiscal' then 1 else 2 end
        ) as cell_id,
        cast(null as varchar) as line_id,
        min(figures.table_no) * 100000 + min(figures.row_no) as place_no
    from figures
    left join form_cells
        on figures.cell_id = form_cells.cell_id
    where form_cells.cell_id is null
    group by
        figures.document_id, figures.disclosure_id, figures.table_kind,
        figures.table_no, figures.row_no

),

form_amounts as (

    select
        form_cells.form_id,
        coalesce(
            max(figures.amount_yuan) filter (where figures.measure = 'budget'),
            max(figures.amount_yuan) filter (
                where figures.measure = 'adjusted_budget'
            ),
            max(figures.amount_yuan) filter (where figures.measure = 'initial_budget')
        ) as amount_yuan,
        min(figures.table_no) * 100000 + min(figures.row_no) as place_no
    from figures
    inner join form_cells
        on figures.cell_id = form_cells.cell_id
    where figures.fund = 'all'
    group by form_cells.form_id

),

form_rows as (

    select
        forms.document_id,
        documents.disclosure_id,
        forms.table_kind,
        forms.form_id as mention_id,
        forms.project_code,
        forms.project_name,
        forms.project_type,
        forms.implementing_unit,
        forms.score,
        forms.grade,
        form_amounts.amount_yuan,
        cast(forms.page_number as integer) as page_number,
        forms.cell_id,
        cast(null as varchar) as line_id,
        coalesce(form_amounts.place_no, 0) as place_no
    from forms
    inner join documents
        on forms.document_id = documents.document_id
    left join form_amounts
        on forms.form_id = form_amounts.form_id

),

sentence_rows as (

    select
        document_id,
        disclosure_id,
        'narrative' as table_kind,
        mention_id,
        cast(null as varchar) as project_code,
        project_name,
        cast(null as varchar) as project_type,
        cast(null as varchar) as implementing_unit,
        cast(max(score) as decimal(9, 2)) as score,
        max(grade) as grade,
        coalesce(
            max(amount_yuan) filter (where measure = 'budget'),
            max(amount_yuan) filter (where measure = 'adjusted_budget'),
            max(amount_yuan) filter (where measure = 'initial_budget')
        ) as amount_yuan,
        cast(min(page_number) as integer) as page_number,
        cast(null as varchar) as cell_id,
        min_by(line_id, place_no) as line_id,
        min(place_no) as place_no
    from statements
    group by document_id, disclosure_id, mention_id, project_name

),

united as (

    select * from list_rows

    union all

    select * from form_rows

    union all

    select * from sentence_rows

),

final as (

    select
        *,
        {{ printed_name_key('project_name') }} as name_printed_key,
        {{ project_name_key('project_name') }} as name_key,
        md5(concat_ws(
            '|',
            disclosure_id,
            case when table_kind <> 'project_list' then table_kind end,
            coalesce(project_code, ''),
            coalesce(project_name, ''),
            coalesce(project_type, ''),
            coalesce(implementing_unit, ''),
            row_number() over (
                partition by
                    document_id, table_kind, project_code, project_name,
                    project_type, implementing_unit
                order by place_no, mention_id
            )
        )) as own_id
    from united

)

select * from final

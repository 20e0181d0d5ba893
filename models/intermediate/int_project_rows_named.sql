-- Which project a row of a project table is: its code, name, type and unit, and a
-- number for rows that are alike in all of them.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where subject = 'project' and standing = 'fact' and level = 'line'

),

printed_rows as (

    select
        document_id,
        disclosure_id,
        table_kind,
        table_no,
        row_no,
        any_value(project_code) as project_code,
        any_value(coalesce(project_name, row_label)) as project_name,
        any_value(project_type) as project_type,
        any_value(implementing_unit) as implementing_unit
    from figures
    group by document_id, disclosure_id, table_kind, table_no, row_no

),

final as (

    select
        *,
        md5(concat_ws(
            '|',
            disclosure_id,
            coalesce(project_code, ''),
            coalesce(project_name, ''),
            coalesce(project_type, ''),
            coalesce(implementing_unit, ''),
            row_number() over (
                partition by
                    document_id, project_code, project_name, project_type,
                    implementing_unit
                order by table_no, row_no
            )
        )) as project_id
    from printed_rows

)

select * from final

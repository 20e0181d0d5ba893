with

source as (

    select * from {{ source('raw', 'form') }}

),

final as (

    select
        form_id,
        document_id,
        table_id,
        table_kind,
        page_number,
        cell_id,
        nullif(trim(project_code), '') as project_code,
        nullif(trim(project_name), '') as project_name,
        nullif(trim(project_type), '') as project_type,
        nullif(trim(implementing_unit), '') as implementing_unit,
        goal_text,
        try_cast(score as decimal(9, 2)) as score,
        nullif(trim(grade), '') as grade
    from source

)

select * from final

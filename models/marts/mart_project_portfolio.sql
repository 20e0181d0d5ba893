-- Current projects with what they are for.
with

projects as (

    select * from {{ ref('fct_project') }}
    where is_current

),

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

themes as (

    select * from {{ ref('int_names_themed') }}
    where place = 'project'

),

final as (

    select
        projects.project_id,
        projects.disclosure_id,
        {{ disclosure_columns() }},
        projects.project_code,
        projects.project_name,
        projects.project_type,
        projects.implementing_unit,
        coalesce(themes.theme, 'other') as theme,
        {{ zh_of('theme', "coalesce(themes.theme, 'other')") }} as theme_zh,
        coalesce(themes.theme_words, []) as theme_words,
        projects.budget_yuan,
        projects.initial_budget_yuan,
        projects.adjusted_budget_yuan,
        projects.executed_yuan,
        {{ ratio(
            'projects.executed_yuan',
            'coalesce(projects.adjusted_budget_yuan, projects.initial_budget_yuan)'
        ) }} as execution_rate,
        projects.score,
        projects.grade,
        projects.document_id,
        projects.page_number,
        projects.cell_id
    from projects
    {{ join_disclosures('projects') }}
    left join themes
        on
            projects.project_name = themes.name
            and disclosures.agency_name = themes.agency_name

)

select * from final

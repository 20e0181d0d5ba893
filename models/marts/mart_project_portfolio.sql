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

theme_labels as (

    {{ labels_of('theme') }}

),

final as (

    select
        projects.project_id,
        projects.disclosure_id,
        disclosures.agency_id,
        disclosures.agency_name,
        disclosures.agency_domain,
        disclosures.agency_domain_zh,
        disclosures.region_code,
        disclosures.region_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.document_kind_zh,
        disclosures.scope,
        disclosures.scope_zh,
        projects.project_code,
        projects.project_name,
        projects.project_type,
        projects.implementing_unit,
        coalesce(themes.theme, 'other') as theme,
        theme_labels.zh as theme_zh,
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
    inner join disclosures
        on projects.disclosure_id = disclosures.disclosure_id
    left join themes
        on
            projects.project_name = themes.name
            and disclosures.agency_name = themes.agency_name
    left join theme_labels
        on coalesce(themes.theme, 'other') = theme_labels.word

)

select * from final

-- Projects that a final account evaluates, with the amounts of its evaluation and the
-- budget of the same project in the budget's document, where both are held.
with

linked as (

    select * from {{ ref('int_budgets_linked') }}

),

projects as (

    select
        *,
        project_id as own_id,
        {{ printed_name_key('project_name') }} as name_printed_key,
        {{ project_name_key('project_name') }} as name_key
    from {{ ref('fct_project') }}
    where is_current

),

evaluated as (

    select
        linked.budget_disclosure_id,
        projects.*
    from projects
    inner join linked
        on projects.disclosure_id = linked.disclosure_id
    where
        projects.initial_budget_yuan is not null
        or projects.adjusted_budget_yuan is not null
        or projects.executed_yuan is not null

),

-- as if both stood in the budget
mentions as (

    select
        budget_disclosure_id as disclosure_id,
        own_id,
        project_code,
        name_printed_key,
        name_key,
        initial_budget_yuan as amount_yuan
    from evaluated
    where budget_disclosure_id is not null

),

known as (

    select
        projects.disclosure_id,
        projects.own_id,
        projects.project_code,
        projects.name_printed_key,
        projects.name_key,
        projects.budget_yuan as amount_yuan,
        projects.cell_id
    from projects
    inner join linked
        on projects.disclosure_id = linked.budget_disclosure_id
    where projects.budget_yuan is not null

),

matched as (

    {{ match_projects('mentions', 'known') }}

),

final as (

    select
        evaluated.disclosure_id,
        evaluated.budget_disclosure_id,
        'project' as subject,
        evaluated.project_id as code,
        evaluated.project_name as name,
        'all' as fund,
        case
            when coalesce(known.amount_yuan, evaluated.initial_budget_yuan) is not null
                then 'all'
        end as budget_fund,
        case
            when known.amount_yuan is not null then 'budget_document'
            when evaluated.initial_budget_yuan is not null then 'evaluation'
        end as budget_source,
        coalesce(known.amount_yuan, evaluated.initial_budget_yuan) as budget_yuan,
        evaluated.initial_budget_yuan as stated_budget_yuan,
        evaluated.adjusted_budget_yuan,
        evaluated.executed_yuan as final_yuan,
        evaluated.page_number,
        evaluated.cell_id,
        known.cell_id as budget_cell_id,
        cast(null as varchar) as budget_line_id
    from evaluated
    left join matched
        on evaluated.own_id = matched.own_id
    left join known
        on matched.known_id = known.own_id

)

select * from final

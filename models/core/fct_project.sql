with

amounts as (

    select * from {{ ref('fct_project_amount') }}
    where level = 'line'

),

projects as (

    select * from {{ ref('int_project_rows_named') }}

),

-- one amount per project, document and measure: the column of all money, else the sum
-- of the columns by fund, else what the fiscal column says
chosen as (

    select
        project_id,
        document_id,
        measure,
        coalesce(
            max(amount_yuan) filter (where fund = 'all'),
            sum(amount_yuan) filter (where fund not in ('all', 'fiscal')),
            max(amount_yuan) filter (where fund = 'fiscal')
        ) as amount_yuan,
        min_by(cell_id, case fund when 'all' then 0 when 'fiscal' then 1 else 2 end)
            as cell_id,
        min(page_number) as page_number,
        bool_or(is_current) as is_current
    from amounts
    group by project_id, document_id, measure

),

-- a project of several documents is the current one's
wide as (

    select
        project_id,
        document_id,
        max(amount_yuan) filter (where measure = 'budget') as budget_yuan,
        max(amount_yuan) filter (
            where measure = 'initial_budget'
        ) as initial_budget_yuan,
        max(amount_yuan) filter (
            where measure = 'adjusted_budget'
        ) as adjusted_budget_yuan,
        max(amount_yuan) filter (where measure = 'executed') as executed_yuan,
        min(page_number) as page_number,
        min_by(cell_id, case measure when 'budget' then 0 else 1 end) as cell_id,
        bool_or(is_current) as is_current
    from chosen
    group by project_id, document_id
    qualify
        row_number() over (
            partition by project_id order by bool_or(is_current) desc, document_id
        ) = 1

),

final as (

    select
        wide.project_id,
        projects.disclosure_id,
        wide.document_id,
        projects.project_code,
        projects.project_name,
        projects.project_type,
        projects.implementing_unit,
        cast(null as varchar) as grade,
        cast(wide.budget_yuan as decimal(18, 2)) as budget_yuan,
        cast(wide.initial_budget_yuan as decimal(18, 2)) as initial_budget_yuan,
        cast(wide.adjusted_budget_yuan as decimal(18, 2)) as adjusted_budget_yuan,
        cast(wide.executed_yuan as decimal(18, 2)) as executed_yuan,
        cast(null as decimal(9, 2)) as score,
        wide.is_current,
        wide.page_number,
        wide.cell_id
    from wide
    inner join projects
        on
            wide.project_id = projects.project_id
            and wide.document_id = projects.document_id

)

select * from final

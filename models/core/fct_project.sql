with

amounts as (

    select * from {{ ref('int_project_amounts_chosen') }}

),

mentions as (

    select
        *,
        case table_kind
            when 'project_list' then 1
            when 'self_evaluation_summary' then 2
            when 'performance_target' then 3
            when 'narrative' then 5
            else 4
        end as rank_no
    from {{ ref('int_project_mentions_joined') }}

),

statements as (

    select * from {{ ref('int_project_statements') }}

),

current_forms as (

    select * from {{ ref('int_form_kinds_current') }}

),

wide as (

    select
        project_id,
        max(amount_yuan) filter (where measure = 'budget') as budget_yuan,
        max(amount_yuan) filter (
            where measure = 'initial_budget'
        ) as initial_budget_yuan,
        max(amount_yuan) filter (
            where measure = 'adjusted_budget'
        ) as adjusted_budget_yuan,
        max(amount_yuan) filter (where measure = 'executed') as executed_yuan
    from amounts
    group by project_id

),

current_statements as (

    select
        mention_id,
        bool_or(is_current) as is_current
    from statements
    group by mention_id

),

standing as (

    select
        mentions.*,
        coalesce(
            current_forms.is_current, current_statements.is_current, false
        ) as is_current
    from mentions
    left join current_forms
        on
            mentions.disclosure_id = current_forms.disclosure_id
            and mentions.table_kind = current_forms.table_kind
            and mentions.document_id = current_forms.document_id
    left join current_statements
        on mentions.mention_id = current_statements.mention_id

),

named as (

    select
        project_id,
        disclosure_id,
        first(project_code order by is_current desc, rank_no asc, mention_id asc)
        filter (where project_code is not null) as project_code,
        first(project_name order by is_current desc, rank_no asc, mention_id asc)
            as project_name,
        first(project_type order by is_current desc, rank_no asc, mention_id asc)
        filter (where project_type is not null) as project_type,
        first(implementing_unit order by is_current desc, rank_no asc, mention_id asc)
        filter (where implementing_unit is not null) as implementing_unit,
        first(score order by is_current desc, rank_no asc, mention_id asc)
        filter (where score is not null) as score,
        first(cell_id order by is_current desc, rank_no asc, mention_id asc)
        filter (where score is not null) as score_cell_id,
        first(line_id order by is_current desc, rank_no asc, mention_id asc)
        filter (where score is not null) as score_line_id,
        first(grade order by is_current desc, rank_no asc, mention_id asc)
        filter (where grade is not null) as grade,
        first(document_id order by is_current desc, rank_no asc, mention_id asc)
            as document_id,
        first(page_number order by is_current desc, rank_no asc, mention_id asc)
            as page_number,
        first(cell_id order by is_current desc, rank_no asc, mention_id asc) as cell_id,
        first(line_id order by is_current desc, rank_no asc, mention_id asc) as line_id,
        bool_or(is_current) as is_current
    from standing
    group by project_id, disclosure_id

),

final as (

    select
        named.project_id,
        named.disclosure_id,
        named.document_id,
        named.project_code,
        named.project_name,
        named.project_type,
        named.implementing_unit,
        named.grade,
        cast(wide.budget_yuan as decimal(18, 2)) as budget_yuan,
        cast(wide.initial_budget_yuan as decimal(18, 2)) as initial_budget_yuan,
        cast(wide.adjusted_budget_yuan as decimal(18, 2)) as adjusted_budget_yuan,
        cast(wide.executed_yuan as decimal(18, 2)) as executed_yuan,
        named.score,
        named.is_current,
        named.page_number,
        named.cell_id,
        named.line_id,
        named.score_cell_id,
        named.score_line_id
    from named
    left join wide
        on named.project_id = wide.project_id

)

select * from final

-- Of several places that print an amount of a project, one is chosen: current documents
-- come first, lists before forms before sentences.
with

amounts as (

    select * from {{ ref('fct_project_amount') }}
    where level = 'line' and measure <> 'whole_period' and project_id is not null

),

mentions as (

    select * from {{ ref('int_project_mentions_joined') }}

),

statements as (

    select * from {{ ref('int_project_statements') }}

),

-- one amount per project, document, kind of table and measure: the column of all money,
-- else the sum of the columns by fund, else what the fiscal column says
by_fund as (

    select
        project_id,
        document_id,
        table_kind,
        measure,
        max(amount_yuan) filter (where fund = 'all') as all_yuan,
        sum(amount_yuan) filter (where fund not in ('all', 'fiscal')) as parts_yuan,
        max(amount_yuan) filter (where fund = 'fiscal') as fiscal_yuan,
        max_by(cell_id, amount_yuan) filter (where fund = 'all') as all_cell_id,
        list(cell_id order by cell_id) filter (
            where fund not in ('all', 'fiscal')
        ) as part_cell_ids,
        max_by(cell_id, amount_yuan) filter (where fund = 'fiscal') as fiscal_cell_id,
        bool_or(is_current) as is_current
    from amounts
    group by project_id, document_id, table_kind, measure

),

printed as (

    select
        project_id,
        document_id,
        measure,
        case table_kind
            when 'project_list' then 1
            when 'self_evaluation_summary' then 2
            when 'performance_target' then 3
            else 4
        end as rank_no,
        coalesce(all_yuan, parts_yuan, fiscal_yuan) as amount_yuan,
        case
            when all_yuan is not null then [all_cell_id]
            when parts_yuan is not null then part_cell_ids
            else [fiscal_cell_id]
        end as cell_ids,
        cast(null as varchar) as line_id,
        is_current
    from by_fund

),

stated as (

    select
        mentions.project_id,
        statements.document_id,
        statements.measure,
        5 as rank_no,
        statements.amount_yuan,
        cast([] as varchar[]) as cell_ids,
        statements.line_id,
        statements.is_current
    from statements
    inner join mentions
        on statements.mention_id = mentions.mention_id
    where statements.amount_yuan is not null

),

united as (

    select * from printed

    union all

    select * from stated

),

final as (

    select
        project_id,
        document_id,
        measure,
        cast(amount_yuan as decimal(18, 2)) as amount_yuan,
        cell_ids,
        line_id,
        is_current
    from united
    qualify
        row_number() over (
            partition by project_id, measure
            order by is_current desc, rank_no asc, document_id asc
        ) = 1

)

select * from final

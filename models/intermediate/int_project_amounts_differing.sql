-- Amounts of one project, fund and measure that two tables of a disclosure print
-- differently, or a table and a sentence, by more than the rounding of what is printed.
-- A sentence speaks of all money.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where subject = 'project' and standing = 'fact' and level = 'line'

),

amounts as (

    select * from {{ ref('fct_project_amount') }}
    where project_id is not null and is_current and fund not in ('other_printed')

),

projects as (

    select * from {{ ref('fct_project') }}

),

mentions as (

    select * from {{ ref('int_project_mentions_joined') }}

),

statements as (

    select * from {{ ref('int_project_statements') }}
    where amount_yuan is not null and is_current

),

ranked as (

    select
        amounts.project_id,
        amounts.disclosure_id,
        amounts.document_id,
        amounts.measure,
        amounts.fund,
        amounts.amount_yuan,
        amounts.amount_printed,
        amounts.cell_id,
        cast(null as varchar) as line_id,
        amounts.cell_id as place_id,
        figures.half_digit_yuan,
        case amounts.table_kind
            when 'project_list' then 1
            when 'self_evaluation_summary' then 2
            when 'performance_target' then 3
            else 4
        end as rank_no
    from amounts
    inner join figures
        on amounts.cell_id = figures.cell_id

    union all

    select
        mentions.project_id,
        statements.disclosure_id,
        statements.document_id,
        statements.measure,
        'all' as fund,
        statements.amount_yuan,
        statements.amount_printed,
        cast(null as varchar) as cell_id,
        statements.line_id,
        statements.statement_id as place_id,
        statements.half_digit_yuan,
        5 as rank_no
    from statements
    inner join mentions
        on statements.mention_id = mentions.mention_id

),

final as (

    select
        left_side.disclosure_id,
        left_side.document_id,
        projects.project_name,
        left_side.measure,
        left_side.fund,
        left_side.amount_printed as left_printed,
        right_side.amount_printed as right_printed,
        left_side.cell_id as left_cell_id,
        right_side.cell_id as right_cell_id,
        right_side.line_id as right_line_id,
        left_side.place_id as left_place_id,
        right_side.place_id as right_place_id,
        left_side.amount_yuan - right_side.amount_yuan as difference_yuan,
        left_side.half_digit_yuan + right_side.half_digit_yuan as tolerance_yuan
    from ranked as left_side
    inner join ranked as right_side
        on
            left_side.project_id = right_side.project_id
            and left_side.measure = right_side.measure
            and left_side.fund = right_side.fund
            and left_side.rank_no < right_side.rank_no
    inner join projects
        on left_side.project_id = projects.project_id
    where
        abs(left_side.amount_yuan - right_side.amount_yuan)
        > left_side.half_digit_yuan + right_side.half_digit_yuan
    -- however many tables and sentences repeat the two amounts
    qualify
        row_number() over (
            partition by
                left_side.disclosure_id,
                left_side.project_id,
                left_side.measure,
                left_side.fund
            order by
                left_side.rank_no asc, right_side.rank_no asc, left_side.cell_id asc
        ) = 1

)

select * from final

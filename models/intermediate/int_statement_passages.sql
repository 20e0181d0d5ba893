-- Which stated figures stand in one passage: what a sentence, or the next, says of one
-- subject in one breath (年初预算, 支出决算, 增减额, 增减比例, 占比).
with

statements as (

    select
        *,
        cast(regexp_extract(statement_id, ':s([0-9]+)', 1) as integer) as statement_no
    from {{ ref('stg_statement') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

dated as (

    select
        statements.statement_id,
        statements.document_id,
        statements.statement_no,
        concat_ws(
            '|',
            statements.topic,
            coalesce(statements.income_source, ''),
            coalesce(statements.item, ''),
            coalesce(statements.class_name, ''),
            coalesce(statements.section_name, ''),
            coalesce(statements.item_name, ''),
            coalesce(statements.project_name, '')
        ) as said_of,
        case
            when
                statements.basis_year = documents.fiscal_year - 1
                and statements.measure in ('amount', 'final')
                then 'year_before'
            when
                statements.basis_year is null
                or statements.basis_year = documents.fiscal_year
                then statements.measure
        end as meant
    from statements
    inner join documents
        on statements.document_id = documents.document_id

),

neighboured as (

    select
        *,
        lag(meant) over said as meant_before,
        lead(meant) over said as meant_after,
        statement_no - lag(statement_no) over said as distance
    from dated
    where meant is not null
    window said as (
        partition by document_id, said_of
        order by statement_no
    )

),

-- a passage begins with its budget, else with the year before, else with its amount
opened as (

    select
        *,
        case
            -- 决算数1万元，比预算数2万元减少1万元: of what stands before it
            when
                meant in ('initial_budget', 'adjusted_budget', 'budget')
                and meant_before in ('amount', 'final')
                and meant_after in ('over_budget', 'completion_percent')
                then false
            when meant in ('initial_budget', 'adjusted_budget', 'budget')
                then meant_before not in ('initial_budget', 'adjusted_budget', 'budget')
            when meant = 'year_before'
                then meant_after in ('amount', 'final')
            when meant in ('amount', 'final', 'executed')
                then meant_before not in (
                    'initial_budget', 'adjusted_budget', 'budget', 'year_before'
                )
            else false
        end is not false
        or distance > 10 as is_opening
    from neighboured

),

final as (

    select
        statement_id,
        document_id,
        meant,
        concat_ws(
            '|',
            said_of,
            sum(cast(coalesce(is_opening, true) as integer)) over (
                partition by document_id, said_of
                order by statement_no
            )
        ) as passage_key
    from opened

)

select * from final

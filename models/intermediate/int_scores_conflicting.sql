-- What the audit says about scores of one project that its form and a sentence print
-- differently.
with

statements as (

    select * from {{ ref('int_project_statements') }}
    where measure = 'score' and is_current

),

mentions as (

    select * from {{ ref('int_project_mentions_joined') }}

),

forms as (

    select * from {{ ref('stg_form') }}
    where score is not null

),

projects as (

    select * from {{ ref('fct_project') }}

),

compared as (

    select
        statements.disclosure_id,
        statements.document_id,
        statements.page_number,
        statements.line_id,
        statements.statement_id,
        projects.project_name,
        statements.amount_printed as said,
        forms.score,
        forms.cell_id,
        statements.score = forms.score as agrees
    from statements
    inner join mentions as said_mentions
        on statements.mention_id = said_mentions.mention_id
    inner join mentions as form_mentions
        on said_mentions.project_id = form_mentions.project_id
    inner join forms
        on form_mentions.mention_id = forms.form_id
    inner join projects
        on said_mentions.project_id = projects.project_id

),

final as (

    select
        'sentence_mismatch' as kind,
        'medium' as severity,
        disclosure_id,
        document_id,
        page_number,
        concat(
            '项目“', project_name, '”的自评得分，文字说明为 ', said, '，自评表为 ',
            score, ' 分。'
        ) as description,
        concat(
            'The score of the project ', project_name, ' is ', said,
            ' in a sentence and ', score, ' in its form.'
        ) as description_en,
        said as left_printed,
        cast(score as varchar) as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        [cell_id] as right_cell_ids,
        line_id as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        concat('score|', statement_id) as cause
    from compared
    -- a form that is printed twice: one that agrees is enough
    qualify
        not bool_or(agrees) over (partition by statement_id)
        and row_number() over (partition by statement_id order by cell_id) = 1

)

select * from final

-- Copies of a narrative state the same twice: one document is current per disclosure,
-- text before a scan, then the one that states more; the id makes the choice stable.
with

statements as (

    select * from {{ ref('stg_statement') }}
    where
        project_name is null
        and measure not in ('budget_direction', 'year_direction')

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

codes as (

    select * from {{ ref('int_statements_coded') }}

),

scanned as (

    select
        document_id,
        bool_or(route = 'scan') as is_scan
    from {{ ref('stg_page') }}
    group by document_id

),

counted as (

    select
        documents.disclosure_id,
        statements.document_id,
        coalesce(bool_or(scanned.is_scan), false) as is_scan,
        count(*) as statement_count
    from statements
    inner join documents
        on statements.document_id = documents.document_id
    left join scanned
        on statements.document_id = scanned.document_id
    group by documents.disclosure_id, statements.document_id

),

current_documents as (

    select
        disclosure_id,
        document_id,
        row_number() over (
            partition by disclosure_id
            order by is_scan asc, statement_count desc, document_id asc
        ) = 1 as is_current
    from counted

),

final as (

    select
        statements.statement_id as stated_figure_id,
        current_documents.disclosure_id,
        statements.document_id,
        statements.topic,
        statements.measure,
        codes.function_code,
        statements.item,
        statements.basis_year,
        statements.value,
        statements.unit,
        statements.amount_yuan,
        statements.stated_text,
        current_documents.is_current,
        statements.page_number,
        statements.line_id
    from statements
    inner join current_documents
        on statements.document_id = current_documents.document_id
    left join codes
        on statements.statement_id = codes.statement_id

)

select * from final

-- Which document is current for a disclosure and table kind: text before a scan, then
-- the one with more facts, then the longer one; the id makes the choice stable.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where standing = 'fact'

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

pages as (

    select * from {{ ref('stg_page') }}

),

scanned as (

    select
        document_id,
        bool_or(route = 'scan') as is_scan
    from pages
    where is_table_page
    group by document_id

),

counted as (

    select
        disclosure_id,
        table_kind,
        document_id,
        count(*) as fact_count
    from figures
    group by disclosure_id, table_kind, document_id

),

final as (

    select
        counted.disclosure_id,
        counted.table_kind,
        counted.document_id,
        counted.fact_count,
        row_number() over (
            partition by counted.disclosure_id, counted.table_kind
            order by
                coalesce(scanned.is_scan, false) asc,
                counted.fact_count desc,
                documents.page_count desc nulls last,
                counted.document_id asc
        ) = 1 as is_current
    from counted
    inner join documents
        on counted.document_id = documents.document_id
    left join scanned
        on counted.document_id = scanned.document_id

)

select * from final

-- Which document is current for a disclosure and table kind: text before a scan, then
-- the one with more facts, then the longer one; the id makes the choice stable. Forms
-- of projects may come as a file each: those that share no project are all current.
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
        figures.disclosure_id,
        figures.table_kind,
        figures.document_id,
        count(*) as fact_count,
        {{ projects_of_forms('figures') }} as projects
    from figures
    group by figures.disclosure_id, figures.table_kind, figures.document_id

),

ranked as (

    select
        counted.disclosure_id,
        counted.table_kind,
        counted.document_id,
        counted.fact_count,
        -- a document with other tables too is a copy, whatever its forms are called
        case
            when
                bool_and({{ is_form_of_project('counted') }}) over (
                    partition by counted.document_id
                )
                then counted.projects
            else cast([] as varchar[])
        end as projects,
        row_number() over (
            partition by counted.disclosure_id, counted.table_kind
            order by
                coalesce(scanned.is_scan, false) asc,
                counted.fact_count desc,
                documents.page_count desc nulls last,
                counted.document_id asc
        ) as rank_no
    from counted
    inner join documents
        on counted.document_id = documents.document_id
    left join scanned
        on counted.document_id = scanned.document_id

),

-- the best document that prints the same in the place of another
standing_for as (

    select
        ranked.table_kind,
        ranked.document_id,
        min_by(better.document_id, better.rank_no) as document_id_instead
    from ranked
    inner join ranked as better
        on
            ranked.disclosure_id = better.disclosure_id
            and ranked.table_kind = better.table_kind
            and ranked.rank_no > better.rank_no
    where {{ prints_same_forms('ranked.projects', 'better.projects') }}
    group by ranked.table_kind, ranked.document_id

),

final as (

    select
        ranked.disclosure_id,
        ranked.table_kind,
        ranked.document_id,
        ranked.fact_count,
        standing_for.document_id is null as is_current,
        coalesce(
            standing_for.document_id_instead, ranked.document_id
        ) as current_document_id
    from ranked
    left join standing_for
        on
            ranked.document_id = standing_for.document_id
            and ranked.table_kind = standing_for.table_kind

)

select * from final

-- Which document is current for a disclosure and table kind: text before a scan, then
-- the one with more facts, then the longer one; the id makes the choice stable. Forms
-- of projects may come as a file each: those that share no project with a current one
-- are current as well.
with recursive

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

    {{ scanned_documents('pages') }}

),

telling_signs as (

    select * from {{ ref('telling_sign') }}

),

series as (

    {{ telling_series('telling_signs') }}

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
        coalesce(scanned.is_scan, false) as is_scan,
        series.telling,
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
    cross join series

),

walked as (

    {{ walk_forms('ranked') }}

),

-- the best current document that prints the same in the place of another
standing_for as (

    select
        ranked.table_kind,
        ranked.document_id,
        min_by(better.document_id, better.rank_no) as document_id_instead
    from ranked
    inner join walked
        on
            ranked.document_id = walked.document_id
            and ranked.table_kind = walked.table_kind
            and not walked.is_current
    inner join walked as current_ones
        on
            ranked.disclosure_id = current_ones.disclosure_id
            and ranked.table_kind = current_ones.table_kind
            and current_ones.is_current
    inner join ranked as better
        on
            current_ones.document_id = better.document_id
            and current_ones.table_kind = better.table_kind
            and ranked.rank_no > better.rank_no
    where {{ prints_same_forms('ranked', 'better.projects') }}
    group by ranked.table_kind, ranked.document_id

),

final as (

    select
        walked.disclosure_id,
        walked.table_kind,
        walked.document_id,
        ranked.fact_count,
        walked.is_current,
        coalesce(
            standing_for.document_id_instead, walked.document_id
        ) as current_document_id
    from walked
    inner join ranked
        on
            walked.document_id = ranked.document_id
            and walked.table_kind = ranked.table_kind
            and walked.disclosure_id = ranked.disclosure_id
    left join standing_for
        on
            walked.document_id = standing_for.document_id
            and walked.table_kind = standing_for.table_kind

)

select * from final

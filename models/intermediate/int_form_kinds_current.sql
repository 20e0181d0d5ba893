-- Which document is current for the forms of a disclosure, also where they print no
-- money: the one whose figures are, else the one with more indicators; forms of other
-- projects in files of their own are current as well, those of a scan behind others.
with recursive

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

forms as (

    select * from {{ ref('stg_form') }}

),

indicators as (

    select * from {{ ref('stg_indicator') }}

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
        documents.disclosure_id,
        forms.table_kind,
        forms.document_id,
        count(distinct forms.form_id) + count(indicators.indicator_id) as printed_count,
        {{ projects_of_forms('forms') }} as projects
    from forms
    inner join documents
        on forms.document_id = documents.document_id
    left join indicators
        on forms.form_id = indicators.form_id
    group by documents.disclosure_id, forms.table_kind, forms.document_id

),

ranked as (

    select
        counted.disclosure_id,
        counted.table_kind,
        counted.document_id,
        -- a document with other tables too is a copy, whatever its forms are called
        case
            when exists (
                select 1 from current_kinds as printed
                where
                    printed.document_id = counted.document_id
                    and not {{ is_form_of_project('printed') }}
            ) then cast([] as varchar[])
            else counted.projects
        end as projects,
        coalesce(scanned.is_scan, false) as is_scan,
        series.telling,
        current_kinds.is_current as is_current_by_money,
        row_number() over (
            partition by counted.disclosure_id, counted.table_kind
            order by
                current_kinds.is_current desc nulls last,
                coalesce(scanned.is_scan, false) asc,
                counted.printed_count desc,
                counted.document_id asc
        ) as rank_no
    from counted
    left join current_kinds
        on
            counted.disclosure_id = current_kinds.disclosure_id
            and counted.table_kind = current_kinds.table_kind
            and counted.document_id = current_kinds.document_id
    left join scanned
        on counted.document_id = scanned.document_id
    cross join series

),

walked as (

    {{ walk_forms('ranked', is_given='ranked.is_current_by_money') }}

),

without_money as (

    select
        walked.disclosure_id,
        walked.table_kind,
        walked.document_id,
        walked.is_current
    from walked
    inner join ranked
        on
            walked.disclosure_id = ranked.disclosure_id
            and walked.table_kind = ranked.table_kind
            and walked.document_id = ranked.document_id
    where ranked.is_current_by_money is null

),

final as (

    select
        disclosure_id,
        table_kind,
        document_id,
        is_current
    from current_kinds

    union all

    select * from without_money

)

select * from final

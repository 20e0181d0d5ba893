-- Which document is current for the forms of a disclosure, also where they print no
-- money: the one whose figures are, else the one with more indicators.
with

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

counted as (

    select
        documents.disclosure_id,
        forms.table_kind,
        forms.document_id,
        count(distinct forms.form_id) + count(indicators.indicator_id) as printed_count
    from forms
    inner join documents
        on forms.document_id = documents.document_id
    left join indicators
        on forms.form_id = indicators.form_id
    group by documents.disclosure_id, forms.table_kind, forms.document_id

),

without_money as (

    select
        counted.disclosure_id,
        counted.table_kind,
        counted.document_id,
        row_number() over (
            partition by counted.disclosure_id, counted.table_kind
            order by counted.printed_count desc, counted.document_id asc
        ) = 1
        and not exists (
            select 1 from current_kinds as chosen
            where
                chosen.disclosure_id = counted.disclosure_id
                and chosen.table_kind = counted.table_kind
        ) as is_current
    from counted
    left join current_kinds
        on
            counted.disclosure_id = current_kinds.disclosure_id
            and counted.table_kind = current_kinds.table_kind
            and counted.document_id = current_kinds.document_id
    where current_kinds.document_id is null

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

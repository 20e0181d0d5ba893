-- How the kinds of tables of a disclosure stand, in whichever of its documents they are
-- printed: with figures, empty, or with nothing but doubt.
with

tables as (

    select * from {{ ref('stg_table') }}

),

cells as (

    select * from {{ ref('stg_cell') }}

),

forms as (

    select * from {{ ref('stg_form') }}

),

quarantine as (

    select * from {{ ref('stg_quarantine') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

table_kinds as (

    select * from {{ ref('table_kind') }}

),

figures as (

    select
        table_id,
        bool_or(quarantine_reason is null) as is_certain
    from cells
    group by table_id

),

described as (

    select distinct table_id
    from forms

),

standings as (

    select
        tables.document_id,
        tables.table_kind,
        case
            when coalesce(figures.is_certain, false) or described.table_id is not null
                then 'held'
            when figures.table_id is not null or table_kinds.family = 'form'
                then 'quarantined'
            else 'said_empty'
        end as standing
    from tables
    inner join table_kinds
        on tables.table_kind = table_kinds.table_kind
    left join figures
        on tables.table_id = figures.table_id
    left join described
        on tables.table_id = described.table_id

    union all

    select
        document_id,
        table_kind,
        'quarantined' as standing
    from quarantine
    where table_kind is not null

),

final as (

    select
        documents.disclosure_id,
        standings.table_kind,
        case
            when bool_or(standings.standing = 'held') then 'held'
            when bool_or(standings.standing = 'said_empty') then 'said_empty'
            else 'quarantined'
        end as standing
    from standings
    inner join documents
        on standings.document_id = documents.document_id
    where standings.table_kind <> 'unknown'
    group by documents.disclosure_id, standings.table_kind

)

select * from final

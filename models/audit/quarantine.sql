with

quarantine as (

    select * from {{ ref('stg_quarantine') }}

),

documents as (

    select * from {{ ref('dim_document') }}

),

cells as (

    select * from {{ ref('stg_cell') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

placed as (

    select * from {{ ref('int_figures_placed') }}

),

table_kinds as (

    select * from {{ ref('table_kind') }}
    where facts

),

reported as (

    select
        document_id,
        table_kind,
        cast(page_number as integer) as page_number,
        cell_id,
        reason,
        detail
    from quarantine

),

-- a document that the reader read, but whose identity does not name a disclosure
unidentified as (

    select
        document_id,
        cast(null as varchar) as table_kind,
        cast(null as integer) as page_number,
        cast(null as varchar) as cell_id,
        'identity_incomplete' as reason,
        'agency, region, year, kind and scope are not all known' as detail
    from documents
    where
        is_read
        and disclosure_id is null
        and document_id not in (select reported.document_id from reported)

),

-- a figure of a table of facts that is no fact: the models could not place it, or the
-- document prints it a second time with another amount
unpublished as (

    select
        cells.document_id,
        cells.table_kind,
        cast(cells.page_number as integer) as page_number,
        cells.cell_id,
        case
            when cells.quarantine_reason is not null then cells.quarantine_reason
            when cells.unit is null then 'unit_unknown'
            when cells.amount_yuan is null then 'amount_out_of_range'
            when figures.standing = 'contradiction' then 'printed_twice_differently'
            else coalesce(placed.unplaced_reason, 'not_placed')
        end as reason,
        coalesce(cells.amount_printed, '') as detail
    from cells
    inner join table_kinds
        on cells.table_kind = table_kinds.table_kind
    inner join documents
        on cells.document_id = documents.document_id
    left join figures
        on cells.cell_id = figures.cell_id
    left join placed
        on cells.cell_id = placed.cell_id
    where
        documents.disclosure_id is not null
        and (figures.cell_id is null or figures.standing = 'contradiction')
        and not exists (
            select 1 from reported
            where reported.cell_id = cells.cell_id
        )

),

united as (

    select * from reported

    union all

    select * from unidentified

    union all

    select * from unpublished

),

final as (

    select
        united.document_id,
        documents.file_name,
        united.table_kind,
        united.page_number,
        united.cell_id,
        united.reason,
        united.detail
    from united
    left join documents
        on united.document_id = documents.document_id

)

select * from final

-- Why a figure is not the same as in the publication before: the first reason to hold.
with

figures as (

    select * from {{ ref('int_figures_changed') }}

),

documents as (

    select * from {{ ref('int_documents_compared') }}

),

published_facts as (

    select * from {{ ref('stg_published_fact') }}

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}
    where is_current

),

quarantine as (

    select distinct cell_id
    from {{ ref('quarantine') }}
    where cell_id is not null

),

publication as (

    select * from {{ ref('stg_published') }}

),

-- the documents that were current for a kind of table
published_kinds as (

    select distinct
        disclosure_id,
        table_kind,
        document_id
    from published_facts

),

-- what may have changed the document that prints the figure, now or else then
joined as (

    select
        figures.*,
        then_documents.is_held as is_previous_held,
        then_documents.next_document_id,
        now_documents.was_held,
        now_documents.previous_document_id as replaced_document_id,
        coalesce(now_documents.is_reader_changed, then_documents.is_reader_changed)
            as is_reader_changed,
        coalesce(
            now_documents.is_vocabulary_changed, then_documents.is_vocabulary_changed
        ) as is_vocabulary_changed,
        coalesce(
            now_documents.is_decided_otherwise, then_documents.is_decided_otherwise
        ) as is_decided_otherwise,
        coalesce(
            now_documents.is_folder_otherwise, then_documents.is_folder_otherwise
        ) as is_folder_otherwise,
        then_documents.disclosure_id is null as is_previous_unidentified,
        case
            when figures.document_id is null
                then then_documents.disclosure_id
            else now_documents.disclosure_id
        end as disclosure_now,
        case
            when figures.document_id is null
                then then_documents.previous_disclosure_id
            else now_documents.previous_disclosure_id
        end as disclosure_then,
        quarantine.cell_id is not null as is_quarantined,
        -- a figure of a document that was there, where another one is current or was
        case figures.kind
            when 'added'
                then exists (
                    select 1 from published_kinds
                    where
                        published_kinds.disclosure_id = figures.disclosure_id
                        and published_kinds.table_kind = figures.table_kind
                        and published_kinds.document_id <> figures.document_id
                )
            when 'gone'
                then exists (
                    select 1 from current_kinds
                    where
                        current_kinds.disclosure_id = figures.disclosure_id
                        and current_kinds.table_kind = figures.table_kind
                        and current_kinds.document_id <> figures.previous_document_id
                )
            else figures.document_id <> figures.previous_document_id
        end as is_other_document
    from figures
    left join documents as then_documents
        on figures.previous_document_id = then_documents.document_id
    left join documents as now_documents
        on figures.document_id = now_documents.document_id
    left join quarantine
        on figures.kind = 'gone' and figures.previous_cell_id = quarantine.cell_id

),

final as (

    select
        joined.kind,
        case
            when
                joined.replaced_document_id is not null
                or (joined.kind <> 'added' and joined.next_document_id is not null)
                then 'content_changed'
            when joined.kind = 'added' and not joined.was_held
                then 'new_document'
            when joined.kind = 'gone' and not joined.is_previous_held
                then 'document_gone'
            when
                joined.is_decided_otherwise
                and (
                    joined.disclosure_now is distinct from joined.disclosure_then
                    or joined.reading = 'confirmed'
                    or joined.previous_reading = 'confirmed'
                )
                then 'decision'
            when
                joined.is_folder_otherwise
                and (
                    joined.disclosure_now is distinct from joined.disclosure_then
                )
                then 'folder'
            when joined.is_other_document
                then 'other_document'
            when joined.kind = 'gone' and joined.is_previous_unidentified
                then 'in_quarantine'
            when joined.is_quarantined
                then 'in_quarantine'
            when joined.is_reader_changed
                then 'reader_changed'
            when joined.is_vocabulary_changed
                then 'vocabulary_changed'
            when joined.is_decided_otherwise
                then 'decision'
            when publication.is_program_changed
                then 'models_changed'
            else 'unexplained'
        end as change_reason,
        joined.fact,
        joined.disclosure_id,
        joined.table_kind,
        joined.row_label,
        joined.column_label,
        joined.previous_document_id,
        joined.previous_page_number,
        joined.previous_cell_id,
        joined.previous_amount_yuan,
        joined.previous_printed,
        joined.previous_reading,
        joined.document_id,
        joined.page_number,
        joined.cell_id,
        joined.amount_yuan,
        joined.amount_printed,
        joined.reading
    from joined
    cross join publication

)

select * from final

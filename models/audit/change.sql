with

publication as (

    select * from {{ ref('stg_published') }}

),

documents as (

    select * from {{ ref('int_documents_compared') }}

),

figures as (

    select * from {{ ref('int_figures_explained') }}

),

document_changes as (

    select
        'document' as subject,
        case
            when not documents.was_held and documents.previous_document_id is null
                then 'added'
            when not documents.is_held
                then 'gone'
            else 'changed'
        end as kind,
        case
            when documents.previous_document_id is not null
                then 'content_changed'
            when not documents.was_held
                then 'new_document'
            when not documents.is_held
                then 'document_gone'
            when documents.is_decided_otherwise
                then 'decision'
            when documents.is_folder_otherwise
                then 'folder'
            when documents.disclosure_id is null
                then 'in_quarantine'
            when documents.is_reader_changed
                then 'reader_changed'
            when documents.is_vocabulary_changed
                then 'vocabulary_changed'
            when publication.is_program_changed
                then 'models_changed'
            else 'unexplained'
        end as change_reason,
        coalesce(
            documents.disclosure_id, documents.previous_disclosure_id
        ) as disclosure_id,
        case when documents.is_held then documents.document_id end as document_id,
        case
            when documents.was_held then documents.document_id
            else documents.previous_document_id
        end as previous_document_id,
        documents.file_path,
        cast(null as varchar) as table_kind,
        0 as figures
    from documents
    cross join publication
    where
        (
            not documents.was_held
            or not documents.is_held
            or documents.disclosure_id
            is distinct from documents.previous_disclosure_id
        )
        -- the content that took its place says so
        and documents.next_document_id is null

),

table_changes as (

    select
        'table' as subject,
        figures.kind,
        figures.change_reason,
        figures.disclosure_id,
        figures.document_id,
        figures.previous_document_id,
        documents.file_path,
        figures.table_kind,
        count(*) as figures
    from figures
    left join documents
        on
            coalesce(figures.document_id, figures.previous_document_id)
            = documents.document_id
    where figures.kind <> 'changed'
    group by
        figures.kind,
        figures.change_reason,
        figures.disclosure_id,
        figures.document_id,
        figures.previous_document_id,
        documents.file_path,
        figures.table_kind

),

-- what became of documents and tables as a whole names no figure
whole_changes as (

    select * from document_changes

    union all

    select * from table_changes

),

figure_changes as (

    select
        'figure' as subject,
        figures.kind,
        figures.change_reason,
        figures.disclosure_id,
        figures.document_id,
        figures.previous_document_id,
        documents.file_path,
        figures.table_kind,
        1 as figures,
        figures.row_label,
        figures.column_label,
        figures.previous_amount_yuan,
        figures.amount_yuan,
        figures.previous_cell_id,
        figures.cell_id
    from figures
    left join documents
        on figures.document_id = documents.document_id
    where figures.kind = 'changed'

),

united as (

    select
        *,
        cast(null as varchar) as row_label,
        cast(null as varchar) as column_label,
        cast(null as decimal(18, 2)) as previous_amount_yuan,
        cast(null as decimal(18, 2)) as amount_yuan,
        cast(null as varchar) as previous_cell_id,
        cast(null as varchar) as cell_id
    from whole_changes

    union all

    select * from figure_changes

),

final as (

    select
        md5(
            concat_ws(
                '|', united.subject, united.kind, united.change_reason,
                coalesce(united.disclosure_id, ''), coalesce(united.document_id, ''),
                coalesce(united.previous_document_id, ''),
                coalesce(united.table_kind, ''), coalesce(united.previous_cell_id, ''),
                coalesce(united.cell_id, '')
            )
        ) as change_id,
        publication.publication_id as since,
        united.subject,
        united.kind,
        united.change_reason as reason,
        united.disclosure_id,
        united.document_id,
        united.previous_document_id,
        united.file_path,
        united.table_kind,
        cast(united.figures as integer) as figures,
        united.row_label,
        united.column_label,
        united.previous_amount_yuan,
        united.amount_yuan,
        united.previous_cell_id,
        united.cell_id
    from united
    cross join publication

)

select * from final

with

documents as (

    select * from {{ ref('stg_document') }}

),

identified as (

    select * from {{ ref('int_documents_identified') }}

),

sources as (

    select * from {{ ref('stg_source') }}

),

decisions as (

    select distinct document_id
    from {{ ref('stg_decision') }}
    where is_applied and what not in ('unit', 'cell')

),

inherited as (

    select distinct document_id from {{ ref('stg_folder_identity') }}

),

-- the same bytes may lie in several files: the first path gives the name
files as (

    select
        document_id,
        min_by(file_name, file_path) as file_name,
        min_by(source_url, file_path) as source_url,
        min_by(published_on, file_path) as published_on,
        count(*) as file_count
    from sources
    group by document_id

),

final as (

    select
        documents.document_id,
        identified.disclosure_id,
        files.file_name,
        documents.sha256,
        documents.media_type,
        documents.document_kind,
        cast(documents.fiscal_year as integer) as fiscal_year,
        documents.scope,
        documents.region_code,
        documents.agency_name,
        case
            when identified.document_id is null then null
            when decisions.document_id is not null then 'confirmed'
            when inherited.document_id is not null then 'folder'
            else 'printed'
        end as identity_reading,
        cast(documents.page_count as integer) as page_count,
        cast(files.file_count as integer) as file_count,
        files.source_url,
        cast(files.published_on as date) as published_on,
        documents.is_read,
        documents.reader_version
    from documents
    left join identified
        on documents.document_id = identified.document_id
    left join decisions
        on documents.document_id = decisions.document_id
    left join inherited
        on documents.document_id = inherited.document_id
    left join files
        on documents.document_id = files.document_id

)

select * from final

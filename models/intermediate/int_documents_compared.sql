-- Every content that is held now or was in the publication before, and what may have
-- changed its figures.
with

files as (

    select * from {{ ref('stg_source') }}

),

published_files as (

    select * from {{ ref('stg_published_document') }}

),

documents as (

    select * from {{ ref('stg_document') }}

),

identified as (

    select * from {{ ref('int_documents_identified') }}

),

decisions as (

    select * from {{ ref('stg_decision') }}
    where is_applied

),

published_decisions as (

    select * from {{ ref('stg_published_decision') }}
    where is_applied

),

inherited as (

    select
        document_id,
        string_agg(
            concat_ws('=', field, inherited_value), '|' order by field
        ) as folder_identity
    from {{ ref('stg_folder_identity') }}
    group by document_id

),

held as (

    select
        document_id,
        min(file_path) as file_path
    from files
    group by document_id

),

published as (

    select
        document_id,
        min(file_path) as file_path,
        min(disclosure_id) as disclosure_id,
        min(reader_version) as reader_version,
        min(vocabulary_hash) as vocabulary_hash,
        min(folder_identity) as folder_identity
    from published_files
    group by document_id

),

-- a path that has another content now, while the old content is nowhere any more
paths_replaced as (

    select
        published_files.document_id as previous_document_id,
        files.document_id,
        row_number() over (
            partition by files.document_id order by files.file_path
        ) as place,
        row_number() over (
            partition by published_files.document_id order by files.file_path
        ) as previous_place
    from published_files
    inner join files
        on
            published_files.file_path = files.file_path
            and published_files.document_id <> files.document_id
    left join held
        on published_files.document_id = held.document_id
    left join published
        on files.document_id = published.document_id
    where held.document_id is null and published.document_id is null

),

-- one content takes the place of one other, also where files have the same bytes
replaced as (

    select
        document_id,
        previous_document_id
    from paths_replaced
    where place = 1 and previous_place = 1

),

-- decisions that stand on one side only: made, changed or taken back since
decided_otherwise as (

    select distinct
        coalesce(
            decisions.document_id, published_decisions.document_id
        ) as document_id
    from decisions
    full outer join published_decisions
        on decisions.decision_id = published_decisions.decision_id
    where decisions.decision_id is null or published_decisions.decision_id is null

),

final as (

    select
        coalesce(held.document_id, published.document_id) as document_id,
        coalesce(held.file_path, published.file_path) as file_path,
        identified.disclosure_id,
        published.disclosure_id as previous_disclosure_id,
        held.document_id is not null as is_held,
        published.document_id is not null as was_held,
        replacing.previous_document_id,
        followed.document_id as next_document_id,
        coalesce(
            documents.reader_version is distinct from published.reader_version, false
        ) as is_reader_changed,
        coalesce(
            documents.vocabulary_hash is distinct from published.vocabulary_hash, false
        ) as is_vocabulary_changed,
        decided_otherwise.document_id is not null as is_decided_otherwise,
        coalesce(
            inherited.folder_identity <> coalesce(published.folder_identity, ''), false
        ) as is_folder_otherwise
    from held
    full outer join published
        on held.document_id = published.document_id
    left join documents
        on held.document_id = documents.document_id
    left join identified
        on held.document_id = identified.document_id
    left join replaced as replacing
        on held.document_id = replacing.document_id
    left join replaced as followed
        on published.document_id = followed.previous_document_id
    left join inherited
        on held.document_id = inherited.document_id
    left join decided_otherwise
        on
            coalesce(held.document_id, published.document_id)
            = decided_otherwise.document_id

)

select * from final

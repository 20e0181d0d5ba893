-- What the audit says about tables that a disclosure must have and that are nowhere. A
-- disclosure of which most tables are not held is a matter of what was collected: no
-- finding (`int_tables_expected` still says what is missing).
with

expected as (

    select * from {{ ref('int_tables_expected') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

collected as (

    select disclosure_id
    from expected
    group by disclosure_id
    having
        count(*) filter (where standing in ('held', 'said_empty'))
        > count(*) filter (where standing = 'missing')

),

-- of several documents, the one with most tables lacks another
table_counts as (

    select
        documents.disclosure_id,
        documents.document_id,
        count(tables.table_id) as table_count
    from documents
    left join tables
        on documents.document_id = tables.document_id
    group by documents.disclosure_id, documents.document_id

),

largest as (

    select
        disclosure_id,
        min_by(document_id, (-table_count, document_id)) as document_id
    from table_counts
    group by disclosure_id

),

final as (

    select
        'missing_table' as kind,
        case
            when expected.named_in = 'contents' and expected.standing = 'missing'
                then 'medium'
            else 'low'
        end as severity,
        expected.disclosure_id,
        coalesce(expected.naming_document_id, largest.document_id) as document_id,
        expected.page_number,
        case
            when expected.standing = 'said_empty'
                then concat(
                    '目录列有“', expected.title,
                    '”，所收公开文件中没有这张表，也没有空表；文字说明称无此项内容。'
                )
            when expected.named_in = 'contents'
                then concat(
                    '目录列有“', expected.title, '”，所收公开文件中没有这张表。'
                )
            when expected.named_in = 'sentence'
                then concat(
                    '文字说明引用了“', expected.title, '”，所收公开文件中没有这张表。'
                )
            else concat(
                '按规定应当公开“', expected.name_zh,
                '”，所收公开文件中没有这张表，也没有说明无此项内容。'
            )
        end as description,
        case
            when expected.standing = 'said_empty'
                then concat(
                    'The list of contents names the ', expected.name_en, ' (',
                    expected.title, '), but none of the files held prints it, not ',
                    'even empty; a sentence says that there is nothing to print.'
                )
            when expected.named_in = 'contents'
                then concat(
                    'The list of contents names the ', expected.name_en, ' (',
                    expected.title, '), but none of the files held prints it.'
                )
            when expected.named_in = 'sentence'
                then concat(
                    'A sentence refers to the ', expected.name_en, ' (', expected.title,
                    '), but none of the files held prints it.'
                )
            else concat(
                'The ', expected.name_en, ' must be published, but none of the files ',
                'held prints it or says that there is nothing to print.'
            )
        end as description_en,
        expected.title as left_printed,
        cast(null as varchar) as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        expected.line_id as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        expected.table_kind as cause
    from expected
    inner join collected
        on expected.disclosure_id = collected.disclosure_id
    inner join largest
        on expected.disclosure_id = largest.disclosure_id
    where
        expected.standing = 'missing'
        -- a sentence is no empty table
        or (
            expected.standing = 'said_empty'
            and expected.held_as is null
            and expected.named_in = 'contents'
            and not expected.is_doubtful
        )

)

select * from final

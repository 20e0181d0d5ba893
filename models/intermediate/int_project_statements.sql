-- What sentences say of single projects (项目), by project: a name that is evaluated
-- twice in one narrative is two projects, told apart by the order of print. Of copies
-- of a narrative one is current: text before a scan, then the one that says more.
with

statements as (

    select * from {{ ref('stg_statement') }}
    where project_name is not null

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

scanned as (

    select
        document_id,
        bool_or(route = 'scan') as is_scan
    from {{ ref('stg_page') }}
    group by document_id

),

numbered as (

    select
        statements.*,
        documents.disclosure_id,
        coalesce(scanned.is_scan, false) as is_scan,
        cast(
            regexp_extract(statements.statement_id, ':s([0-9]+)', 1) as integer
        ) as place_no,
        count(*) over (partition by statements.document_id) as said_count
    from statements
    inner join documents
        on statements.document_id = documents.document_id
    left join scanned
        on statements.document_id = scanned.document_id

),

final as (

    select
        statement_id,
        document_id,
        disclosure_id,
        concat_ws(
            '|', document_id, 'sentence', project_name,
            row_number() over (
                partition by document_id, project_name, measure
                order by place_no
            )
        ) as mention_id,
        project_name,
        measure,
        case when measure = 'score' then value end as score,
        nullif(case when measure = 'score' then item end, '') as grade,
        amount_yuan,
        half_digit_yuan,
        concat(printed, unit) as amount_printed,
        dense_rank() over (
            partition by disclosure_id
            order by is_scan asc, said_count desc, document_id asc
        ) = 1 as is_current,
        place_no,
        page_number,
        line_id
    from numbered

)

select * from final

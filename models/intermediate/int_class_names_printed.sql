-- The name that a document prints beside a code, once per document, code and spelling.
-- Summaries number their classes and cut them short; they teach no names.
with

figures as (

    select * from {{ ref('int_figures_placed') }}
    where row_label is not null and row_kind not in ('total', 'unit')

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

named as (

    select
        document_id,
        'function' as classification,
        function_code as code,
        row_label,
        cell_id,
        page_number
    from figures
    where
        subject in ('income', 'expenditure_function')
        and table_kind not in ('summary', 'fiscal_summary')
        and function_code is not null

    union all

    -- a row of both classifications prints its department name first
    select
        document_id,
        case
            when department_economic_code is null then 'government' else 'department'
        end as classification,
        coalesce(department_economic_code, government_economic_code) as code,
        row_label,
        cell_id,
        page_number
    from figures
    where
        subject = 'expenditure_economic'
        and (
            department_economic_code is null or government_economic_code is null
        )
        and coalesce(department_economic_code, government_economic_code) is not null

),

final as (

    select
        named.document_id,
        documents.disclosure_id,
        documents.fiscal_year,
        named.classification,
        named.code,
        {{ class_name_key('named.row_label') }} as name_key,
        min(named.row_label) as printed_name,
        min(named.page_number) as page_number,
        min_by(
            named.cell_id,
            concat_ws(
                '|', lpad(cast(named.page_number as varchar), 6, '0'), named.cell_id
            )
        ) as figure_cell_id
    from named
    inner join documents
        on named.document_id = documents.document_id
    group by
        named.document_id,
        documents.disclosure_id,
        documents.fiscal_year,
        named.classification,
        named.code,
        name_key

)

select * from final
where name_key <> ''

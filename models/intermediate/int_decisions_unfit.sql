-- What the audit says about decisions that do not fit the document that they concern.
with

decisions as (

    select * from {{ ref('stg_decision') }}
    where not is_applied and document_id is not null

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

final as (

    select
        'decision_unfit' as kind,
        'medium' as severity,
        documents.disclosure_id,
        decisions.document_id,
        cells.page_number,
        concat(
            decisions.decided_in, ' 第 ', decisions.line_number,
            ' 行的人工决定与本文件不再相符（',
            coalesce(
                {{ zh_of('decision_reason', 'decisions.reason') }}, decisions.reason
            ),
            '），未采用。'
        ) as description,
        concat(
            'The decision in line ', decisions.line_number, ' of ',
            decisions.decided_in,
            ' does not fit this document any more (',
            coalesce(
                {{ zh_of('decision_reason', 'decisions.reason', language='en') }},
                decisions.reason
            ),
            '); it is not applied.'
        ) as description_en,
        decisions.decided_value as left_printed,
        coalesce(trim(cells.printed_text), decisions.printed) as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        case
            when cells.cell_id is null then cast([] as varchar[])
            else [cells.cell_id]
        end as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        decisions.decision_id as cause
    from decisions
    left join documents
        on decisions.document_id = documents.document_id
    left join cells
        on decisions.place = cells.cell_id

)

select * from final

with

findings as (

    select * from {{ ref('int_findings_united') }}

),

final as (

    select
        finding_id,
        kind,
        severity,
        disclosure_id,
        document_id,
        page_number,
        description,
        description_en,
        left_printed,
        right_printed,
        identity_ids,
        list_concat(left_cell_ids, right_cell_ids) as cell_ids
    from findings

)

select * from final

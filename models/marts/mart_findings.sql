-- Findings with the words that analysts group by.
with

findings as (

    select * from {{ ref('finding') }}

),

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

documents as (

    select * from {{ ref('dim_document') }}

),

final as (

    select
        findings.finding_id,
        disclosures.agency_id,
        disclosures.agency_name,
        disclosures.region_code,
        regions.region_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.scope,
        findings.kind,
        findings.severity,
        findings.disclosure_id,
        findings.document_id,
        documents.file_name,
        findings.page_number,
        findings.description,
        findings.description_en,
        findings.left_printed,
        findings.right_printed,
        findings.identity_ids
    from findings
    left join disclosures
        on findings.disclosure_id = disclosures.disclosure_id
    left join regions
        on disclosures.region_code = regions.region_code
    left join documents
        on findings.document_id = documents.document_id

)

select * from final

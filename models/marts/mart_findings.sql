-- Findings with the words that analysts group by.
with

findings as (

    select * from {{ ref('finding') }}

),

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

documents as (

    select * from {{ ref('dim_document') }}

),

final as (

    select
        findings.finding_id,
        disclosures.agency_id,
        disclosures.agency_name,
        disclosures.agency_domain,
        disclosures.agency_domain_zh,
        disclosures.region_code,
        disclosures.region_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.document_kind_zh,
        disclosures.scope,
        disclosures.scope_zh,
        findings.kind,
        {{ zh_of('kind', 'findings.kind') }} as kind_zh,
        findings.severity,
        {{ zh_of('severity', 'findings.severity') }} as severity_zh,
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
    left join documents
        on findings.document_id = documents.document_id

)

select * from final

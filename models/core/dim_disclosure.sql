with

documents as (

    select * from {{ ref('int_documents_identified') }}

),

agencies as (

    select * from {{ ref('dim_agency') }}

),

disclosures as (

    select distinct
        disclosure_id,
        agency_id,
        region_code,
        fiscal_year,
        document_kind,
        scope
    from documents

),

final as (

    select
        disclosures.disclosure_id,
        disclosures.agency_id,
        agencies.agency_name,
        disclosures.region_code,
        cast(disclosures.fiscal_year as integer) as fiscal_year,
        disclosures.document_kind,
        disclosures.scope
    from disclosures
    inner join agencies
        on disclosures.agency_id = agencies.agency_id

)

select * from final

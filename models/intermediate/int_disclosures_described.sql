-- What every mart says of a disclosure: whose it is, where, and its words in Chinese.
with

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

agencies as (

    select * from {{ ref('dim_agency') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

domain_labels as (

    {{ labels_of('agency_domain') }}

),

kind_labels as (

    {{ labels_of('document_kind') }}

),

scope_labels as (

    {{ labels_of('scope') }}

),

final as (

    select
        disclosures.disclosure_id,
        disclosures.agency_id,
        disclosures.agency_name,
        agencies.agency_domain,
        domain_labels.zh as agency_domain_zh,
        disclosures.region_code,
        regions.region_name,
        regions.region_level,
        coalesce(regions.province_name, regions.region_name) as province_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        kind_labels.zh as document_kind_zh,
        disclosures.scope,
        scope_labels.zh as scope_zh,
        case disclosures.document_kind
            when 'budget' then 'budget'
            when 'final_account' then 'final'
        end as own_basis
    from disclosures
    inner join agencies
        on disclosures.agency_id = agencies.agency_id
    inner join regions
        on disclosures.region_code = regions.region_code
    left join domain_labels
        on agencies.agency_domain = domain_labels.word
    left join kind_labels
        on disclosures.document_kind = kind_labels.word
    left join scope_labels
        on disclosures.scope = scope_labels.word

)

select * from final

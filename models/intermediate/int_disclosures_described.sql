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

final as (

    select
        disclosures.disclosure_id,
        disclosures.agency_id,
        disclosures.agency_name,
        agencies.agency_domain,
        {{ zh_of('agency_domain', 'agencies.agency_domain') }} as agency_domain_zh,
        disclosures.region_code,
        regions.region_name,
        regions.region_level,
        coalesce(regions.province_name, regions.region_name) as province_name,
        disclosures.fiscal_year,
        disclosures.document_kind,
        {{ zh_of('document_kind', 'disclosures.document_kind') }} as document_kind_zh,
        disclosures.scope,
        {{ zh_of('scope', 'disclosures.scope') }} as scope_zh,
        -- a department's publication has the money of its unit, too
        disclosures.scope = 'department'
        or not bool_or(disclosures.scope = 'department') over (
            partition by
                disclosures.agency_id,
                disclosures.fiscal_year,
                disclosures.document_kind
        ) as is_counted,
        case disclosures.document_kind
            when 'budget' then 'budget'
            when 'final_account' then 'final'
        end as own_basis
    from disclosures
    inner join agencies
        on disclosures.agency_id = agencies.agency_id
    inner join regions
        on disclosures.region_code = regions.region_code

)

select * from final

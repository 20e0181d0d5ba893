with

documents as (

    select * from {{ ref('int_documents_identified') }}

),

domains as (

    select * from {{ ref('agency_domain') }}

),

-- the fullest name of the latest year stands for the agency
agencies as (

    select
        agency_id,
        region_code,
        max_by(
            agency_name,
            concat_ws(
                '|',
                fiscal_year,
                lpad(cast(length(agency_name) as varchar), 4, '0'),
                document_id
            )
        ) as agency_name
    from documents
    group by agency_id, region_code

),

matched as (

    select
        agencies.agency_id,
        min_by(domains.agency_domain, domains.priority) as agency_domain
    from agencies
    inner join domains
        on contains({{ agency_key('agencies.agency_name') }}, domains.word)
    group by agencies.agency_id

),

final as (

    select
        agencies.agency_id,
        agencies.agency_name,
        agencies.region_code,
        coalesce(matched.agency_domain, 'other') as agency_domain
    from agencies
    left join matched
        on agencies.agency_id = matched.agency_id

)

select * from final

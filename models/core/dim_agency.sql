with

documents as (

    select * from {{ ref('int_documents_identified') }}

),

domains as (

    select * from {{ ref('agency_domain') }}

),

successors as (

    select * from {{ ref('int_agency_successors') }}

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
        ) as agency_name,
        any_value(agency_local_key) as agency_local_key,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year,
        count(distinct agency_name) as name_count
    from documents
    group by agency_id, region_code

),

matched as (

    select
        agencies.agency_id,
        min_by(domains.agency_domain, domains.priority) as agency_domain,
        min_by(domains.word, domains.priority) as domain_word
    from agencies
    inner join domains
        on
            contains(agencies.agency_name, domains.word)
            or contains(agencies.agency_local_key, domains.word)
    group by agencies.agency_id

),

-- an agency whose work went to several has no one successor
following as (

    select
        agency_id,
        max(successor_agency_id) as successor_agency_id,
        max(changed_in) as changed_in
    from successors
    group by agency_id
    having count(*) = 1

),

final as (

    select
        agencies.agency_id,
        agencies.agency_name,
        agencies.region_code,
        coalesce(matched.agency_domain, 'other') as agency_domain,
        matched.domain_word,
        cast(agencies.first_year as integer) as first_year,
        cast(agencies.last_year as integer) as last_year,
        cast(agencies.name_count as integer) as name_count,
        following.successor_agency_id,
        following.changed_in as succeeded_in
    from agencies
    left join matched
        on agencies.agency_id = matched.agency_id
    left join following
        on agencies.agency_id = following.agency_id

)

select * from final

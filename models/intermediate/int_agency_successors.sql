-- Successors by key: whose work another agency does since a year.
with

successors as (

    select * from {{ ref('agency_successor') }}

),

names as (

    select * from {{ ref('int_agency_names_keyed') }}

),

documents as (

    select distinct
        region_code,
        agency_id,
        agency_local_key
    from {{ ref('int_documents_identified') }}

),

final as (

    select
        former.agency_id,
        current_agency.agency_id as successor_agency_id,
        min(successors.changed_in) as changed_in
    from successors
    inner join names as former_names
        on successors.former_name = former_names.agency_name
    inner join names as current_names
        on successors.agency_name = current_names.agency_name
    inner join documents as former
        on
            successors.region_code = former.region_code
            and ends_with(former_names.agency_key, former.agency_local_key)
    inner join documents as current_agency
        on
            successors.region_code = current_agency.region_code
            and ends_with(current_names.agency_key, current_agency.agency_local_key)
    group by former.agency_id, current_agency.agency_id

)

select * from final

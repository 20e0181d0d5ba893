-- Which government and department economic classes correspond: by the reference
-- table, and by rows of documents that print both codes.
with

crosswalk as (

    select * from {{ ref('economic_crosswalk') }}

),

printed as (

    select
        government_economic_code as government_code,
        department_economic_code as department_code,
        count(distinct document_id) as document_count
    from {{ ref('fct_expenditure_economic') }}
    where
        government_economic_code is not null
        and department_economic_code is not null
        and length(government_economic_code) = 5
        and length(department_economic_code) = 5
    group by government_economic_code, department_economic_code

),

listed as (

    select
        government_code,
        department_code,
        string_agg(distinct unit_type, '|' order by unit_type) as unit_types,
        min(evidence) as evidence
    from crosswalk
    group by government_code, department_code

),

final as (

    select
        coalesce(listed.government_code, printed.government_code)
            as government_economic_code,
        coalesce(listed.department_code, printed.department_code)
            as department_economic_code,
        listed.unit_types,
        case
            when listed.evidence = 'official_table' then 'official_table'
            when printed.document_count is not null then 'printed'
            else listed.evidence
        end as evidence,
        cast(coalesce(printed.document_count, 0) as integer) as document_count
    from listed
    full outer join printed
        on
            listed.government_code = printed.government_code
            and listed.department_code = printed.department_code

)

select * from final

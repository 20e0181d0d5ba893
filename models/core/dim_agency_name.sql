with

documents as (

    select * from {{ ref('int_documents_identified') }}

),

final as (

    select
        md5(concat_ws('|', agency_id, agency_name)) as agency_name_id,
        agency_id,
        agency_name,
        cast(min(fiscal_year) as integer) as first_year,
        cast(max(fiscal_year) as integer) as last_year,
        cast(count(distinct document_id) as integer) as document_count
    from documents
    group by agency_id, agency_name

)

select * from final

with

names as (

    select * from {{ ref('int_class_names_agreed') }}
    where classification in ('department', 'government')

),

former_names as (

    select
        code,
        list(former_name order by changed_in, former_name) as former_names
    from {{ ref('int_former_names') }}
    where dimension = 'economic_section'
    group by code

),

years as (

    select
        classification,
        code,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from {{ ref('int_class_names_printed') }}
    group by classification, code

),

final as (

    select
        names.code as economic_code,
        names.classification,
        names.class_name as economic_name,
        {{ code_level('names.code') }} as economic_level,
        {{ parent_code('names.code') }} as parent_code,
        coalesce(former_names.former_names, []) as former_names,
        cast(years.first_year as integer) as first_year_seen,
        cast(years.last_year as integer) as last_year_seen,
        names.is_listed,
        cast(names.documents_agreeing as integer) as documents_agreeing,
        cast(names.documents_disagreeing as integer) as documents_disagreeing
    from names
    left join years
        on names.classification = years.classification and names.code = years.code
    left join former_names
        on names.classification = 'department' and names.code = former_names.code

)

select * from final

with

names as (

    select * from {{ ref('int_class_names_agreed') }}
    where classification = 'function'

),

listed as (

    select * from {{ ref('function_code') }}

),

cofog as (

    select * from {{ ref('function_cofog') }}

),

former_names as (

    select
        code,
        list(former_name order by changed_in) as former_names
    from {{ ref('int_former_names') }}
    where dimension = 'function_item'
    group by code

),

years as (

    select
        code,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from {{ ref('int_class_names_printed') }}
    where classification = 'function'
    group by code

),

final as (

    select
        names.code as function_code,
        names.class_name as function_name,
        {{ code_level('names.code') }} as function_level,
        {{ parent_code('names.code') }} as parent_code,
        coalesce(former_names.former_names, []) as former_names,
        cast(least(listed.first_year_seen, years.first_year) as integer)
            as first_year_seen,
        cast(greatest(listed.last_year_seen, years.last_year) as integer)
            as last_year_seen,
        cofog.cofog_code as cofog_code_proposed,
        cofog.cofog_name as cofog_name_proposed,
        cofog.caveat as cofog_caveat,
        names.is_listed,
        cast(names.documents_agreeing as integer) as documents_agreeing,
        cast(names.documents_disagreeing as integer) as documents_disagreeing
    from names
    left join listed
        on names.code = listed.function_code
    left join years
        on names.code = years.code
    left join former_names
        on names.code = former_names.code
    left join cofog
        on left(names.code, 3) = cofog.function_code

)

select * from final

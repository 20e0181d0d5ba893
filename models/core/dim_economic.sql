with

names as (

    select * from {{ ref('int_class_names_agreed') }}
    where classification in ('department', 'government')

),

final as (

    select
        code as economic_code,
        classification,
        class_name as economic_name,
        {{ code_level('code') }} as economic_level,
        {{ parent_code('code') }} as parent_code,
        is_listed,
        cast(documents_agreeing as integer) as documents_agreeing,
        cast(documents_disagreeing as integer) as documents_disagreeing
    from names

)

select * from final

with

catalogue as (

    select * from {{ ref('catalogue') }}

),

final as (

    select
        catalogue_code,
        catalogue_name,
        catalogue_level,
        parent_code,
        category
    from catalogue

)

select * from final

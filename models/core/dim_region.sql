with

regions as (

    select * from {{ ref('region') }}

),

final as (

    select
        regions.region_code,
        regions.region_name,
        regions.region_level,
        regions.parent_code,
        provinces.region_name as province_name
    from regions
    left join regions as provinces
        on
            concat(left(regions.region_code, 2), '0000') = provinces.region_code
            and provinces.region_level = 'province'

)

select * from final

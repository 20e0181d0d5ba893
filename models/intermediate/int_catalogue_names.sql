-- Names that stand for one item of the list in their category; a name that it has
-- twice stands for none.
with

catalogue as (

    select * from {{ ref('dim_catalogue') }}

),

named as (

    select
        category,
        {{ printed_name_key('catalogue_name') }} as name_key,
        count(*) as items,
        min_by(catalogue_code, catalogue_level) as catalogue_code
    from catalogue
    group by category, {{ printed_name_key('catalogue_name') }}

),

final as (

    select
        category,
        name_key,
        catalogue_code
    from named
    where items = 1

)

select * from final

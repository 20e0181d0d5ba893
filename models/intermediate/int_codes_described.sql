-- The codes of all dimensions with their names, and the class that a code belongs to.
with

functions as (

    select * from {{ ref('dim_function') }}

),

economic_classes as (

    select * from {{ ref('dim_economic') }}
    where classification = 'department'

),

three_public_items as (

    select * from {{ ref('three_public_item') }}

),

named_functions as (

    select
        'function_item' as dimension,
        functions.function_code as code,
        functions.function_name as name,
        classes.function_code as class_code,
        classes.function_name as class_name
    from functions
    left join functions as classes
        on left(functions.function_code, 3) = classes.function_code

),

named_economic_classes as (

    select
        'economic_section' as dimension,
        economic_classes.economic_code as code,
        economic_classes.economic_name as name,
        classes.economic_code as class_code,
        classes.economic_name as class_name
    from economic_classes
    left join economic_classes as classes
        on left(economic_classes.economic_code, 3) = classes.economic_code

),

named_items as (

    select
        'three_public' as dimension,
        item as code,
        zh as name,
        'total' as class_code,
        cast(null as varchar) as class_name
    from three_public_items

),

final as (

    select * from named_functions

    union all

    select * from named_economic_classes

    union all

    select * from named_items

)

select * from final

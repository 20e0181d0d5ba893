-- Names that classes had in earlier years, by what documents print: one printing is
-- enough, whatever its year, for a document may use the old list for longer.
with

function_names as (

    select
        'function_item' as dimension,
        function_code as code,
        former_name,
        changed_in
    from {{ ref('function_former_name') }}

),

economic_names as (

    select
        'economic_section' as dimension,
        economic_code as code,
        former_name,
        changed_in
    from {{ ref('economic_former_name') }}

),

final as (

    select
        *,
        {{ class_name_key('former_name') }} as name_key
    from function_names

    union all

    select
        *,
        {{ class_name_key('former_name') }} as name_key
    from economic_names

)

select * from final

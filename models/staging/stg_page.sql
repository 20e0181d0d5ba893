with

source as (

    select * from {{ source('raw', 'page') }}

),

final as (

    select
        document_id,
        page_number,
        route,
        is_table_page,
        second_reader,
        left_over,
        figures_on_page,
        figures_in_cells,
        figures_elsewhere
    from source

)

select * from final

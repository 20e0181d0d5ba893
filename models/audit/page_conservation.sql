with

pages as (

    select * from {{ ref('stg_page') }}

),

final as (

    select
        document_id,
        cast(page_number as integer) as page_number,
        route,
        is_table_page,
        second_reader,
        left_over,
        cast(figures_on_page as integer) as figures_on_page,
        cast(figures_in_cells as integer) as figures_in_cells,
        cast(figures_elsewhere as integer) as figures_elsewhere
    from pages

)

select * from final

with

source as (

    select * from {{ source('raw', 'published_fact') }}

),

final as (

    select
        fact,
        disclosure_id,
        document_id,
        table_kind,
        level,
        fund,
        function_code,
        unit_code,
        department_economic_code,
        government_economic_code,
        coalesce(income_source, component, item, measure) as word,
        basis,
        row_label,
        column_label,
        amount_yuan,
        amount_printed,
        reading,
        page_number,
        cell_id
    from source

)

select * from final

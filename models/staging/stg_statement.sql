with

source as (

    select * from {{ source('raw', 'statement') }}

),

final as (

    select
        statement_id,
        document_id,
        cast(page_number as integer) as page_number,
        line_id,
        topic,
        measure,
        cast(basis_year as integer) as basis_year,
        fund,
        income_source,
        item,
        class_name,
        section_name,
        item_name,
        project_name,
        printed,
        value,
        unit,
        cast(
            case
                when unit in ('元', '万', '万元', '亿元')
                    then round({{ stated_in_yuan('value') }}, 2)
            end as decimal(18, 2)
        ) as amount_yuan,
        case
            when unit in ('元', '万', '万元', '亿元')
                then
                    {{ stated_in_yuan('0.5') }}
                    / power(10, length(split_part(printed, '.', 2)))
        end as half_digit_yuan,
        stated_text,
        cast(section_no as integer) as section_no,
        coalesce(is_whole_unread, false) as is_whole_unread
    from source

)

select * from final

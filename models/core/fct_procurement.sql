with

{{ fact_imports('procurement') }},

amounts as (

    select * from figures
    where measure not in ('sme_reserved', 'micro_reserved', 'quantity', 'unit_price')

),

reserved as (

    select * from {{ ref('int_procurement_reserved') }}

),

final as (

    select
        {{ fact_id() }} as procurement_id,
        figures.disclosure_id,
        figures.document_id,
        figures.table_kind,
        figures.row_label,
        figures.column_label,
        figures.level,
        figures.fund,
        figures.line_no,
        figures.function_code,
        figures.department_economic_code,
        figures.catalogue_code,
        -- the name cell of a total says 合计
        case when figures.level <> 'total' then figures.catalogue_name end
            as catalogue_name,
        coalesce(
            figures.category,
            case left(figures.catalogue_code, 1)
                when 'A' then 'goods' when 'B' then 'works' when 'C' then 'services'
            end
        ) as category,
        figures.project_name,
        case
            when figures.fund = 'all'
                then cast(reserved.sme_reserved_yuan as decimal(18, 2))
        end as sme_reserved_yuan,
        case
            when figures.fund = 'all'
                then cast(reserved.micro_reserved_yuan as decimal(18, 2))
        end as micro_reserved_yuan,
        {{ fact_provenance() }}
    from amounts as figures
    inner join current_kinds
        on
            figures.disclosure_id = current_kinds.disclosure_id
            and figures.document_id = current_kinds.document_id
            and figures.table_kind = current_kinds.table_kind
    left join reserved
        on
            figures.table_id = reserved.table_id
            and figures.row_no = reserved.row_no

)

select * from final

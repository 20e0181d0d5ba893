-- The shares reserved for small firms stand beside the amount of their row (面向中小企业
-- 预留), in columns of their own.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where
        subject = 'procurement'
        and standing = 'fact'
        and measure in ('sme_reserved', 'micro_reserved')

),

final as (

    select
        table_id,
        row_no,
        sum(amount_yuan) filter (where measure = 'sme_reserved') as sme_reserved_yuan,
        sum(amount_yuan) filter (
            where measure = 'micro_reserved'
        ) as micro_reserved_yuan,
        list(cell_id order by cell_id) filter (
            where measure = 'sme_reserved'
        ) as sme_reserved_cell_ids,
        list(cell_id order by cell_id) filter (
            where measure = 'micro_reserved'
        ) as micro_reserved_cell_ids
    from figures
    group by table_id, row_no

)

select * from final

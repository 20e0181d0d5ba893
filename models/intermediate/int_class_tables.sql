-- Which table and fund speaks for a dimension of a disclosure: the first of its
-- order.
with

amounts as (

    select * from {{ ref('int_class_amounts') }}

),

tables as (

    select
        disclosure_id,
        dimension,
        basis,
        table_kind,
        fund,
        place,
        cast(sum(amount_yuan) as decimal(18, 2)) as total_yuan,
        max(printed_total_yuan) as printed_total_yuan
    from amounts
    group by disclosure_id, dimension, basis, table_kind, fund, place

),

final as (

    select
        disclosure_id,
        dimension,
        basis,
        table_kind,
        fund,
        total_yuan,
        printed_total_yuan,
        cast(
            row_number() over (
                partition by disclosure_id, dimension, basis
                order by place asc, fund asc
            ) as integer
        ) as place_rank
    from tables

)

select * from final

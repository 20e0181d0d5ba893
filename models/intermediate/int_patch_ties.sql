-- What ties a table, or one column of it, to other figures: the checks of equality in
-- which its cells stand. A row of a table moves as one when the table as a whole is
-- wrong, so that checks within one row say nothing about the table.
with

sides as (

    select * from {{ ref('int_identity_sides') }}

),

checks as (

    select * from {{ ref('identity_check') }}
    where
        status in ('holds', 'rounding', 'broken')
        and is_current
        -- that nothing is nothing says little
        and (left_yuan <> 0 or right_yuan <> 0)

),

rules as (

    select * from {{ ref('identity_rule') }}
    where strength = 'hard'

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

check_cells as (

    select distinct
        checks.check_id,
        checks.document_id,
        checks.disclosure_id,
        checks.status = 'broken' as is_broken,
        abs(checks.difference_yuan) as difference_yuan,
        cells.cell_id,
        cells.table_id,
        cells.row_no,
        cells.column_no
    from checks
    inner join rules
        on checks.identity_id = rules.identity_id
    inner join sides
        on
            checks.identity_id = sides.identity_id
            and checks.document_id = sides.document_id
            and checks.subject_key = sides.subject_key
    inner join cells
        on sides.cell_id = cells.cell_id

),

extents as (

    select
        check_id,
        count(distinct table_id) as table_count,
        count(*) as cell_count
    from check_cells
    group by check_id

),

-- column 0 stands for all columns
patches as (

    select
        check_id,
        document_id,
        disclosure_id,
        is_broken,
        difference_yuan,
        table_id,
        0 as column_no,
        count(*) as cell_count,
        count(distinct row_no) as row_count
    from check_cells
    group by
        check_id, document_id, disclosure_id, is_broken, difference_yuan, table_id

    union all

    select
        check_id,
        document_id,
        disclosure_id,
        is_broken,
        difference_yuan,
        table_id,
        column_no,
        count(*) as cell_count,
        count(distinct row_no) as row_count
    from check_cells
    group by
        check_id, document_id, disclosure_id, is_broken, difference_yuan, table_id,
        column_no

),

tied as (

    select
        patches.check_id,
        patches.document_id,
        patches.disclosure_id,
        patches.table_id,
        patches.column_no,
        case
            when extents.table_count > 1 then 'tables'
            when patches.cell_count < extents.cell_count then 'columns'
            when patches.row_count > 1 then 'rows'
        end as tied_to,
        patches.is_broken,
        patches.difference_yuan
    from patches
    inner join extents
        on patches.check_id = extents.check_id

),

final as (

    select * from tied
    where tied_to is not null

)

select * from final

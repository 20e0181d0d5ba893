-- What the audit says about single figures: printed twice with two amounts, or finer
-- than a fen.
with

cells as (

    select * from {{ ref('stg_cell') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

second_printings as (

    select
        'source_contradiction' as kind,
        'medium' as severity,
        figures.disclosure_id,
        figures.document_id,
        figures.page_number,
        concat(
            '同一项（', coalesce(figures.row_label, '合计'), '）印了两次，一处为 ',
            cells.amount_printed, '，另一处为 ', figures.amount_printed, '；采用第一处。'
        ) as description,
        concat(
            'One figure is printed twice, ', cells.amount_printed, ' and ',
            figures.amount_printed, '; the first is published.'
        ) as description_en,
        cells.amount_printed as left_printed,
        figures.amount_printed as right_printed,
        cast([] as varchar[]) as identity_ids,
        [figures.first_cell_id] as left_cell_ids,
        [figures.cell_id] as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        figures.cell_id as cause
    from figures
    inner join cells
        on figures.first_cell_id = cells.cell_id
    where figures.standing = 'contradiction'

),

-- a table whose figures carry parts of a fen has one format, and is one cause
finer as (

    select
        *,
        count(*) over (partition by table_id) as figure_count,
        list(cell_id) over (
            partition by table_id
            order by row_no asc, column_no asc
            rows between unbounded preceding and unbounded following
        ) as cell_ids
    from figures
    where not is_exact_to_fen and standing = 'fact'
    qualify
        row_number() over (
            partition by table_id order by row_no asc, column_no asc
        ) = 1

),

roundings as (

    select
        'rounded_below_fen' as kind,
        'low' as severity,
        finer.disclosure_id,
        finer.document_id,
        finer.page_number,
        concat(
            '金额 ', finer.amount_printed,
            case
                when finer.figure_count > 1
                    then concat(' 等 ', finer.figure_count, ' 个数字')
                else ''
            end,
            ' 不足一分的部分已四舍五入。'
        ) as description,
        concat(
            'The part of ', finer.amount_printed,
            case
                when finer.figure_count > 1
                    then concat(
                        ' (and of ', finer.figure_count - 1, ' more of its table)'
                    )
                else ''
            end,
            ' below one fen is rounded.'
        ) as description_en,
        finer.amount_printed as left_printed,
        concat({{ said_amount('finer.amount_yuan') }}, ' 元') as right_printed,
        cast([] as varchar[]) as identity_ids,
        finer.cell_ids as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        finer.table_id as cause
    from finer

),

final as (

    select * from second_printings

    union all

    select * from roundings

)

select * from final

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

roundings as (

    select
        'rounded_below_fen' as kind,
        'low' as severity,
        figures.disclosure_id,
        figures.document_id,
        figures.page_number,
        concat('金额 ', figures.amount_printed, ' 不足一分的部分已四舍五入。') as description,
        concat(
            'The part of ', figures.amount_printed, ' below one fen is rounded.'
        ) as description_en,
        figures.amount_printed as left_printed,
        concat({{ said_amount('figures.amount_yuan') }}, ' 元') as right_printed,
        cast([] as varchar[]) as identity_ids,
        [figures.cell_id] as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        figures.cell_id as cause
    from figures
    where not figures.is_exact_to_fen and figures.standing = 'fact'

),

final as (

    select * from second_printings

    union all

    select * from roundings

)

select * from final

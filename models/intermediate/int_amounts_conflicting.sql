-- What the audit says about one thing that two tables, or a table and a sentence, print
-- with two amounts.
with

project_amounts as (

    select * from {{ ref('int_project_amounts_differing') }}

),

sentences as (

    select * from {{ ref('int_statements_contradicting') }}

),

cells as (

    select * from {{ ref('stg_cell') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

-- one project, two tables, two amounts
project_conflicts as (

    select
        'project_amount_conflict' as kind,
        'medium' as severity,
        differing.disclosure_id,
        differing.document_id,
        cells.page_number,
        concat(
            '项目“', differing.project_name, '”在一张表中印为 ',
            {{ with_unit('differing.left_printed', 'cells.unit') }},
            case
                when differing.right_cell_id is null then '，文字说明为 '
                else '，在另一张表中印为 '
            end,
            {{ with_unit('differing.right_printed', 'right_cell.unit') }}, '。'
        ) as description,
        concat(
            'The project ', differing.project_name, ' is printed with ',
            {{ with_unit('differing.left_printed', 'cells.unit', english=true) }},
            ' in one table and ',
            {{ with_unit('differing.right_printed', 'right_cell.unit', english=true) }},
            case
                when differing.right_cell_id is null then ' in a sentence.'
                else ' in another.'
            end
        ) as description_en,
        differing.left_printed,
        differing.right_printed,
        cast([] as varchar[]) as identity_ids,
        [differing.left_cell_id] as left_cell_ids,
        case
            when differing.right_cell_id is null then cast([] as varchar[])
            else [differing.right_cell_id]
        end as right_cell_ids,
        cast(null as varchar) as left_line_id,
        differing.right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        {{ project_cause('differing') }} as cause
    from project_amounts as differing
    inner join cells
        on differing.left_cell_id = cells.cell_id
    left join cells as right_cell
        on differing.right_cell_id = right_cell.cell_id

),

-- a sentence and a table that say two amounts of one thing
sentence_mismatches as (

    select
        'sentence_mismatch' as kind,
        'medium' as severity,
        sentences.disclosure_id,
        sentences.document_id,
        sentences.page_number,
        concat(
            '文字说明为 ', sentences.left_printed, '，表中',
            case
                when trim(figures.row_label) <> ''
                    then concat('“', trim(figures.row_label), '”')
                else ''
            end,
            '印为 ',
            {{ with_unit('sentences.right_printed', 'cells.unit') }}, '，相差 ',
            {{ said_amount('abs(sentences.difference_yuan)') }}, ' 元。'
        ) as description,
        concat(
            'A sentence says ', sentences.left_printed, ' and the table ',
            {{ with_unit('sentences.right_printed', 'cells.unit', english=true) }},
            '; the difference is ',
            {{ said_amount('abs(sentences.difference_yuan)') }}, ' yuan.'
        ) as description_en,
        sentences.left_printed,
        sentences.right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        [sentences.cell_id] as right_cell_ids,
        sentences.line_id as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        sentences.statement_id as cause
    from sentences
    inner join cells
        on sentences.cell_id = cells.cell_id
    left join figures
        on sentences.cell_id = figures.cell_id

),

final as (

    select * from project_conflicts

    union all

    select * from sentence_mismatches

)

select * from final

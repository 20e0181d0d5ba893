with

broken_identities as (

    select * from {{ ref('int_identities_contradicted') }}

),

overlapping_documents as (

    select * from {{ ref('int_documents_overlapping') }}

),

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

names as (

    select * from {{ ref('int_class_names_printed') }}

),

agreed_names as (

    select * from {{ ref('int_class_names_agreed') }}

),

former_names as (

    select * from {{ ref('function_former_name') }}

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
        [figures.first_cell_id, figures.cell_id] as cell_ids,
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
        concat(figures.amount_yuan, ' 元') as right_printed,
        cast([] as varchar[]) as identity_ids,
        [figures.cell_id] as cell_ids,
        figures.cell_id as cause
    from figures
    where not figures.is_exact_to_fen and figures.standing = 'fact'

),

name_conflicts as (

    select
        'code_name_conflict' as kind,
        'low' as severity,
        names.disclosure_id,
        names.document_id,
        names.page_number,
        concat(
            '科目编码 ', names.code, ' 印的名称是“', names.printed_name, '”，通行名称是“',
            agreed_names.class_name, '”。'
        ) as description,
        concat(
            'Code ', names.code, ' is printed with the name ', names.printed_name,
            '; the common name is ', agreed_names.class_name, '.'
        ) as description_en,
        names.printed_name as left_printed,
        agreed_names.class_name as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as cell_ids,
        concat_ws('|', names.classification, names.code, names.name_key) as cause
    from names
    inner join agreed_names
        on
            names.classification = agreed_names.classification
            and names.code = agreed_names.code
    left join former_names
        on
            names.classification = 'function'
            and names.code = former_names.function_code
            and names.name_key = {{ class_name_key('former_names.former_name') }}
    where
        former_names.function_code is null
        and names.name_key <> {{ class_name_key('agreed_names.class_name') }}

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
            '项目“', differing.project_name, '”在一张表中印为 ', differing.left_printed,
            case
                when differing.right_cell_id is null then '，文字说明为 '
                else '，在另一张表中印为 '
            end,
            differing.right_printed, '。'
        ) as description,
        concat(
            'The project ', differing.project_name, ' is printed with ',
            differing.left_printed, ' in one table and ', differing.right_printed,
            case
                when differing.right_cell_id is null then ' in a sentence.'
                else ' in another.'
            end
        ) as description_en,
        differing.left_printed,
        differing.right_printed,
        cast([] as varchar[]) as identity_ids,
        case
            when differing.right_cell_id is null then [differing.left_cell_id]
            else [differing.left_cell_id, differing.right_cell_id]
        end as cell_ids,
        concat_ws(
            '|', differing.left_cell_id,
            coalesce(differing.right_cell_id, differing.right_printed)
        ) as cause
    from project_amounts as differing
    inner join cells
        on differing.left_cell_id = cells.cell_id

),

-- a sentence and a table that say two amounts of one thing
sentence_mismatches as (

    select
        'sentence_mismatch' as kind,
        'medium' as severity,
        disclosure_id,
        document_id,
        page_number,
        concat(
            '文字说明为 ', left_printed, '，表中印为 ', right_printed, '，相差 ',
            cast(abs(difference_yuan) as decimal(18, 2)), ' 元。'
        ) as description,
        concat(
            'A sentence says ', left_printed, ' and the table ', right_printed,
            '; the difference is ',
            cast(abs(difference_yuan) as decimal(18, 2)), ' yuan.'
        ) as description_en,
        left_printed,
        right_printed,
        cast([] as varchar[]) as identity_ids,
        [cell_id] as cell_ids,
        statement_id as cause
    from sentences

),

united as (

    select * from broken_identities

    union all

    select * from second_printings

    union all

    select * from roundings

    union all

    select * from name_conflicts

    union all

    select * from project_conflicts

    union all

    select * from sentence_mismatches

    union all

    select * from overlapping_documents

),

final as (

    select
        md5(concat_ws('|', kind, document_id, cause)) as finding_id,
        kind,
        severity,
        disclosure_id,
        document_id,
        cast(page_number as integer) as page_number,
        description,
        description_en,
        left_printed,
        right_printed,
        identity_ids,
        cell_ids
    from united

)

select * from final

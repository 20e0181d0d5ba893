{% set most_places = 20 %}

-- What the audit says about documents that print the same as others: one row per
-- document that another stands for, and per unit whose department is held.
with

figures as (

    select * from {{ ref('int_figures_settled') }}

),

table_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

files as (

    select
        document_id,
        min_by(file_name, file_path) as file_name
    from {{ ref('stg_source') }}
    group by document_id

),

worded as (

    select
        figures.cell_id,
        figures.document_id,
        figures.table_kind,
        figures.amount_yuan,
        figures.amount_printed,
        coalesce(figures.half_digit_yuan, 0) as half_digit_yuan,
        {{ figure_said('figures') }} as said
    from figures
    where figures.standing = 'fact'

),

-- lines that are about the same stand in the order of their amounts
numbered as (

    select
        *,
        row_number() over (
            partition by document_id, table_kind, said
            order by amount_yuan desc, cell_id asc
        ) as said_no
    from worded

),

-- a document that is not current, beside the one that is, kind of table by kind
paired as (

    select
        disclosure_id,
        table_kind,
        document_id,
        current_document_id as chosen_document_id
    from table_kinds
    where not is_current

),

-- figure beside figure: another unit or fewer digits are no other figure
compared as (

    select
        paired.document_id,
        paired.table_kind,
        max(numbered.cell_id) filter (
            where numbered.document_id = paired.document_id
        ) as left_cell_id,
        max(numbered.cell_id) filter (
            where numbered.document_id = paired.chosen_document_id
        ) as right_cell_id,
        max(numbered.amount_printed) filter (
            where numbered.document_id = paired.document_id
        ) as left_amount,
        max(numbered.amount_printed) filter (
            where numbered.document_id = paired.chosen_document_id
        ) as right_amount,
        -- a figure that stands on one side only is no pair
        count(*) < 2
        or max(numbered.amount_yuan) - min(numbered.amount_yuan)
        > sum(numbered.half_digit_yuan) as is_other
    from paired
    inner join numbered
        on
            paired.table_kind = numbered.table_kind
            and numbered.document_id in (
                paired.document_id, paired.chosen_document_id
            )
    group by
        paired.document_id,
        paired.table_kind,
        numbered.said,
        numbered.said_no

),

differing as (

    select
        document_id,
        count(distinct table_kind) as differing_count,
        count(*) as figure_count,
        min(left_amount) as left_amount,
        min(right_amount) as right_amount,
        list(left_cell_id order by left_cell_id) filter (
            where left_cell_id is not null
        ) as left_cell_ids,
        list(right_cell_id order by right_cell_id) filter (
            where right_cell_id is not null
        ) as right_cell_ids
    from compared
    where is_other
    group by document_id

),

counted as (

    select
        disclosure_id,
        document_id,
        min(chosen_document_id) as chosen_document_id,
        count(*) as kind_count
    from paired
    group by disclosure_id, document_id

),

duplicates as (

    select
        counted.disclosure_id,
        counted.document_id,
        counted.chosen_document_id,
        counted.kind_count,
        coalesce(differing.differing_count, 0) as differing_count,
        differing.figure_count,
        coalesce(
            differing.left_cell_ids[:{{ most_places }}], cast([] as varchar[])
        ) as left_cell_ids,
        coalesce(
            differing.right_cell_ids[:{{ most_places }}], cast([] as varchar[])
        ) as right_cell_ids,
        case
            when differing.figure_count = 1
                then concat_ws(
                    '|', coalesce(differing.left_amount, '—'),
                    coalesce(differing.right_amount, '—')
                )
        end as only_pair
    from counted
    left join differing
        on counted.document_id = differing.document_id

),

duplicate_documents as (

    select
        case
            when duplicates.differing_count = 0 then 'duplicate_document'
            else 'late_correction'
        end as kind,
        case
            when duplicates.differing_count = 0 then 'low' else 'medium'
        end as severity,
        duplicates.disclosure_id,
        duplicates.document_id,
        cast(null as integer) as page_number,
        concat(
            '同一公开的另一文件也印有这 ', duplicates.kind_count, ' 种表，',
            case
                when duplicates.differing_count = 0 then '数字相同'
                else concat(
                    '其中 ', duplicates.differing_count, ' 种有 ',
                    duplicates.figure_count, ' 个数字不同',
                    case
                        when duplicates.only_pair is not null
                            then concat(
                                '（', replace(duplicates.only_pair, '|', ' 与 '), '）'
                            )
                        else ''
                    end
                )
            end,
            '；本文件的这些表不作为现行数据。'
        ) as description,
        concat(
            'Another document of the disclosure prints the same kinds of tables (',
            duplicates.kind_count, '), ',
            case
                when duplicates.differing_count = 0 then 'with the same figures'
                else concat(
                    duplicates.differing_count, ' of them with ',
                    duplicates.figure_count, ' other figures',
                    case
                        when duplicates.only_pair is not null
                            then concat(
                                ' (', replace(duplicates.only_pair, '|', ' and '), ')'
                            )
                        else ''
                    end
                )
            end,
            '; those of this document are not current.'
        ) as description_en,
        coalesce(files.file_name, duplicates.document_id) as left_printed,
        coalesce(
            chosen_files.file_name, duplicates.chosen_document_id
        ) as right_printed,
        cast([] as varchar[]) as identity_ids,
        duplicates.left_cell_ids,
        duplicates.right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        duplicates.chosen_document_id as right_document_id,
        duplicates.chosen_document_id as cause
    from duplicates
    left join files
        on duplicates.document_id = files.document_id
    left join files as chosen_files
        on duplicates.chosen_document_id = chosen_files.document_id

),

scope_overlaps as (

    select
        'scope_overlap' as kind,
        'low' as severity,
        units.disclosure_id,
        units.document_id,
        cast(null as integer) as page_number,
        '本部门同年同类的部门口径公开已包含本单位，两者不得相加。' as description,
        concat(
            'The department published the same year and kind with its units; ',
            'the two overlap and are never added.'
        ) as description_en,
        coalesce(files.file_name, units.document_id) as left_printed,
        coalesce(
            department_files.file_name, departments.document_id
        ) as right_printed,
        {{ no_places() }},
        departments.document_id as right_document_id,
        departments.document_id as cause
    from documents as units
    inner join documents as departments
        on
            units.agency_id = departments.agency_id
            and units.fiscal_year = departments.fiscal_year
            and units.document_kind = departments.document_kind
    left join files
        on units.document_id = files.document_id
    left join files as department_files
        on departments.document_id = department_files.document_id
    where units.scope = 'unit' and departments.scope = 'department'
    -- either may come as several files
    qualify
        row_number() over (
            partition by units.disclosure_id, departments.disclosure_id
            order by units.document_id asc, departments.document_id asc
        ) = 1

),

final as (

    select * from duplicate_documents

    union all

    select * from scope_overlaps

)

select * from final

with

causes as (

    select * from {{ ref('int_identity_causes') }}

),

sides as (

    select * from {{ ref('int_identity_sides') }}

),

checks as (

    select * from {{ ref('identity_check') }}

),

rules as (

    select * from {{ ref('identity_rule') }}

),

cells as (

    select * from {{ ref('stg_cell') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

pages as (

    select * from {{ ref('stg_page') }}

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

table_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

-- one finding per cause of broken checks; the most suspect cell tells the story
contradictions as (

    select
        causes.document_id,
        causes.disclosure_id,
        causes.cause,
        max_by(causes.cell_id, causes.suspect_order) as cell_id,
        max_by(causes.page_number, causes.suspect_order) as page_number,
        max_by(causes.check_id, causes.suspect_order) as check_id,
        list(distinct causes.identity_id order by causes.identity_id) as identity_ids,
        count(*) as check_count,
        bool_or(causes.has_resolved) as has_resolved,
        bool_or(rules.strength = 'hard') as is_hard
    from causes
    inner join rules
        on causes.identity_id = rules.identity_id
    group by causes.document_id, causes.disclosure_id, causes.cause

),

-- what the document prints on either side of a check; a long sum is cut
printed_sides as (

    select
        identity_id,
        document_id,
        subject_key,
        side,
        concat(
            array_to_string(
                (list(amount_printed order by cell_id))[1:6], ' + '
            ),
            case when count(*) > 6 then concat(' + … (', count(*), ')') else '' end
        ) as printed
    from sides
    group by identity_id, document_id, subject_key, side

),

broken_identities as (

    select
        case
            when contradictions.has_resolved or pages.second_reader = 'differs'
                then 'suspect_reading'
            else 'source_contradiction'
        end as kind,
        case
            when not contradictions.is_hard then 'low'
            when abs(checks.difference_yuan) <= 100 then 'medium'
            else 'high'
        end as severity,
        contradictions.disclosure_id,
        contradictions.document_id,
        contradictions.page_number,
        concat(
            '按勾稽关系，', checks.description, '；本文件左边为 ', checks.left_yuan,
            ' 元，右边为 ', checks.right_yuan, ' 元，相差 ', abs(checks.difference_yuan), ' 元。'
        ) as description,
        concat(
            rules.description_en, ', but the left side is ', checks.left_yuan,
            ' yuan and the right side ', checks.right_yuan, ' yuan (',
            contradictions.check_count, ' checks share the cause).'
        ) as description_en,
        coalesce(left_side.printed, '') as left_printed,
        coalesce(right_side.printed, '') as right_printed,
        contradictions.identity_ids,
        checks.cell_ids,
        contradictions.cause
    from contradictions
    inner join checks
        on contradictions.check_id = checks.check_id
    inner join rules
        on checks.identity_id = rules.identity_id
    left join printed_sides as left_side
        on
            checks.identity_id = left_side.identity_id
            and checks.document_id = left_side.document_id
            and checks.subject_key = left_side.subject_key
            and left_side.side = 'left'
    left join printed_sides as right_side
        on
            checks.identity_id = right_side.identity_id
            and checks.document_id = right_side.document_id
            and checks.subject_key = right_side.subject_key
            and right_side.side = 'right'
    left join pages
        on
            contradictions.document_id = pages.document_id
            and contradictions.page_number = pages.page_number

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

-- two documents of one disclosure that print the same kind of table
compared as (

    select
        figures.disclosure_id,
        figures.table_kind,
        figures.document_id,
        sum(figures.amount_yuan) as sum_yuan,
        count(*) as fact_count
    from figures
    where figures.standing = 'fact'
    group by figures.disclosure_id, figures.table_kind, figures.document_id

),

duplicates as (

    select
        other_kinds.disclosure_id,
        other_kinds.document_id,
        chosen.document_id as chosen_document_id,
        sum(
            case
                when
                    compared.sum_yuan = chosen_sums.sum_yuan
                    and compared.fact_count = chosen_sums.fact_count
                    then 0
                else 1
            end
        ) as differing_count,
        count(*) as kind_count
    from table_kinds as other_kinds
    inner join table_kinds as chosen
        on
            other_kinds.disclosure_id = chosen.disclosure_id
            and other_kinds.table_kind = chosen.table_kind
            and chosen.is_current
    inner join compared
        on
            other_kinds.document_id = compared.document_id
            and other_kinds.table_kind = compared.table_kind
    inner join compared as chosen_sums
        on
            chosen.document_id = chosen_sums.document_id
            and chosen.table_kind = chosen_sums.table_kind
    where not other_kinds.is_current
    group by other_kinds.disclosure_id, other_kinds.document_id, chosen.document_id

),

duplicate_documents as (

    select
        case
            when differing_count = 0 then 'duplicate_document' else 'late_correction'
        end as kind,
        case when differing_count = 0 then 'low' else 'medium' end as severity,
        disclosure_id,
        document_id,
        cast(null as integer) as page_number,
        concat(
            '同一公开另有文件印有相同的 ', kind_count, ' 种表，其中 ', differing_count,
            ' 种数字不同；本文件的这些表不作为现行数据。'
        ) as description,
        concat(
            'Another document of the disclosure prints the same ', kind_count,
            ' kinds of tables, ', differing_count,
            ' of them with other figures; those of this document are not current.'
        ) as description_en,
        document_id as left_printed,
        chosen_document_id as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as cell_ids,
        chosen_document_id as cause
    from duplicates

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
        units.document_id as left_printed,
        departments.document_id as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as cell_ids,
        departments.document_id as cause
    from documents as units
    inner join documents as departments
        on
            units.agency_id = departments.agency_id
            and units.fiscal_year = departments.fiscal_year
            and units.document_kind = departments.document_kind
    where units.scope = 'unit' and departments.scope = 'department'

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

    select * from duplicate_documents

    union all

    select * from scope_overlaps

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

-- What the audit says about broken identities: one row per cause.
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

pages as (

    select * from {{ ref('stg_page') }}

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
        ) as printed,
        list(cell_id order by term_no, cell_id) as cell_ids
    from sides
    group by identity_id, document_id, subject_key, side

),

final as (

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
            '按勾稽关系，', checks.description, '；本文件左边',
            case
                when left_side.printed is null then '未印'
                else concat('为 ', checks.left_yuan, ' 元')
            end,
            '，右边',
            case
                when right_side.printed is null then '未印'
                else concat('为 ', checks.right_yuan, ' 元')
            end,
            '，相差 ', abs(checks.difference_yuan), ' 元。'
        ) as description,
        concat(
            rules.description_en, ', but the left side is ',
            case
                when left_side.printed is null then 'not printed'
                else concat(checks.left_yuan, ' yuan')
            end,
            ' and the right side ',
            case
                when right_side.printed is null then 'not printed'
                else concat(checks.right_yuan, ' yuan')
            end,
            ' (',
            contradictions.check_count, ' checks share the cause).'
        ) as description_en,
        coalesce(left_side.printed, '') as left_printed,
        coalesce(right_side.printed, '') as right_printed,
        contradictions.identity_ids,
        coalesce(left_side.cell_ids, cast([] as varchar[])) as left_cell_ids,
        coalesce(right_side.cell_ids, cast([] as varchar[])) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        contradictions.cell_id as suspect_cell_id,
        cast(null as varchar) as right_document_id,
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

)

select * from final

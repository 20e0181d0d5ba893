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

tables as (

    select * from {{ ref('stg_table') }}

),

blanks as (

    select * from {{ ref('int_blanks_suspected') }}

),

cells as (

    select * from {{ ref('stg_cell') }}

),

-- rows of functional classes, by code
figures as (

    select * from {{ ref('int_figures_tidy') }}
    where
        subject in ('income', 'expenditure_function')
        and code is not null
        and word in ('total', 'carryover_in')
        and not is_fund_part

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
        sides.identity_id,
        sides.document_id,
        sides.subject_key,
        sides.side,
        concat(
            array_to_string(
                (list(sides.amount_printed order by sides.cell_id))[1:6], ' + '
            ),
            case when count(*) > 6 then concat(' + … (', count(*), ')') else '' end
        ) as printed,
        case
            when count(distinct cells.unit) = 1
                then any_value(cells.unit)
        end as unit,
        list(sides.cell_id order by sides.term_no, sides.cell_id) as cell_ids
    from sides
    left join cells
        on sides.cell_id = cells.cell_id
    group by sides.identity_id, sides.document_id, sides.subject_key, sides.side

),

checked_kinds as (

    select
        identity_id,
        document_id,
        subject_key,
        min(table_kind) as table_kind
    from sides
    -- of sums of classes alone
    where side = 'right' and level in ('class', 'section', 'item')
    group by identity_id, document_id, subject_key

),

-- before a sum is blamed: a class that another table of the disclosure prints with the
-- amount of the difference, and this one does not print at all
missing as (

    select
        contradictions.check_id,
        figures.code,
        figures.cell_id,
        figures.amount_printed as printed,
        cells.unit,
        coalesce(tables.title, figures.table_kind) as table_title
    from contradictions
    inner join checks
        on contradictions.check_id = checks.check_id
    inner join checked_kinds
        on
            checks.identity_id = checked_kinds.identity_id
            and checks.document_id = checked_kinds.document_id
            and checks.subject_key = checked_kinds.subject_key
    inner join figures
        on
            contradictions.disclosure_id = figures.disclosure_id
            and checked_kinds.table_kind <> figures.table_kind
            and checks.left_yuan - checks.right_yuan = figures.amount_yuan
    left join figures as own
        on
            checks.document_id = own.document_id
            and checked_kinds.table_kind = own.table_kind
            and figures.code = own.code
    left join tables
        on figures.table_id = tables.table_id
    left join cells
        on figures.cell_id = cells.cell_id
    where own.code is null
    qualify
        row_number() over (
            partition by contradictions.check_id
            order by length(figures.code) asc, figures.cell_id asc
        ) = 1

),

final as (

    select
        case
            when contradictions.has_resolved or pages.second_reader = 'differs'
                then 'suspect_reading'
            -- a figure that its table prints elsewhere: left out, or lost in reading
            when left_side.printed is null or right_side.printed is null
                then 'suspect_reading'
            when missing.code is not null
                then 'missing_row'
            else 'source_contradiction'
        end as kind,
        case
            when not contradictions.is_hard then 'low'
            when left_side.printed is null or right_side.printed is null then 'low'
            when contradictions.has_resolved or pages.second_reader = 'differs'
                then 'medium'
            when abs(checks.difference_yuan) <= 100 then 'medium'
            else 'high'
        end as severity,
        contradictions.disclosure_id,
        contradictions.document_id,
        coalesce(blanks.page_number, contradictions.page_number) as page_number,
        concat(
            '按勾稽关系，', checks.description, '；本文件前者',
            case
                when left_side.printed is null then '未印'
                else concat(
                    '为 ', {{ said_amount('checks.left_yuan') }},
                    ' 元（印为 ',
                    {{ with_unit('left_side.printed', 'left_side.unit') }},
                    '）'
                )
            end,
            '，后者',
            case
                when right_side.printed is null then '未印'
                else concat(
                    '为 ', {{ said_amount('checks.right_yuan') }},
                    ' 元（印为 ',
                    {{ with_unit('right_side.printed', 'right_side.unit') }},
                    '）'
                )
            end,
            '，相差 ', {{ said_amount('abs(checks.difference_yuan)') }}, ' 元',
            case
                when missing.code is not null
                    then concat(
                        '；“', missing.table_title, '”印有科目 ', missing.code,
                        '（',
                        {{ with_unit('missing.printed', 'missing.unit') }},
                        '），本表没有'
                    )
                else ''
            end,
            '。'
        ) as description,
        concat(
            rules.description_en, ', but the first is ',
            case
                when left_side.printed is null then 'not printed'
                else concat(
                    {{ said_amount('checks.left_yuan') }}, ' yuan (printed as ',
                    {{ with_unit('left_side.printed', 'left_side.unit', true) }},
                    ')'
                )
            end,
            ' and the second ',
            case
                when right_side.printed is null then 'is not printed'
                else concat(
                    {{ said_amount('checks.right_yuan') }}, ' yuan (printed as ',
                    {{ with_unit('right_side.printed', 'right_side.unit', true) }},
                    ')'
                )
            end,
            '; the difference is ',
            {{ said_amount('abs(checks.difference_yuan)') }}, ' yuan',
            case
                when contradictions.check_count > 1
                    then concat(
                        ' (', contradictions.check_count,
                        ' checks fail for this one cause)'
                    )
                else ''
            end,
            case
                when missing.code is not null
                    then concat(
                        '; another table has a row ', missing.code, ' (',
                        {{ with_unit('missing.printed', 'missing.unit', true) }},
                        ') that is missing in this one'
                    )
                else ''
            end,
            '.'
        ) as description_en,
        coalesce(left_side.printed, '') as left_printed,
        coalesce(right_side.printed, '') as right_printed,
        contradictions.identity_ids,
        -- a blank stands where its figure would
        coalesce(
            left_side.cell_ids,
            case when blanks.side = 'left' then [blanks.cell_id] end,
            cast([] as varchar[])
        ) as left_cell_ids,
        case
            when missing.cell_id is not null
                then list_append(right_side.cell_ids, missing.cell_id)
            else coalesce(
                right_side.cell_ids,
                case when blanks.side = 'right' then [blanks.cell_id] end,
                cast([] as varchar[])
            )
        end as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        coalesce(blanks.cell_id, contradictions.cell_id) as suspect_cell_id,
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
    left join missing
        on contradictions.check_id = missing.check_id
    left join blanks
        on contradictions.check_id = blanks.check_id
    left join pages
        on
            contradictions.document_id = pages.document_id
            and contradictions.page_number = pages.page_number

)

select * from final

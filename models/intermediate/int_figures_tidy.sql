-- Every fact in the words in which the accounting identities ask for it.
with

figures as (

    select * from {{ ref('int_figures_settled') }}
    where standing = 'fact'

),

groups as (

    select * from {{ ref('int_figures_grouped') }}

),

worded as (

    select
        cell_id,
        document_id,
        disclosure_id,
        document_kind,
        table_kind,
        subject,
        table_id,
        table_no,
        row_no,
        concat_ws('|', table_no, row_no) as row_key,
        level,
        fund,
        main_fund,
        case
            when subject = 'procurement' and measure = 'amount' then 'amount'
            else coalesce(income_source, component, item, measure)
        end as word,
        basis,
        coalesce(contains(column_label, '其中'), false) as is_of_which_column,
        case
            when
                department_economic_code is not null
                and government_economic_code is not null
                then concat(department_economic_code, '×', government_economic_code)
            else coalesce(
                function_code, department_economic_code, government_economic_code
            )
        end as code,
        case
            when
                department_economic_code is not null
                and government_economic_code is not null
                then concat(
                    {{ parent_code('department_economic_code') }},
                    '×',
                    {{ parent_code('government_economic_code') }}
                )
            else {{ parent_code(
                'coalesce('
                ~ 'function_code, department_economic_code, government_economic_code)'
            ) }}
        end as parent_code,
        amount_yuan,
        -- 3990.4 among figures with two digits is 3990.40 in the publisher's own format
        min(half_digit_yuan) over (partition by table_id) as half_digit_yuan,
        page_number,
        amount_printed,
        reading
    from figures

),

-- what a summary prints below 本年合计 is not in it; a heading 一、本年收入 that stands
-- above all its lines says nothing about them
current_totals as (

    select
        document_id,
        table_id,
        subject,
        min(row_no) filter (where word = 'current_total') as current_total_row_no,
        min(row_no) filter (where level in ('item', 'class')) as first_line_row_no
    from worded
    where table_kind in ('summary', 'fiscal_summary')
    group by document_id, table_id, subject

),

-- the words and funds that a table prints as a whole
wholes as (

    select distinct
        document_id,
        table_kind,
        subject,
        word
    from worded
    where fund = main_fund

),

-- the words that a table prints for 财政拨款 as a whole, beside its funds
fiscal_wholes as (

    select distinct
        document_id,
        table_kind,
        subject,
        word
    from worded
    where fund = 'fiscal'

),

flagged as (

    select
        worded.*,
        case
            when
                worded.word in (
                    'carryover_in', 'surplus_used', 'carryover_out',
                    'surplus_distribution'
                )
                or (
                    worded.row_no > current_totals.current_total_row_no
                    and current_totals.first_line_row_no
                    < current_totals.current_total_row_no
                )
                then 'beyond'
            else 'current'
        end as block,
        worded.subject = 'income'
        and worded.word in ('general_public_budget', 'government_fund', 'state_capital')
        and fiscal.word is not null as is_source_part,
        worded.fund <> worded.main_fund
        and whole_funds.word is not null as is_fund_part,
        worded.fund in ('general_public_budget', 'government_fund', 'state_capital')
        and fiscal_wholes.word is not null as is_fiscal_part,
        groups.group_key,
        groups.within_key
    from worded
    left join current_totals
        on
            worded.document_id = current_totals.document_id
            and worded.table_id = current_totals.table_id
            and worded.subject = current_totals.subject
    left join wholes as fiscal
        on
            worded.document_id = fiscal.document_id
            and worded.table_kind = fiscal.table_kind
            and worded.subject = fiscal.subject
            and fiscal.word = 'fiscal_appropriation'
    left join wholes as whole_funds
        on
            worded.document_id = whole_funds.document_id
            and worded.table_kind = whole_funds.table_kind
            and worded.subject = whole_funds.subject
            and worded.word = whole_funds.word
    left join fiscal_wholes
        on
            worded.document_id = fiscal_wholes.document_id
            and worded.table_kind = fiscal_wholes.table_kind
            and worded.subject = fiscal_wholes.subject
            and worded.word = fiscal_wholes.word
    left join groups
        on worded.cell_id = groups.cell_id

),

-- a summary without 本年合计 and without anything beyond it: its total stands for both
sides as (

    select
        document_id,
        table_kind,
        subject,
        coalesce(bool_or(word = 'current_total'), false) as has_current_total,
        coalesce(
            bool_or(block = 'beyond' and level <> 'total' and amount_yuan <> 0), false
        ) as has_beyond
    from flagged
    where table_kind in ('summary', 'fiscal_summary')
    group by document_id, table_kind, subject

),

sole_totals as (

    select flagged.* replace ('sole_total' as word)
    from flagged
    inner join sides
        on
            flagged.document_id = sides.document_id
            and flagged.table_kind = sides.table_kind
            and flagged.subject = sides.subject
    where
        flagged.word = 'total'
        and flagged.level = 'total'
        and not sides.has_current_total
        and not sides.has_beyond

),

united as (

    select * from flagged

    union all

    select * from sole_totals

),

final as (

    select
        cell_id,
        document_id,
        disclosure_id,
        document_kind,
        table_kind,
        subject,
        table_id,
        row_key,
        group_key,
        within_key,
        level,
        fund,
        word,
        basis,
        code,
        parent_code,
        block,
        is_source_part,
        is_fund_part,
        is_fund_part
        and not is_fiscal_part
        and not is_of_which_column as is_fund_addend,
        amount_yuan,
        half_digit_yuan,
        page_number,
        amount_printed,
        reading
    from united

)

select * from final

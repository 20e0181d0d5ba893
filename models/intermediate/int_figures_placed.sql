with

figures as (

    select * from {{ ref('stg_summary') }}

    union all

    select * from {{ ref('stg_income') }}

    union all

    select * from {{ ref('stg_expenditure') }}

    union all

    select * from {{ ref('stg_basic_economic') }}

    union all

    select * from {{ ref('stg_three_public') }}

    union all

    select * from {{ ref('stg_procurement') }}

    union all

    select * from {{ ref('stg_project_list') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

table_kinds as (

    select
        table_kind,
        default_fund,
        case family
            when 'fiscal_summary' then 'summary'
            when 'expenditure' then 'expenditure_function'
            when 'economic' then 'expenditure_economic'
            when 'form' then 'project'
            else family
        end as subject
    from {{ ref('table_kind') }}
    where facts

),

joined as (

    select
        figures.*,
        documents.disclosure_id,
        documents.document_kind,
        tables.fund as table_fund,
        table_kinds.subject as table_subject,
        table_kinds.default_fund,
        coalesce(
            figures.department_economic_code, figures.government_economic_code
        ) as economic_code,
        min(figures.column_no) over (partition by figures.table_id)
        = max(figures.column_no) over (partition by figures.table_id) as is_only_column
    from figures
    inner join documents
        on figures.document_id = documents.document_id
    inner join table_kinds
        on figures.table_kind = table_kinds.table_kind
    left join tables
        on figures.table_id = tables.table_id
    where figures.amount_yuan is not null

),

-- the side of a summary's block, for the rows whose words say nothing
with_side as (

    select
        *,
        bool_or(row_source is not null) over blocks as is_income_block,
        bool_or(
            row_component is not null or function_code is not null
        ) over blocks as is_expenditure_block
    from joined
    window blocks as (partition by table_id, block_no)

),

with_doubt as (

    select
        *,
        case document_kind
            when 'budget' then 'budget'
            when 'final_account' then 'final'
        end as usual_basis,
        case
            -- 预算数 beside 决算数, or the year before: not what this document is about
            when table_subject <> 'three_public' and column_basis <> usual_basis
                then 'other_basis'
            when
                length(function_code) not in (3, 5, 7)
                or length(department_economic_code) not in (3, 5, 7)
                or length(government_economic_code) not in (3, 5, 7)
                then 'code_of_unknown_depth'
        end as unplaced_reason
    from with_side

),

-- which fact a figure belongs to: a summary has both sides, and a fund's table of
-- expenditure may print its income beside
with_subject as (

    select
        *,
        case
            when unplaced_reason is not null
                then null
            when table_subject = 'summary' and economic_code is not null
                then 'expenditure_economic'
            when table_subject = 'summary' and function_code is not null
                then 'expenditure_function'
            when table_subject = 'summary' and row_source is not null
                then 'income'
            when table_subject = 'summary' and row_component is not null
                then 'expenditure_function'
            when
                table_subject = 'summary'
                and is_income_block
                and not is_expenditure_block
                then 'income'
            when
                table_subject = 'summary'
                and is_expenditure_block
                and not is_income_block
                then 'expenditure_function'
            when table_subject = 'summary'
                then null
            when
                table_subject = 'expenditure_function'
                and column_source is not null
                and column_component is null
                then 'income'
            else table_subject
        end as subject
    from with_doubt

),

-- the words of row and column, whichever says more; a lone column of amounts is the
-- whole
with_stated_words as (

    select
        *,
        case
            when table_subject = 'summary' then coalesce(row_source, 'other_printed')
            else coalesce(column_source, row_source, 'other_printed')
        end as stated_source,
        case
            when subject = 'expenditure_economic'
                then coalesce(
                    case
                        when row_component not in ('total', 'basic') then row_component
                    end,
                    column_component,
                    'total'
                )
            when table_subject = 'summary' and function_code is not null
                then coalesce(column_component, 'total')
            when
                table_subject = 'summary'
                and row_component in ('total', 'current_total')
                and column_component not in ('total', 'current_total')
                then column_component
            when table_subject = 'summary'
                then coalesce(row_component, 'other_printed')
            when column_fund is not null or is_only_column
                then coalesce(column_component, row_component, 'total')
            else coalesce(column_component, row_component, 'other_printed')
        end as stated_component,
        case
            when column_item <> 'total' then column_item
            else coalesce(row_item, column_item, 'other_printed')
        end as stated_item
    from with_subject

),

-- the words of the contract; a word that the subject does not have is NULL
with_word as (

    select
        *,
        case when subject = 'income' then stated_source end as income_source,
        case
            when
                subject = 'expenditure_function'
                and table_subject <> 'summary'
                and stated_component = 'current_total'
                then 'total'
            when subject = 'expenditure_function' and stated_component = 'personnel'
                then 'basic_personnel'
            when subject = 'expenditure_function' and stated_component = 'operating'
                then 'basic_operating'
            when subject = 'expenditure_function'
                then stated_component
            when
                subject = 'expenditure_economic'
                and stated_component in ('basic', 'current_total')
                then 'total'
            when
                subject = 'expenditure_economic'
                and stated_component = 'basic_personnel'
                then 'personnel'
            when
                subject = 'expenditure_economic'
                and stated_component = 'basic_operating'
                then 'operating'
            when subject = 'expenditure_economic'
                then stated_component
        end as component,
        case when subject = 'three_public' then stated_item end as item,
        case
            when subject = 'three_public' then coalesce(column_basis, usual_basis)
        end as basis,
        case
            when subject = 'procurement' then coalesce(column_measure, 'amount')
            when subject = 'project' and coalesce(column_measure, 'amount') = 'amount'
                then 'budget'
            when subject = 'project' then column_measure
        end as measure
    from with_stated_words

),

-- a source that is itself named after a fund says nothing about another one
with_fund_word as (

    select
        *,
        case
            when
                subject = 'income'
                and income_source in (
                    'fiscal_appropriation', 'general_public_budget', 'government_fund',
                    'state_capital', 'special_account'
                )
                then case
                    when table_subject = 'summary' then column_fund else row_fund
                end
            else coalesce(row_fund, column_fund)
        end as stated_fund
    from with_word

),

final as (

    select
        cell_id,
        document_id,
        disclosure_id,
        document_kind,
        subject,
        case
            when subject is null then coalesce(unplaced_reason, 'side_unknown')
        end as unplaced_reason,
        table_id,
        table_no,
        table_kind,
        page_number,
        row_no,
        column_no,
        row_kind,
        row_label,
        column_label,
        case
            when subject = 'procurement'
                then case
                    when row_kind = 'total' then 'total'
                    when row_kind in ('subtotal', 'unit', 'of_which') then 'subtotal'
                    -- a row of a class above the lines: 类 and 款 of a list by class
                    when
                        length(function_code) < 7
                        and catalogue_code is null
                        and project_name is null
                        then 'subtotal'
                    else 'line'
                end
            when subject = 'project'
                then case
                    when row_kind = 'total' then 'total'
                    when row_kind in ('subtotal', 'unit', 'of_which') then 'subtotal'
                    else 'line'
                end
            when subject = 'three_public'
                then case when row_kind = 'unit' then 'unit' else 'total' end
            when subject = 'expenditure_economic'
                then {{ row_level('row_kind', 'economic_code') }}
            -- 小计 of one source or component is its line, not the total of the table
            when
                row_kind = 'subtotal'
                and (subject = 'income' or table_subject = 'summary')
                and coalesce(income_source, component) not in ('total', 'current_total')
                and function_code is null
                then 'item'
            else {{ row_level('row_kind', 'function_code') }}
        end as level,
        case
            when table_kind = 'three_public' and stated_fund = 'all'
                then 'all'
            when coalesce(stated_fund, 'all') = 'all'
                then coalesce(table_fund, default_fund)
            else stated_fund
        end as fund,
        case
            when table_subject = 'summary' then default_fund
            else coalesce(table_fund, default_fund)
        end as main_fund,
        case
            when row_kind = 'total' and subject <> 'procurement' then null
            else function_code
        end as function_code,
        case
            when row_kind = 'total' and subject <> 'procurement' then null
            else department_economic_code
        end as department_economic_code,
        case
            when row_kind = 'total' then null
            else government_economic_code
        end as government_economic_code,
        unit_code,
        income_source,
        component,
        item,
        basis,
        measure,
        line_no,
        catalogue_code,
        catalogue_name,
        category,
        project_code,
        project_name,
        project_type,
        implementing_unit,
        amount_yuan,
        amount_printed,
        reading,
        unit,
        half_digit_yuan,
        is_exact_to_fen
    from with_fund_word

)

select * from final

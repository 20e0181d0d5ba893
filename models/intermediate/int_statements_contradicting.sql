-- Sentences that say another amount than every figure of the same disclosure's tables
-- that means the same. Where several figures may be meant (all funds, one fund; total,
-- this year's), one that agrees is enough. Tables and sentences print different units:
-- half of the last printed digit of both is no difference, nor are digits of the table
-- that a sentence in a larger unit cuts off instead of rounding them.
with

statements as (

    select * from {{ ref('stg_statement') }}
    where amount_yuan is not null and measure in ('amount', 'final')

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

codes as (

    select * from {{ ref('int_statements_coded') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}
    where amount_yuan is not null

),

-- this year's only, and no final account where the document is a budget
stated as (

    select
        statements.statement_id,
        statements.document_id,
        documents.disclosure_id,
        statements.page_number,
        statements.line_id,
        statements.topic,
        statements.income_source,
        statements.item,
        coalesce(statements.fund, 'all') as fund,
        codes.function_code,
        concat(statements.printed, statements.unit) as printed,
        statements.amount_yuan,
        statements.half_digit_yuan
    from statements
    inner join documents
        on statements.document_id = documents.document_id
    left join codes
        on statements.statement_id = codes.statement_id
    where
        statements.basis_year = documents.fiscal_year
        and (documents.document_kind = 'final_account' or statements.measure = 'amount')
        -- a word of last resort names no row
        and coalesce(statements.income_source, '') <> 'other_printed'

),

-- what a figure of a table could be called in a sentence
meant as (

    select
        disclosure_id,
        document_id,
        cell_id,
        amount_yuan,
        amount_printed,
        half_digit_yuan,
        unnest(
            case
                when subject = 'income' and function_code is not null
                    then cast([] as varchar[])
                when subject = 'income' and income_source in ('total', 'current_total')
                    then ['income_total', 'fiscal_total', 'general_public_total']
                when
                    subject = 'income' and income_source in (
                        'fiscal_appropriation', 'general_public_budget'
                    )
                    then ['fiscal_total', 'general_public_total', 'income_source']
                when subject = 'income'
                    then ['income_source']
                when
                    subject = 'expenditure_function' and function_code is not null
                    then ['function_item']
                when
                    subject = 'expenditure_function'
                    and level = 'total'
                    and component in ('total', 'current_total')
                    then [
                        'expenditure_total', 'fiscal_total', 'general_public_total'
                    ]
                when subject = 'expenditure_function' and component = 'basic_personnel'
                    then ['personnel']
                when subject = 'expenditure_function' and component = 'basic_operating'
                    then ['operating']
                when
                    subject = 'expenditure_function'
                    and (level = 'total' or table_kind in ('summary', 'fiscal_summary'))
                    and component in ('basic', 'project', 'reserve')
                    then [component]
                when table_kind = 'agency_operating_cost' and level = 'total'
                    then ['agency_operating_cost']
                when subject = 'expenditure_economic' and level = 'total'
                    then
                        [case component when 'total' then 'basic' else component end]
                when
                    subject = 'three_public' and item = 'total'
                    and basis in ('budget', 'final')
                    then ['three_public_total']
                when subject = 'three_public' and basis in ('budget', 'final')
                    then [item]
                when table_kind = 'procurement' and level = 'total'
                    then ['procurement_total']
                else cast([] as varchar[])
            end
        ) as topic,
        case when subject = 'income' then income_source end as income_source,
        function_code,
        coalesce(component, '') in ('total', 'current_total')
        or coalesce(income_source, '') in ('total', 'current_total') as is_whole,
        coalesce(component, income_source, '') = 'total' as is_total,
        table_kind,
        table_kind in ('summary', 'expenditure') and fund = 'all' as is_all_money,
        case
            when document_kind = 'budget' or subject <> 'three_public' then true
            else basis = 'final'
        end as is_this_basis
    from figures

),

compared as (

    select
        stated.statement_id,
        stated.disclosure_id,
        stated.document_id,
        stated.page_number,
        stated.line_id,
        stated.topic,
        stated.printed as left_printed,
        meant.amount_printed as right_printed,
        meant.cell_id,
        meant.is_whole,
        meant.is_total,
        -- what is said of one fund may be less than all money
        stated.topic in ('basic', 'project', 'personnel', 'operating')
        and stated.fund <> 'all'
        and meant.is_all_money
        and stated.amount_yuan < meant.amount_yuan as is_part,
        case stated.topic
            when 'fiscal_total' then meant.table_kind = 'fiscal_summary'
            when 'general_public_total'
                then meant.table_kind = 'general_public_expenditure'
            else meant.table_kind = 'summary'
        end as is_own_table,
        stated.amount_yuan - meant.amount_yuan as difference_yuan,
        abs(stated.amount_yuan - meant.amount_yuan)
        <= stated.half_digit_yuan + meant.half_digit_yuan
        or (
            stated.amount_yuan <> 0
            and (stated.amount_yuan > 0) = (meant.amount_yuan > 0)
            and abs(meant.amount_yuan) - abs(stated.amount_yuan) >= 0
            and abs(meant.amount_yuan) - abs(stated.amount_yuan)
            < 2 * stated.half_digit_yuan
        ) as agrees
    from stated
    inner join meant
        on
            stated.disclosure_id = meant.disclosure_id
            and stated.topic = meant.topic
            and meant.is_this_basis
            and (
                stated.topic <> 'income_source'
                or stated.income_source = meant.income_source
            )
            and (
                stated.topic <> 'function_item'
                or stated.function_code = meant.function_code
            )

),

final as (

    select
        statement_id,
        disclosure_id,
        document_id,
        page_number,
        line_id,
        topic,
        left_printed,
        right_printed,
        cell_id,
        difference_yuan
    from compared
    qualify
        not bool_or(agrees) over (partition by statement_id)
        and not bool_and(is_part) over (partition by statement_id)
        and row_number() over (
            partition by statement_id
            order by
                is_whole desc,
                -- 总计 before 本年合计, and the table of the same money
                is_total desc,
                is_own_table desc,
                abs(difference_yuan) asc,
                cell_id asc
        ) = 1

)

select * from final

-- The leaves of each table that can say where money goes: a class without a printed
-- class below it, an item of 三公 without printed parts. Adding up one dimension, table
-- kind, fund and basis of a disclosure counts nothing twice. `place` is the order of
-- the tables: the widest fund first, for economic classes the general public budget,
-- which all print.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

three_public_items as (

    select * from {{ ref('three_public_item') }}

),

function_classes as (

    select
        facts.disclosure_id,
        'function_item' as dimension,
        facts.function_code as code,
        facts.function_code as code_path,
        facts.level = 'total' as is_total,
        disclosures.own_basis as basis,
        case facts.table_kind
            when 'expenditure' then 1
            when 'fiscal_expenditure' then 2
            when 'general_public_expenditure' then 3
            when 'government_fund_expenditure' then 4
            when 'state_capital_expenditure' then 5
        end as place,
        {{ leaf_figure() }}
    from {{ ref('fct_expenditure_function') }} as facts
    {{ join_disclosures('facts') }}
    where
        facts.is_current
        and facts.component = 'total'
        and (
            (
                facts.level in ('class', 'section', 'item')
                and facts.function_code is not null
            )
            or (facts.level = 'total' and facts.function_code is null)
        )
        and facts.table_kind in (
            'expenditure', 'fiscal_expenditure', 'general_public_expenditure',
            'government_fund_expenditure', 'state_capital_expenditure'
        )

),

economic_classes as (

    select
        facts.disclosure_id,
        'economic_section' as dimension,
        facts.department_economic_code as code,
        facts.department_economic_code as code_path,
        facts.level = 'total' as is_total,
        disclosures.own_basis as basis,
        case
            when
                facts.table_kind = 'basic_economic'
                and facts.fund = 'general_public_budget'
                then 1
            when facts.table_kind = 'basic_economic' then 4
            when facts.table_kind = 'fiscal_basic_economic' then 2
            when facts.fund = 'all' then 3
            else 5
        end as place,
        {{ leaf_figure() }}
    from {{ ref('fct_expenditure_economic') }} as facts
    {{ join_disclosures('facts') }}
    where
        facts.is_current
        and facts.component = 'total'
        and (
            (
                facts.level in ('class', 'section')
                and facts.department_economic_code is not null
            )
            or facts.level = 'total'
        )
        and facts.table_kind in (
            'basic_economic', 'fiscal_basic_economic', 'basic_expenditure'
        )

),

three_public_parts as (

    select
        facts.disclosure_id,
        'three_public' as dimension,
        facts.item as code,
        three_public_items.path as code_path,
        facts.item = 'total' as is_total,
        facts.basis,
        {{ width_of_fund('facts.fund') }} as place,
        {{ leaf_figure() }}
    from {{ ref('fct_three_public') }} as facts
    inner join three_public_items
        on facts.item = three_public_items.item
    where facts.is_current

),

united as (

    select * from function_classes

    union all

    select * from economic_classes

    union all

    select * from three_public_parts

),

-- a class may stand in several rows of its table (by unit, by government class)
summed as (

    select
        disclosure_id,
        dimension,
        code,
        code_path,
        is_total,
        table_kind,
        fund,
        basis,
        place,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
        min(row_label) as row_label,
        cast(count(*) as integer) as cell_count,
        min_by(page_number, cell_id) as page_number,
        min(cell_id) as cell_id
    from united
    group by
        disclosure_id,
        dimension,
        code,
        code_path,
        is_total,
        table_kind,
        fund,
        basis,
        place

),

-- of classes in the order of their codes, one that goes on in the next has parts
ordered as (

    select
        *,
        lead(code_path) over (
            partition by disclosure_id, dimension, table_kind, fund, basis
            order by code_path asc nulls first
        ) as next_code_path,
        max(case when is_total then amount_yuan end) over (
            partition by disclosure_id, dimension, table_kind, fund, basis
        ) as printed_total_yuan
    from summed

),

final as (

    select
        disclosure_id,
        dimension,
        code,
        table_kind,
        fund,
        basis,
        place,
        row_label,
        amount_yuan,
        printed_total_yuan,
        cell_count,
        page_number,
        cell_id
    from ordered
    where
        code_path is not null
        and not coalesce(starts_with(next_code_path, code_path), false)

)

select * from final

-- Budget, adjusted budget and final account of the leaves of function and 三公.
-- Functions are compared within one table and fund that both documents print; without
-- the budget's document they are those of the general public budget, whose initial
-- budgets the sentences state. 三公 is compared in the widest fund of each: a budget
-- often prints one fund, a final account all fiscal money.
with

linked as (

    select * from {{ ref('int_budgets_linked') }}

),

tables as (

    select * from {{ ref('int_class_tables') }}
    where dimension in ('function_item', 'three_public')

),

amounts as (

    select * from {{ ref('int_class_amounts') }}

),

stated as (

    select * from {{ ref('int_budgets_stated') }}
    where subject = 'function_item'

),

-- which tables are held against each other
pairs as (

    select
        linked.disclosure_id,
        linked.budget_disclosure_id,
        tables.dimension,
        tables.table_kind,
        tables.fund,
        budget_tables.table_kind as budget_table_kind,
        budget_tables.fund as budget_fund
    from linked
    inner join tables
        on
            linked.disclosure_id = tables.disclosure_id
            and (
                tables.basis = 'final'
                -- 决算数 left blank: 预算数 is printed all the same
                or (tables.dimension = 'three_public' and tables.basis = 'budget')
            )
    left join tables as budget_tables
        on
            linked.budget_disclosure_id = budget_tables.disclosure_id
            and tables.dimension = budget_tables.dimension
            and budget_tables.basis = 'budget'
            and (
                tables.dimension = 'three_public'
                or (
                    tables.table_kind = budget_tables.table_kind
                    and tables.fund = budget_tables.fund
                )
            )
    qualify
        row_number() over (
            partition by linked.disclosure_id, tables.dimension
            order by
                tables.basis = 'final' desc,
                budget_tables.fund is not null desc,
                tables.fund is not distinct from budget_tables.fund desc,
                tables.dimension = 'function_item'
                and linked.budget_disclosure_id is null
                and tables.fund = 'general_public_budget' desc,
                tables.place_rank asc,
                budget_tables.place_rank asc
        ) = 1

),

final_amounts as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        amounts.code,
        amounts.amount_yuan,
        amounts.page_number,
        amounts.cell_id
    from pairs
    {{ join_leaves("'final'") }}

),

-- 三公 of a final account: 预算数 is the adjusted budget
adjusted_amounts as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        amounts.code,
        amounts.amount_yuan,
        amounts.page_number,
        amounts.cell_id
    from pairs
    {{ join_leaves("'budget'") }}
    where pairs.dimension = 'three_public'

),

budget_amounts as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        amounts.code,
        amounts.amount_yuan,
        amounts.cell_id
    from pairs
    {{ join_leaves(
        "'budget'", disclosure_id='budget_disclosure_id', table_kind='budget_table_kind', fund='budget_fund'
    ) }}

),

-- stated of items, and of what the final account prints as its leaf
stated_amounts as (

    select
        pairs.disclosure_id,
        pairs.dimension,
        stated.code,
        stated.amount_yuan,
        stated.line_id
    from pairs
    inner join stated
        on pairs.disclosure_id = stated.disclosure_id
    left join final_amounts
        on
            stated.disclosure_id = final_amounts.disclosure_id
            and final_amounts.dimension = 'function_item'
            and stated.code = final_amounts.code
    where
        pairs.dimension = 'function_item'
        and pairs.fund = 'general_public_budget'
        and (final_amounts.code is not null or length(stated.code) = 7)

),

codes as (

    select
        disclosure_id,
        dimension,
        code
    from final_amounts

    union distinct

    select
        disclosure_id,
        dimension,
        code
    from adjusted_amounts

    union distinct

    select
        disclosure_id,
        dimension,
        code
    from budget_amounts

    union distinct

    select
        disclosure_id,
        dimension,
        code
    from stated_amounts

),

final as (

    select
        pairs.disclosure_id,
        pairs.budget_disclosure_id,
        pairs.dimension as subject,
        codes.code,
        pairs.fund,
        case
            when budget_amounts.amount_yuan is not null then pairs.budget_fund
            when stated_amounts.amount_yuan is not null then pairs.fund
        end as budget_fund,
        case
            when budget_amounts.amount_yuan is not null then 'budget_document'
            when stated_amounts.amount_yuan is not null then 'stated'
        end as budget_source,
        coalesce(budget_amounts.amount_yuan, stated_amounts.amount_yuan) as budget_yuan,
        stated_amounts.amount_yuan as stated_budget_yuan,
        adjusted_amounts.amount_yuan as adjusted_budget_yuan,
        final_amounts.amount_yuan as final_yuan,
        coalesce(final_amounts.page_number, adjusted_amounts.page_number)
            as page_number,
        coalesce(final_amounts.cell_id, adjusted_amounts.cell_id) as cell_id,
        budget_amounts.cell_id as budget_cell_id,
        stated_amounts.line_id as budget_line_id
    from codes
    inner join pairs
        on
            codes.disclosure_id = pairs.disclosure_id
            and codes.dimension = pairs.dimension
    left join final_amounts
        on
            codes.disclosure_id = final_amounts.disclosure_id
            and codes.dimension = final_amounts.dimension
            and codes.code = final_amounts.code
    left join adjusted_amounts
        on
            codes.disclosure_id = adjusted_amounts.disclosure_id
            and codes.dimension = adjusted_amounts.dimension
            and codes.code = adjusted_amounts.code
    left join budget_amounts
        on
            codes.disclosure_id = budget_amounts.disclosure_id
            and codes.dimension = budget_amounts.dimension
            and codes.code = budget_amounts.code
    left join stated_amounts
        on
            codes.disclosure_id = stated_amounts.disclosure_id
            and codes.dimension = stated_amounts.dimension
            and codes.code = stated_amounts.code

)

select * from final

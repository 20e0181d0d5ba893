-- What a disclosure buys, each amount once: the lines of the procurement table in its
-- widest fund; without lines what sentences state by category, if that is all that is
-- bought; without these the total of the table, or the stated one.
with

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

facts as (

    select * from {{ ref('fct_procurement') }}
    where is_current and table_kind = 'procurement'

),

stated as (

    select
        disclosure_id,
        topic,
        basis_year,
        max(amount_yuan) as amount_yuan,
        min_by(page_number, line_id) as page_number,
        min(line_id) as line_id
    from {{ ref('fct_stated_figure') }}
    where
        is_current
        and measure = 'amount'
        and amount_yuan is not null
        and topic in (
            'procurement_total', 'procurement_goods', 'procurement_works',
            'procurement_services'
        )
    group by disclosure_id, topic, basis_year
    having count(distinct amount_yuan) = 1

),

lines as (

    select
        disclosure_id,
        'lines' as amount_source,
        1 as place,
        fund,
        category,
        catalogue_code,
        catalogue_name,
        project_name,
        amount_yuan,
        sme_reserved_yuan,
        micro_reserved_yuan,
        page_number,
        cell_id
    from facts
    where level = 'line'

),

stated_categories as (

    select
        stated.disclosure_id,
        'stated' as amount_source,
        2 as place,
        'all' as fund,
        replace(stated.topic, 'procurement_', '') as category,
        stated.amount_yuan,
        stated.page_number,
        stated.line_id
    from stated
    inner join disclosures
        on
            stated.disclosure_id = disclosures.disclosure_id
            and stated.basis_year = disclosures.fiscal_year
    where stated.topic <> 'procurement_total'

),

printed_totals as (

    select
        disclosure_id,
        'total' as amount_source,
        3 as place,
        fund,
        amount_yuan,
        page_number,
        cell_id
    from facts
    where level = 'total'

),

stated_totals as (

    select
        stated.disclosure_id,
        'stated' as amount_source,
        4 as place,
        'all' as fund,
        stated.amount_yuan,
        stated.page_number,
        stated.line_id
    from stated
    inner join disclosures
        on
            stated.disclosure_id = disclosures.disclosure_id
            and stated.basis_year = disclosures.fiscal_year
    where stated.topic = 'procurement_total'

),

-- what a category is held against: the widest total printed, and the stated one
whole as (

    select
        disclosure_id,
        amount_yuan
    from printed_totals
    qualify
        dense_rank() over (
            partition by disclosure_id
            order by {{ width_of_fund('fund') }}, fund
        ) = 1

    union

    select
        disclosure_id,
        amount_yuan
    from stated_totals

),

counted as (

    select
        categories.disclosure_id,
        whole.amount_yuan as whole_yuan,
        count(*) as categories,
        sum(categories.amount_yuan) as amount_yuan
    from stated_categories as categories
    left join whole
        on categories.disclosure_id = whole.disclosure_id
    group by categories.disclosure_id, whole.amount_yuan

),

-- all three are stated, or those stated are the whole: each of these numbers, and the
-- whole, may be rounded by half of 0.01 万元
complete as (

    select distinct disclosure_id
    from counted
    where
        categories = 3
        or abs(amount_yuan - whole_yuan) <= 50 * (categories + 1)

),

united as (

    select * from lines

    union all by name

    select stated_categories.*
    from stated_categories
    inner join complete
        on stated_categories.disclosure_id = complete.disclosure_id

    union all by name

    select * from printed_totals

    union all by name

    select * from stated_totals

),

placed as (

    select
        *,
        dense_rank() over (
            partition by disclosure_id
            order by
                place,
                {{ width_of_fund('fund') }},
                fund
        ) as place_rank
    from united

),

-- what the document itself calls the total of that fund
totals as (

    select
        disclosure_id,
        fund,
        coalesce(
            max(amount_yuan) filter (where amount_source = 'total'),
            max(amount_yuan) filter (where amount_source = 'stated' and place = 4)
        ) as printed_total_yuan
    from united
    where place in (3, 4)
    group by disclosure_id, fund

),

final as (

    select
        placed.disclosure_id,
        placed.amount_source,
        placed.fund,
        placed.category,
        placed.catalogue_code,
        placed.catalogue_name,
        placed.project_name,
        placed.amount_yuan,
        placed.sme_reserved_yuan,
        placed.micro_reserved_yuan,
        totals.printed_total_yuan,
        placed.page_number,
        placed.cell_id,
        placed.line_id
    from placed
    left join totals
        on placed.disclosure_id = totals.disclosure_id and placed.fund = totals.fund
    where placed.place_rank = 1

)

select * from final

-- Where the money of a disclosure comes from, each yuan once: the lines of the summary,
-- else the total row of the income table. 财政拨款 stands for its funds unless these are
-- printed and make it.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

facts as (

    select * from {{ ref('fct_income') }}
    where is_current and function_code is null and fund = 'all'

),

totals as (

    select
        disclosure_id,
        table_kind,
        max(amount_yuan) as printed_total_yuan
    from facts
    where level = 'total' and income_source = 'total'
    group by disclosure_id, table_kind

),

-- 其中 columns of an income table are parts of the column before
printed as (

    select
        disclosure_id,
        table_kind,
        income_source,
        case table_kind when 'summary' then 1 else 2 end as place,
        income_source in (
            'general_public_budget', 'government_fund', 'state_capital'
        ) as is_fiscal_part,
        amount_yuan,
        page_number,
        cell_id
    from facts
    where
        income_source not in ('total', 'current_total')
        and (
            (table_kind = 'summary' and level = 'item')
            or (
                table_kind = 'income'
                and level in ('item', 'total')
                and column_label not like '%其中%'
            )
        )

),

chosen as (

    select * from printed
    qualify place = min(place) over (partition by disclosure_id)

),

fiscal as (

    select
        disclosure_id,
        sum(amount_yuan) filter (where income_source = 'fiscal_appropriation')
            as whole_yuan,
        sum(amount_yuan) filter (where is_fiscal_part) as parts_yuan
    from chosen
    group by disclosure_id

),

leaves as (

    select chosen.*
    from chosen
    inner join fiscal
        on chosen.disclosure_id = fiscal.disclosure_id
    where
        case
            when fiscal.whole_yuan is null or fiscal.parts_yuan is null then true
            when fiscal.whole_yuan = fiscal.parts_yuan
                then chosen.income_source <> 'fiscal_appropriation'
            else not chosen.is_fiscal_part
        end

),

summed as (

    select
        disclosure_id,
        table_kind,
        income_source,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
        min_by(page_number, cell_id) as page_number,
        min(cell_id) as cell_id
    from leaves
    group by disclosure_id, table_kind, income_source

),

final as (

    select
        summed.disclosure_id,
        {{ disclosure_columns() }},
        summed.income_source,
        {{ zh_of('income_source', 'summed.income_source') }} as income_source_zh,
        summed.table_kind,
        {{ zh_of('table_kind', 'summed.table_kind') }} as table_kind_zh,
        summed.amount_yuan,
        cast(
            sum(summed.amount_yuan) over (
                partition by summed.disclosure_id
            ) as decimal(18, 2)
        ) as total_yuan,
        totals.printed_total_yuan,
        {{ ratio(
            'summed.amount_yuan',
            'sum(summed.amount_yuan) over (partition by summed.disclosure_id)'
        ) }} as share_of_total,
        summed.page_number,
        summed.cell_id
    from summed
    {{ join_disclosures('summed') }}
    left join totals
        on
            summed.disclosure_id = totals.disclosure_id
            and summed.table_kind = totals.table_kind

)

select * from final

-- Leaves only: items of the expenditure table, sections of the economic table and the
-- parts of 三公. Each dimension comes from one table kind and fund per disclosure, the
-- first of its order that is printed; ranks compare the same fund.
with

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

agencies as (

    select * from {{ ref('dim_agency') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

functions as (

    select * from {{ ref('dim_function') }}

),

economic_classes as (

    select * from {{ ref('dim_economic') }}
    where classification = 'department'

),

function_items as (

    select
        disclosure_id,
        'function_item' as dimension,
        function_code as code,
        fund,
        case
            when table_kind = 'expenditure' and fund = 'all' then 1
            when table_kind = 'general_public_expenditure' then 2
            else 3
        end as place,
        amount_yuan
    from {{ ref('fct_expenditure_function') }}
    where
        is_current
        and level = 'item'
        and component = 'total'
        and function_code is not null
        and table_kind in ('expenditure', 'general_public_expenditure')

),

economic_sections as (

    select
        disclosure_id,
        'economic_section' as dimension,
        department_economic_code as code,
        fund,
        case
            when table_kind = 'basic_economic' and fund = 'general_public_budget' then 1
            when fund = 'all' then 2
            else 3
        end as place,
        amount_yuan
    from {{ ref('fct_expenditure_economic') }}
    where
        is_current
        and level = 'section'
        and component = 'total'
        and department_economic_code is not null
        and table_kind in ('basic_economic', 'basic_expenditure')

),

three_public_parts as (

    select
        facts.disclosure_id,
        'three_public' as dimension,
        facts.item as code,
        facts.fund,
        case facts.fund when 'all' then 1 when 'fiscal' then 2 else 3 end as place,
        facts.amount_yuan
    from {{ ref('fct_three_public') }} as facts
    inner join disclosures
        on facts.disclosure_id = disclosures.disclosure_id
    where
        facts.is_current
        and facts.item in (
            'overseas_travel', 'vehicle_purchase', 'vehicle_operation', 'reception'
        )
        and facts.basis
        = case disclosures.document_kind when 'budget' then 'budget' else 'final' end

),

united as (

    select * from function_items

    union all

    select * from economic_sections

    union all

    select * from three_public_parts

),

-- a class may stand in several rows of its table (by unit, by government class)
summed as (

    select
        disclosure_id,
        dimension,
        code,
        fund,
        place,
        sum(amount_yuan) as amount_yuan
    from united
    group by disclosure_id, dimension, code, fund, place

),

placed as (

    select
        *,
        dense_rank() over (
            partition by disclosure_id, dimension
            order by place asc, fund asc
        ) as place_rank
    from summed

),

totalled as (

    select
        disclosure_id,
        dimension,
        code,
        fund,
        cast(amount_yuan as decimal(18, 2)) as amount_yuan,
        cast(
            sum(amount_yuan) over (
                partition by disclosure_id, dimension
            ) as decimal(18, 2)
        ) as total_yuan
    from placed
    where place_rank = 1

),

final as (

    select
        agencies.agency_domain,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.scope,
        disclosures.agency_id,
        disclosures.agency_name,
        regions.region_name,
        disclosures.disclosure_id,
        totalled.dimension,
        totalled.code,
        case totalled.dimension
            when 'function_item' then functions.function_name
            when 'economic_section' then economic_classes.economic_name
        end as name,
        totalled.fund,
        totalled.amount_yuan,
        totalled.total_yuan,
        cast(
            case
                when totalled.total_yuan <> 0
                    then totalled.amount_yuan / totalled.total_yuan
            end as decimal(9, 6)
        ) as share_of_total,
        cast(null as decimal(18, 2)) as per_post_yuan,
        cast(
            rank() over (
                partition by
                    agencies.agency_domain,
                    disclosures.fiscal_year,
                    disclosures.document_kind,
                    disclosures.scope,
                    totalled.dimension,
                    totalled.fund,
                    totalled.code
                order by totalled.amount_yuan desc
            ) as integer
        ) as rank
    from totalled
    inner join disclosures
        on totalled.disclosure_id = disclosures.disclosure_id
    inner join agencies
        on disclosures.agency_id = agencies.agency_id
    inner join regions
        on disclosures.region_code = regions.region_code
    left join functions
        on
            totalled.dimension = 'function_item'
            and totalled.code = functions.function_code
    left join economic_classes
        on
            totalled.dimension = 'economic_section'
            and totalled.code = economic_classes.economic_code

)

select * from final

-- Each amount comes from the first place of its order that prints it, in the widest
-- fund printed there; where that place prints two amounts it is none. The order is the
-- list of `candidates`: measure, rank, and the facts that may give it.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

income as (

    select * from {{ ref('fct_income') }}
    where is_current and level = 'total' and income_source = 'total' and fund = 'all'

),

expenditure as (

    select * from {{ ref('fct_expenditure_function') }}
    where is_current

),

expenditure_totals as (

    select * from expenditure
    where level = 'total'

),

-- a summary prints 基本支出 and 项目支出 as lines
expenditure_lines as (

    select * from expenditure
    where table_kind = 'summary' and level = 'item' and function_code is null

),

economic as (

    select * from {{ ref('fct_expenditure_economic') }}
    where is_current and level = 'total'

),

three_public as (

    select
        facts.disclosure_id,
        facts.item,
        facts.amount_yuan,
        facts.fund
    from {{ ref('fct_three_public') }} as facts
    inner join disclosures
        on
            facts.disclosure_id = disclosures.disclosure_id
            and facts.basis = disclosures.own_basis
    where facts.is_current

),

-- two amounts for one thing are none
stated as (

    select
        facts.disclosure_id,
        facts.topic,
        max(facts.amount_yuan) as amount_yuan
    from {{ ref('fct_stated_figure') }} as facts
    inner join disclosures
        on
            facts.disclosure_id = disclosures.disclosure_id
            and facts.basis_year = disclosures.fiscal_year
    where
        facts.is_current
        and facts.amount_yuan is not null
        and (
            facts.measure = 'amount'
            or (facts.measure = 'final' and disclosures.own_basis = 'final')
        )
    group by facts.disclosure_id, facts.topic
    having count(distinct facts.amount_yuan) = 1

),

procurement as (

    select * from {{ ref('fct_procurement') }}
    where
        is_current
        and fund in ('all', 'fiscal')
        and table_kind = 'procurement'

),

projects as (

    select * from {{ ref('fct_project') }}
    where is_current

),

posts as (

    select * from {{ ref('int_posts_stated') }}

),

candidates as (

    select
        disclosure_id,
        'income_total' as measure,
        case table_kind when 'summary' then 1 else 2 end as place,
        fund,
        amount_yuan
    from income

    union all

    select
        disclosure_id,
        'expenditure_total' as measure,
        case table_kind when 'summary' then 1 else 2 end as place,
        fund,
        amount_yuan
    from expenditure_totals
    where component = 'total' and fund = 'all'

    union all

    select
        disclosure_id,
        component as measure,
        case
            when table_kind = 'expenditure' then 1
            when table_kind = 'general_public_expenditure' then 3
        end as place,
        fund,
        amount_yuan
    from expenditure_totals
    where
        component in ('basic', 'project')
        and table_kind in ('expenditure', 'general_public_expenditure')
        and fund in ('all', 'general_public_budget')

    union all

    select
        disclosure_id,
        component as measure,
        2 as place,
        fund,
        amount_yuan
    from expenditure_lines
    where component in ('basic', 'project') and fund = 'all'

    union all

    select
        disclosure_id,
        component as measure,
        case table_kind
            when 'basic_economic' then 1
            when 'basic_economic_government' then 3
            when 'fiscal_basic_economic' then 4
            else 5
        end as place,
        fund,
        amount_yuan
    from economic
    where
        component in ('personnel', 'operating')
        and table_kind <> 'agency_operating_cost'

    union all

    select
        disclosure_id,
        replace(component, 'basic_', '') as measure,
        2 as place,
        fund,
        amount_yuan
    from expenditure_totals
    where
        component in ('basic_personnel', 'basic_operating')
        and table_kind = 'general_public_expenditure'

    union all

    select
        disclosure_id,
        case item when 'total' then 'three_public' else item end as measure,
        1 as place,
        fund,
        amount_yuan
    from three_public
    where item in ('total', 'meetings', 'training')

    union all

    -- 机关运行经费: its own table, else a column of 三公, else a sentence
    select
        disclosure_id,
        'agency_operating_cost' as measure,
        1 as place,
        fund,
        amount_yuan
    from economic
    where component = 'total' and table_kind = 'agency_operating_cost'

    union all

    select
        disclosure_id,
        'agency_operating_cost' as measure,
        2 as place,
        fund,
        amount_yuan
    from three_public
    where item = 'agency_operating_cost'

    union all

    select
        disclosure_id,
        'agency_operating_cost' as measure,
        3 as place,
        null as fund,
        amount_yuan
    from stated
    where topic = 'agency_operating_cost'

    union all

    select
        disclosure_id,
        case topic when 'three_public_total' then 'three_public' else topic end
            as measure,
        6 as place,
        null as fund,
        amount_yuan
    from stated
    where
        topic in (
            'personnel', 'operating', 'three_public_total', 'procurement_sme',
            'procurement_micro'
        )

    union all

    select
        disclosure_id,
        'procurement' as measure,
        case fund when 'all' then 1 else 3 end as place,
        fund,
        amount_yuan
    from procurement
    where level = 'total'

    union all

    select
        disclosure_id,
        'procurement' as measure,
        case fund when 'all' then 2 else 4 end as place,
        fund,
        sum(amount_yuan) as amount_yuan
    from procurement
    where level = 'line'
    group by disclosure_id, fund

    union all

    select
        disclosure_id,
        'procurement' as measure,
        5 as place,
        null as fund,
        amount_yuan
    from stated
    where topic = 'procurement_total'

    {% for reserved in ['sme', 'micro'] %}
        union all

        select
            disclosure_id,
            'procurement_{{ reserved }}' as measure,
            case level when 'total' then 1 else 2 end as place,
            fund,
            sum({{ reserved }}_reserved_yuan) as amount_yuan
        from procurement
        where level in ('total', 'line')
        group by disclosure_id, level, fund
        having count({{ reserved }}_reserved_yuan) > 0

    {% endfor %}
),

first_places as (

    select * from candidates
    where amount_yuan is not null
    qualify
        dense_rank() over (
            partition by disclosure_id, measure
            order by place, {{ width_of_fund('fund') }}, fund
        ) = 1

),

chosen as (

    select
        disclosure_id,
        measure,
        max(amount_yuan) as amount_yuan
    from first_places
    group by disclosure_id, measure
    having count(distinct amount_yuan) = 1

),

pivoted as (

    select
        disclosure_id,
        {{ amount_of('income_total') }} as income_total_yuan,
        {{ amount_of('expenditure_total') }} as expenditure_total_yuan,
        {{ amount_of('basic') }} as basic_yuan,
        {{ amount_of('project') }} as project_yuan,
        {{ amount_of('personnel') }} as personnel_yuan,
        {{ amount_of('operating') }} as operating_yuan,
        {{ amount_of('three_public') }} as three_public_yuan,
        {{ amount_of('meetings') }} as meetings_yuan,
        {{ amount_of('training') }} as training_yuan,
        {{ amount_of('agency_operating_cost') }} as agency_operating_cost_yuan,
        {{ amount_of('procurement') }} as procurement_yuan,
        {{ amount_of('procurement_sme') }} as procurement_sme_yuan,
        {{ amount_of('procurement_micro') }} as procurement_micro_yuan
    from chosen
    group by disclosure_id

),

counted_projects as (

    select
        disclosure_id,
        count(*) as project_count
    from projects
    group by disclosure_id

),

final as (

    select
        disclosures.disclosure_id,
        {{ disclosure_columns() }},
        pivoted.income_total_yuan,
        pivoted.expenditure_total_yuan,
        pivoted.basic_yuan,
        pivoted.project_yuan,
        pivoted.personnel_yuan,
        pivoted.operating_yuan,
        pivoted.three_public_yuan,
        pivoted.meetings_yuan,
        pivoted.training_yuan,
        pivoted.agency_operating_cost_yuan,
        pivoted.procurement_yuan,
        pivoted.procurement_sme_yuan,
        pivoted.procurement_micro_yuan,
        {{ ratio('pivoted.procurement_sme_yuan', 'pivoted.procurement_yuan') }}
            as sme_share,
        cast(counted_projects.project_count as integer) as project_count,
        posts.posts,
        posts.posts_basis,
        {{ zh_of('posts_basis', 'posts.posts_basis') }} as posts_basis_zh
    from disclosures
    left join pivoted
        on disclosures.disclosure_id = pivoted.disclosure_id
    left join counted_projects
        on disclosures.disclosure_id = counted_projects.disclosure_id
    left join posts
        on disclosures.disclosure_id = posts.disclosure_id

)

select * from final

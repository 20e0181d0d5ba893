-- One row where a final account is held: its figures beside the budget of the year.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

codes as (

    select * from {{ ref('int_codes_described') }}

),

totals as (

    select
        * exclude (subject),
        subject,
        cast(null as varchar) as name
    from {{ ref('int_execution_totals') }}

),

classes as (

    select
        * exclude (subject),
        subject,
        cast(null as varchar) as name
    from {{ ref('int_execution_classes') }}

),

projects as (

    select * from {{ ref('int_execution_projects') }}

),

united as (

    select * from totals

    union all by name

    select * from classes

    union all by name

    select * from projects

),

based as (

    select
        *,
        case
            when adjusted_budget_yuan is not null then 'adjusted_budget'
            when budget_yuan is not null then 'budget'
        end as rate_basis
    from united

),

final as (

    select
        {{ disclosure_columns() }},
        based.disclosure_id,
        based.budget_disclosure_id,
        based.subject,
        {{ zh_of('subject', 'based.subject') }} as subject_zh,
        based.code,
        case based.subject
            when 'total' then {{ zh_of('subject', 'based.subject') }}
            when 'project' then based.name
            else codes.name
        end as name,
        based.fund,
        {{ zh_of('fund', 'based.fund') }} as fund_zh,
        based.budget_fund,
        {{ zh_of('fund', 'based.budget_fund') }} as budget_fund_zh,
        based.budget_source,
        {{ zh_of('budget_source', 'based.budget_source') }} as budget_source_zh,
        cast(based.budget_yuan as decimal(18, 2)) as budget_yuan,
        cast(based.stated_budget_yuan as decimal(18, 2)) as stated_budget_yuan,
        cast(based.adjusted_budget_yuan as decimal(18, 2)) as adjusted_budget_yuan,
        cast(based.final_yuan as decimal(18, 2)) as final_yuan,
        {{ ratio(
            'based.final_yuan',
            'coalesce(based.adjusted_budget_yuan, based.budget_yuan)'
        ) }} as execution_rate,
        based.rate_basis,
        {{ zh_of('rate_basis', 'based.rate_basis') }} as rate_basis_zh,
        cast(based.page_number as integer) as page_number,
        based.cell_id,
        based.budget_cell_id,
        based.budget_line_id
    from based
    {{ join_disclosures('based') }}
    left join codes
        on based.subject = codes.dimension and based.code = codes.code

)

select * from final

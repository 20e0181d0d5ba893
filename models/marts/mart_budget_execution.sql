-- One row where a final account is held: its figures beside the budget of the year.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

codes as (

    select * from {{ ref('int_codes_described') }}

),

subject_labels as (

    {{ labels_of('subject') }}

),

fund_labels as (

    {{ labels_of('fund') }}

),

source_labels as (

    {{ labels_of('budget_source') }}

),

rate_labels as (

    {{ labels_of('rate_basis') }}

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
        disclosures.agency_id,
        disclosures.agency_name,
        disclosures.agency_domain,
        disclosures.agency_domain_zh,
        disclosures.region_code,
        disclosures.region_name,
        disclosures.scope,
        disclosures.scope_zh,
        disclosures.fiscal_year,
        based.disclosure_id,
        based.budget_disclosure_id,
        based.subject,
        subject_labels.zh as subject_zh,
        based.code,
        case based.subject
            when 'total' then subject_labels.zh
            when 'project' then based.name
            else codes.name
        end as name,
        based.fund,
        fund_labels.zh as fund_zh,
        based.budget_fund,
        based.budget_source,
        source_labels.zh as budget_source_zh,
        cast(based.budget_yuan as decimal(18, 2)) as budget_yuan,
        cast(based.stated_budget_yuan as decimal(18, 2)) as stated_budget_yuan,
        cast(based.adjusted_budget_yuan as decimal(18, 2)) as adjusted_budget_yuan,
        cast(based.final_yuan as decimal(18, 2)) as final_yuan,
        {{ ratio(
            'based.final_yuan',
            'coalesce(based.adjusted_budget_yuan, based.budget_yuan)'
        ) }} as execution_rate,
        based.rate_basis,
        rate_labels.zh as rate_basis_zh,
        cast(based.page_number as integer) as page_number,
        based.cell_id,
        based.budget_cell_id,
        based.budget_line_id
    from based
    inner join disclosures
        on based.disclosure_id = disclosures.disclosure_id
    left join codes
        on based.subject = codes.dimension and based.code = codes.code
    left join subject_labels
        on based.subject = subject_labels.word
    left join fund_labels
        on based.fund = fund_labels.word
    left join source_labels
        on based.budget_source = source_labels.word
    left join rate_labels
        on based.rate_basis = rate_labels.word

)

select * from final

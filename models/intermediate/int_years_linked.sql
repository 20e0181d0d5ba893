-- Two years of one agency (or of its predecessor), kind and scope, both held, and for
-- each dimension the table and fund that speaks for both: the first of the order that
-- both years print.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

tables as (

    select * from {{ ref('int_class_tables') }}

),

agencies as (

    select * from {{ ref('dim_agency') }}

),

-- a year before counts for who does the work since
years_before as (

    select
        disclosures.disclosure_id,
        disclosures.fiscal_year,
        disclosures.document_kind,
        disclosures.scope,
        case
            when disclosures.fiscal_year + 1 >= agencies.succeeded_in
                then agencies.successor_agency_id
            else disclosures.agency_id
        end as agency_id
    from disclosures
    inner join agencies
        on disclosures.agency_id = agencies.agency_id

),

-- two agencies that became one have no one year before
linked as (

    select
        disclosures.disclosure_id,
        any_value(disclosures.fiscal_year) as fiscal_year,
        any_value(disclosures.own_basis) as own_basis,
        any_value(years_before.disclosure_id) as prior_disclosure_id
    from disclosures
    inner join years_before
        on
            disclosures.agency_id = years_before.agency_id
            and disclosures.document_kind = years_before.document_kind
            and disclosures.scope = years_before.scope
            and disclosures.fiscal_year = years_before.fiscal_year + 1
    group by disclosures.disclosure_id
    having count(*) = 1

),

final as (

    select
        linked.disclosure_id,
        linked.prior_disclosure_id,
        linked.fiscal_year,
        tables.dimension,
        tables.table_kind,
        tables.fund,
        linked.own_basis as basis,
        linked.own_basis as prior_basis
    from linked
    inner join tables
        on
            linked.disclosure_id = tables.disclosure_id
            and linked.own_basis = tables.basis
    inner join tables as tables_before
        on
            linked.prior_disclosure_id = tables_before.disclosure_id
            and linked.own_basis = tables_before.basis
            and tables.dimension = tables_before.dimension
            and tables.table_kind = tables_before.table_kind
            and tables.fund = tables_before.fund
    qualify
        row_number() over (
            partition by linked.disclosure_id, tables.dimension
            order by tables.place_rank
        ) = 1

)

select * from final

-- What is held, with its tables, and what one would look for next: a year between two
-- held ones, and the other kind of a held year.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

kinds as (

    {{ labels_of('document_kind') }}

),

table_labels as (

    {{ labels_of('table_kind') }}

),

tables_of_kinds as (

    select * from {{ ref('int_table_kinds_held') }}
    where standing in ('held', 'said_empty')

),

tables_expected as (

    select * from {{ ref('int_tables_expected') }}

),

held_tables as (

    select
        tables_of_kinds.disclosure_id,
        cast(count(*) as integer) as tables_held,
        string_agg(
            table_labels.zh, '、' order by table_labels.sort_order
        ) as tables_held_zh
    from tables_of_kinds
    left join table_labels
        on tables_of_kinds.table_kind = table_labels.word
    group by tables_of_kinds.disclosure_id

),

-- what is in quarantine is our doubt: it is neither held nor missing
missing_tables as (

    select
        disclosure_id,
        cast(count(*) filter (where standing = 'missing') as integer) as tables_missing,
        cast(
            count(*) filter (where standing = 'quarantined') as integer
        ) as tables_quarantined,
        string_agg(name_zh, '、' order by table_kind) filter (
            where standing = 'missing'
        ) as tables_missing_zh
    from tables_expected
    group by disclosure_id

),

spans as (

    select
        agency_id,
        document_kind,
        scope,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from disclosures
    group by agency_id, document_kind, scope

),

years_between as (

    select
        spans.agency_id,
        spans.document_kind,
        spans.scope,
        unnest(range(spans.first_year, spans.last_year + 1)) as fiscal_year,
        'year_between' as gap
    from spans

),

other_kinds as (

    select
        disclosures.agency_id,
        kinds.word as document_kind,
        disclosures.scope,
        disclosures.fiscal_year,
        'other_kind' as gap
    from disclosures
    cross join kinds
    where kinds.word <> disclosures.document_kind

),

reasons as (

    select * from years_between

    union all by name

    select * from other_kinds

),

wanted as (

    select
        agency_id,
        document_kind,
        scope,
        cast(fiscal_year as integer) as fiscal_year,
        min(gap) as gap
    from reasons
    group by agency_id, document_kind, scope, fiscal_year

),

agencies as (

    select
        agency_id,
        any_value(agency_name) as agency_name,
        any_value(agency_domain) as agency_domain,
        any_value(agency_domain_zh) as agency_domain_zh,
        any_value(region_code) as region_code,
        any_value(region_name) as region_name,
        any_value(province_name) as province_name
    from disclosures
    group by agency_id

),

final as (

    select
        agencies.region_code,
        agencies.region_name,
        agencies.province_name,
        agencies.agency_id,
        agencies.agency_name,
        agencies.agency_domain,
        agencies.agency_domain_zh,
        wanted.fiscal_year,
        wanted.document_kind,
        kinds.zh as document_kind_zh,
        wanted.scope,
        {{ zh_of('scope', 'wanted.scope') }} as scope_zh,
        disclosures.disclosure_id,
        disclosures.disclosure_id is not null as held,
        case when disclosures.disclosure_id is null then wanted.gap end as gap,
        case
            when disclosures.disclosure_id is null
                then {{ zh_of('coverage_gap', 'wanted.gap') }}
        end as gap_zh,
        coalesce(held_tables.tables_held, 0) as tables_held,
        case
            when disclosures.disclosure_id is not null
                then coalesce(missing_tables.tables_missing, 0)
        end as tables_missing,
        case
            when disclosures.disclosure_id is not null
                then coalesce(missing_tables.tables_quarantined, 0)
        end as tables_quarantined,
        held_tables.tables_held_zh,
        missing_tables.tables_missing_zh
    from wanted
    inner join agencies
        on wanted.agency_id = agencies.agency_id
    left join disclosures
        on
            wanted.agency_id = disclosures.agency_id
            and wanted.document_kind = disclosures.document_kind
            and wanted.scope = disclosures.scope
            and wanted.fiscal_year = disclosures.fiscal_year
    left join held_tables
        on disclosures.disclosure_id = held_tables.disclosure_id
    left join missing_tables
        on disclosures.disclosure_id = missing_tables.disclosure_id
    left join kinds
        on wanted.document_kind = kinds.word

)

select * from final

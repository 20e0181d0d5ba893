-- Which tables a disclosure must have, by the list for its kind and by what its own
-- documents name, and how they stand.
with

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

agencies as (

    select * from {{ ref('dim_agency') }}

),

rules as (

    select * from {{ ref('expected_table') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

mentions as (

    select * from {{ ref('stg_mention') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

lines as (

    select * from {{ ref('stg_line') }}

),

quarantine as (

    select * from {{ ref('stg_quarantine') }}

),

held as (

    select * from {{ ref('int_table_kinds_held') }}

),

-- a domain with a list of its own has that list alone
required as (

    select
        disclosures.disclosure_id,
        rules.table_kind
    from disclosures
    inner join agencies
        on disclosures.agency_id = agencies.agency_id
    inner join rules
        on
            disclosures.document_kind = rules.document_kind
            and coalesce(rules.first_year, 0) <= disclosures.fiscal_year
            and rules.agency_domain is not distinct from (
                select max(own.agency_domain) from rules as own
                where
                    own.agency_domain = agencies.agency_domain
                    and own.document_kind = disclosures.document_kind
            )
    where rules.requirement = 'required'

),

named as (

    select
        documents.disclosure_id,
        mentions.table_kind,
        mentions.place,
        mentions.document_id,
        mentions.page_number,
        mentions.line_id,
        mentions.title
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    inner join rules
        on
            documents.document_kind = rules.document_kind
            and mentions.table_kind = rules.table_kind
            and rules.agency_domain is null
    where mentions.place in ('contents', 'sentence')
    qualify row_number() over (
        partition by documents.disclosure_id, mentions.table_kind
        order by
            mentions.place asc,
            mentions.page_number asc,
            mentions.mention_id asc
    ) = 1

),

expected as (

    select
        coalesce(required.disclosure_id, named.disclosure_id) as disclosure_id,
        coalesce(required.table_kind, named.table_kind) as table_kind,
        required.table_kind is not null as is_required,
        named.place as named_in,
        named.document_id as naming_document_id,
        named.page_number,
        named.line_id,
        named.title
    from required
    full outer join named
        on
            required.disclosure_id = named.disclosure_id
            and required.table_kind = named.table_kind

),

ruled as (

    select
        expected.*,
        rules.name_zh,
        rules.name_en,
        rules.alternatives,
        rules.title_pattern,
        rules.none_pattern
    from expected
    inner join disclosures
        on expected.disclosure_id = disclosures.disclosure_id
    inner join rules
        on
            disclosures.document_kind = rules.document_kind
            and expected.table_kind = rules.table_kind
            and rules.agency_domain is null

),

-- the table itself comes first, then what stands for it; a list of contents that names
-- both says that neither stands for the other
printed as (

    select
        ruled.disclosure_id,
        ruled.table_kind,
        held.table_kind as held_as,
        held.standing
    from ruled
    inner join held
        on
            ruled.disclosure_id = held.disclosure_id
            and (
                ruled.table_kind = held.table_kind
                or list_contains(string_split(ruled.alternatives, '|'), held.table_kind)
            )
    where
        ruled.table_kind = held.table_kind
        or not exists (
            select 1 from named
            where
                named.disclosure_id = ruled.disclosure_id
                and named.table_kind = held.table_kind
                and named.place = 'contents'
                and ruled.named_in = 'contents'
        )
    qualify row_number() over (
        partition by ruled.disclosure_id, ruled.table_kind
        order by
            held.standing = 'quarantined' asc,
            ruled.table_kind = held.table_kind desc,
            held.standing = 'said_empty' asc,
            held.table_kind asc
    ) = 1

),

unprinted as (

    select ruled.*
    from ruled
    left join printed
        on
            ruled.disclosure_id = printed.disclosure_id
            and ruled.table_kind = printed.table_kind
    where printed.disclosure_id is null

),

texts as (

    select
        documents.disclosure_id,
        regexp_replace(
            string_agg(
                lines.printed_text, '' order by lines.document_id, lines.line_no
            ),
            '[[:space:]　“”"]', '', 'g'
        ) as said
    from lines
    inner join documents
        on lines.document_id = documents.document_id
    where
        documents.disclosure_id in (select unprinted.disclosure_id from unprinted)
    group by documents.disclosure_id

),

said_empty as (

    select
        unprinted.disclosure_id,
        unprinted.table_kind
    from unprinted
    inner join texts
        on unprinted.disclosure_id = texts.disclosure_id
    where regexp_matches(texts.said, unprinted.none_pattern)

),

-- tables of no known kind, pages that were not read, and titles without a table below
-- them may be what is looked for
doubts as (

    select distinct
        unprinted.disclosure_id,
        unprinted.table_kind
    from unprinted
    inner join documents
        on unprinted.disclosure_id = documents.disclosure_id
    where
        exists (
            select 1 from tables
            where
                tables.document_id = documents.document_id
                and tables.table_kind = 'unknown'
                and regexp_matches(coalesce(tables.title, ''), unprinted.title_pattern)
        )
        or exists (
            select 1 from quarantine
            left join tables
                on
                    quarantine.document_id = tables.document_id
                    and quarantine.page_number is not distinct from tables.first_page
                    and tables.table_kind = 'unknown'
            where
                quarantine.document_id = documents.document_id
                and (
                    quarantine.reason = 'scan_not_read'
                    or (quarantine.reason = 'kind_unknown' and tables.title is null)
                )
        )
        or exists (
            select 1 from mentions
            where
                mentions.document_id = documents.document_id
                and mentions.place = 'heading'
                and (
                    mentions.table_kind = unprinted.table_kind
                    or mentions.title = unprinted.title
                )
        )

),

final as (

    select
        md5(concat_ws('|', ruled.disclosure_id, ruled.table_kind)) as expected_table_id,
        ruled.disclosure_id,
        ruled.table_kind,
        ruled.name_zh,
        ruled.name_en,
        ruled.is_required,
        ruled.named_in,
        ruled.naming_document_id,
        ruled.page_number,
        ruled.line_id,
        ruled.title,
        coalesce(
            printed.standing,
            case
                when said_empty.disclosure_id is not null then 'said_empty'
                when doubts.disclosure_id is not null then 'quarantined'
                else 'missing'
            end
        ) as standing,
        printed.held_as,
        doubts.disclosure_id is not null as is_doubtful
    from ruled
    left join printed
        on
            ruled.disclosure_id = printed.disclosure_id
            and ruled.table_kind = printed.table_kind
    left join said_empty
        on
            ruled.disclosure_id = said_empty.disclosure_id
            and ruled.table_kind = said_empty.table_kind
    left join doubts
        on
            ruled.disclosure_id = doubts.disclosure_id
            and ruled.table_kind = doubts.table_kind

)

select * from final

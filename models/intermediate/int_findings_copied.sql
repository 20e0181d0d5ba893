-- Contradictions that two documents print alike: a document and a copy of it in another
-- format or a scan, the department's publication and that of the unit itself. The same
-- rule on the same rows with the same figures; where a figure differs, they are two.
-- Words of rows may be misread in a scan: they are asked for between disclosures only.
with

figures as (

    select * from {{ ref('int_finding_figures') }}

),

told as (

    select * from {{ ref('int_findings_told') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

pages as (

    select * from {{ ref('stg_page') }}

),

scanned as (

    {{ scanned_documents('pages') }}

),

checks as (

    select
        finding_key,
        check_id,
        any_value(rule_id) as rule_id,
        md5(string_agg(said, chr(10) order by figure_no)) as said_key,
        md5(string_agg(named, chr(10) order by figure_no)) as named_key,
        md5(
            string_agg(cast(amount as varchar), '|' order by figure_no)
        ) as amount_key,
        min(place_id) as first_place_id
    from figures
    group by finding_key, check_id

),

currents as (

    select
        finding_key,
        bool_or(is_current) as is_current
    from figures
    group by finding_key

),

-- the one that is current leads, print before a scan, the department before its unit
described as (

    select
        checks.finding_key,
        checks.check_id,
        checks.rule_id,
        checks.said_key,
        checks.named_key,
        currents.is_current,
        told.document_id,
        documents.disclosure_id,
        documents.agency_id,
        documents.fiscal_year,
        documents.document_kind,
        concat_ws(
            '|',
            case when currents.is_current then 'current' else 'not current' end,
            case when scanned.is_scan then 'scan' else 'print' end,
            documents.scope,
            told.document_id
        ) as standing,
        -- lines of a list may look alike
        row_number() over (
            partition by
                told.document_id, checks.rule_id, checks.said_key, checks.amount_key
            order by checks.first_place_id asc, checks.check_id asc
        ) as said_no
    from checks
    inner join currents
        on checks.finding_key = currents.finding_key
    inner join told
        on checks.finding_key = told.finding_key
    inner join documents
        on told.document_id = documents.document_id
    left join scanned
        on told.document_id = scanned.document_id

),

paired as (

    select
        copies.finding_key,
        copies.check_id,
        firsts.finding_key as first_finding_key,
        firsts.check_id as first_check_id,
        firsts.standing as first_standing,
        copies.disclosure_id = firsts.disclosure_id as is_same_disclosure
    from described as copies
    inner join described as firsts
        on
            copies.agency_id = firsts.agency_id
            and copies.fiscal_year = firsts.fiscal_year
            and copies.document_kind = firsts.document_kind
            and copies.rule_id = firsts.rule_id
            and copies.said_key = firsts.said_key
            and copies.said_no = firsts.said_no
            and copies.document_id <> firsts.document_id
            and copies.standing > firsts.standing
            and case
                -- of one disclosure forms in files of their own are all current
                when copies.disclosure_id = firsts.disclosure_id
                    then not copies.is_current
                else copies.named_key = firsts.named_key
            end

),

compared as (

    select
        paired.finding_key,
        paired.first_finding_key,
        paired.first_standing,
        copied.place_id,
        first_figures.place_id as first_place_id,
        -- a copy may print fewer digits in a larger unit; other figures are others
        bool_and(
            copied.amount = first_figures.amount
            or (
                paired.is_same_disclosure
                and copied.half_digit > first_figures.half_digit
                and abs(copied.amount - first_figures.amount) <= copied.half_digit
            )
        ) over (partition by paired.check_id, paired.first_check_id) as is_same
    from paired
    inner join figures as copied
        on
            paired.finding_key = copied.finding_key
            and paired.check_id = copied.check_id
    inner join figures as first_figures
        on
            paired.first_finding_key = first_figures.finding_key
            and paired.first_check_id = first_figures.check_id
            and copied.figure_no = first_figures.figure_no

),

final as (

    select distinct
        finding_key,
        first_finding_key,
        place_id,
        first_place_id,
        min(first_standing) over (partition by finding_key)
        = first_standing as is_led
    from compared
    -- sentences of both may speak of one table
    where is_same and place_id <> first_place_id

)

select * from final

-- Findings that one misprinted figure explains, all of them by the same correction:
-- one cause, in whichever disclosures they are. Rates stay findings of their own, each
-- where it is printed.
with

suspected as (

    select
        *,
        concat_ws('|', part, document_id, cause) as finding_key
    from {{ ref('int_findings_suspected') }}

),

linked as (

    select
        suspected.place_id,
        suspected.finding_key,
        count(distinct partners.finding_key) as other_count,
        min(partners.finding_key) as first_other_key
    from suspected
    inner join suspected as partners
        on
            suspected.place_id = partners.place_id
            and suspected.finding_key <> partners.finding_key
            and suspected.lowest <= partners.highest
            and suspected.highest >= partners.lowest
    where not (suspected.is_rate and partners.is_rate)
    group by suspected.place_id, suspected.finding_key

),

-- the figure that explains most of them
final as (

    select
        finding_key,
        place_id,
        least(finding_key, first_other_key) as group_key
    from linked
    qualify
        row_number() over (
            partition by finding_key
            order by other_count desc, place_id asc
        ) = 1

)

select * from final

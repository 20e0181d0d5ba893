-- Which contradictions have one cause, and which of them tells it. A table that as a
-- whole contradicts others is one, so is a figure that breaks several rules, what a
-- document says again, and what a copy prints too.
with recursive

said as (

    select
        *,
        -- the same figures in the same relation, at whatever place
        case
            when left_line_id is not null
                then concat_ws(
                    '|', disclosure_id, kind, identity_ids, left_printed, right_printed
                )
            else finding_key
        end as repeat_key
    from {{ ref('int_findings_told') }}

),

by_table as (

    select * from {{ ref('int_findings_by_table') }}

),

patches as (

    select * from {{ ref('int_patches_described') }}

),

joined as (

    select * from {{ ref('int_findings_joined') }}

),

copied as (

    select distinct
        finding_key,
        first_finding_key,
        is_led
    from {{ ref('int_findings_copied') }}

),

-- an amount tells it before a rate, and of a table what it says against another
grouped as (

    select
        said.finding_key,
        said.document_id,
        said.kind,
        said.repeat_key,
        joined.place_id,
        by_table.patch_key,
        coalesce(
            by_table.patch_key,
            min(concat(joined.place_id, '|', joined.group_key)) filter (
                where joined.place_id is not null
            ) over (partition by said.repeat_key),
            said.repeat_key
        ) as cause_key,
        case
            when said.kind = 'wrong_percentage' then 5
            -- of a table something else is wrong than that a row or a figure is missing
            when
                patches.patch_key is not null
                and (
                    said.kind = 'missing_row'
                    or '' in (said.left_printed, said.right_printed)
                )
                then 4
            when
                list_has_any(
                    list_concat(said.left_cell_ids, said.right_cell_ids),
                    patches.other_cell_ids
                )
                then 0
            when said.part = 'identities' then 1
            when said.part = 'figures' then 2
            when said.part = 'amounts' then 3
            else 4
        end as rank_no
    from said
    left join by_table
        on said.finding_key = by_table.finding_key
    left join patches
        on by_table.patch_key = patches.patch_key
    left join joined
        on said.finding_key = joined.finding_key

),

leaders as (

    select
        copied.finding_key,
        min_by(firsts.cause_key, (firsts.rank_no, firsts.finding_key)) as cause_key,
        min_by(firsts.patch_key, (firsts.rank_no, firsts.finding_key)) as patch_key
    from copied
    inner join grouped as firsts
        on copied.first_finding_key = firsts.finding_key
    where copied.is_led
    group by copied.finding_key

),

-- a cause is one with that of its copy. Of a table as a whole only what the copy prints
-- too: what a copy has beside that is its own
linked as (

    select distinct
        grouped.cause_key,
        leaders.cause_key as other_cause_key
    from grouped
    inner join leaders
        on grouped.finding_key = leaders.finding_key
    where
        grouped.patch_key is null
        and leaders.patch_key is null
        and grouped.cause_key <> leaders.cause_key

),

links as (

    select * from linked

    union

    select
        other_cause_key as cause_key,
        cause_key as other_cause_key
    from linked

),

reached as (

    select
        cause_key,
        other_cause_key
    from links

    union

    select
        reached.cause_key,
        links.other_cause_key
    from reached
    inner join links
        on reached.other_cause_key = links.cause_key

),

components as (

    select
        cause_key,
        min(other_cause_key) as lowest_cause_key
    from reached
    group by cause_key

),

final as (

    select
        grouped.finding_key,
        case
            when grouped.patch_key is not null or leaders.patch_key is not null
                then coalesce(
                    leader_components.lowest_cause_key,
                    leaders.cause_key,
                    grouped.cause_key
                )
            else coalesce(components.lowest_cause_key, grouped.cause_key)
        end as cause_key,
        case
            when leaders.finding_key is null then grouped.patch_key
            else leaders.patch_key
        end as patch_key,
        grouped.repeat_key,
        grouped.place_id,
        grouped.rank_no,
        leaders.finding_key is not null as is_copy,
        -- what the copy alone says of the same cause
        leaders.finding_key is null
        and grouped.patch_key is null
        and coalesce(bool_or(leaders.cause_key <> grouped.cause_key) over (
            partition by grouped.cause_key
        ), false) as is_beside_copy
    from grouped
    left join leaders
        on grouped.finding_key = leaders.finding_key
    left join components
        on grouped.cause_key = components.cause_key
    left join components as leader_components
        on leaders.cause_key = leader_components.cause_key

)

select * from final

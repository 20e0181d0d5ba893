-- Findings as they are published: one row per cause. A table that as a whole
-- contradicts others is one, so is a figure that breaks several rules, and what a
-- document says again.
with

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

-- which findings have one cause, and which of them tells it: an amount before a rate,
-- and of a table what it says against another
grouped as (

    select
        said.*,
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

told as (

    select
        *,
        row_number() over (
            partition by cause_key
            order by rank_no asc, document_id asc, kind asc, finding_key asc
        ) as place_no,
        first_value(repeat_key) over (
            partition by cause_key
            order by rank_no asc, document_id asc, kind asc, finding_key asc
        ) as told_repeat_key
    from grouped

),

-- what else the same cause breaks
others as (

    select
        cause_key,
        count(*) filter (where repeat_key <> told_repeat_key) as other_count,
        count(*) filter (where repeat_key = told_repeat_key) as repeat_count,
        array_to_string(
            (
                list(
                    concat(
                        coalesce(nullif(left_printed, ''), '—'), ' / ',
                        coalesce(nullif(right_printed, ''), '—')
                    ) order by place_no
                )
                filter (where repeat_key <> told_repeat_key)
            )[1:3],
            '；'
        ) as printed,
        list_sort(list_distinct(flatten(list(identity_ids)))) as identity_ids,
        list(left_line_id order by place_no) filter (
            where repeat_key = told_repeat_key and left_line_id is not null
        ) as left_line_ids,
        list(right_line_id order by place_no) filter (
            where repeat_key = told_repeat_key and right_line_id is not null
        ) as right_line_ids,
        min(severity) filter (where severity <> 'low') as severity,
        bool_or(
            kind = 'suspect_reading' and left_printed <> '' and right_printed <> ''
        ) as has_doubt
    from told
    where place_no > 1
    group by cause_key

),

final as (

    select
        case
            when told.patch_key is not null
                then md5(concat_ws('|', 'table', told.patch_key))
            else md5(concat_ws('|', told.kind, told.document_id, told.cause))
        end as finding_id,
        case
            when told.patch_key is null then told.kind
            when told.kind = 'suspect_reading' or others.has_doubt
                then 'suspect_reading'
            else 'source_contradiction'
        end as kind,
        -- the words of severity stand in the order of the alphabet, but for `low`
        case
            when told.severity = 'low' then coalesce(others.severity, 'low')
            else least(told.severity, others.severity)
        end as severity,
        told.disclosure_id,
        told.document_id,
        cast(
            coalesce(patches.page_number, told.page_number) as integer
        ) as page_number,
        concat(
            patches.description,
            told.description,
            case
                when patches.patch_key is null and others.other_count > 0
                    then concat(
                        '同一数字还与另外 ', others.other_count, ' 处不符：',
                        others.printed, '。'
                    )
                else ''
            end,
            case
                when patches.patch_key is null and others.repeat_count > 0
                    then concat('同样的话另有 ', others.repeat_count, ' 处。')
                else ''
            end
        ) as description,
        concat(
            patches.description_en,
            told.description_en,
            case
                when patches.patch_key is null and others.other_count > 0
                    then concat(
                        ' The same figure is behind ', others.other_count,
                        ' more: ', others.printed, '.'
                    )
                else ''
            end,
            case
                when patches.patch_key is null and others.repeat_count > 0
                    then concat(
                        ' The same is said at ', others.repeat_count, ' more ',
                        case others.repeat_count when 1 then 'place' else 'places' end,
                        '.'
                    )
                else ''
            end
        ) as description_en,
        told.left_printed,
        told.right_printed,
        case
            when others.cause_key is not null
                then
                    list_sort(
                        list_distinct(
                            list_concat(told.identity_ids, others.identity_ids)
                        )
                    )
            else told.identity_ids
        end as identity_ids,
        {{ side_of_table('left', 'right') }} as left_cell_ids,
        {{ side_of_table('right', 'left') }} as right_cell_ids,
        list_concat(
            case when told.left_line_id is not null then [told.left_line_id] end,
            others.left_line_ids
        ) as left_line_ids,
        list_concat(
            case when told.right_line_id is not null then [told.right_line_id] end,
            others.right_line_ids
        ) as right_line_ids,
        -- the figure that mends them all, where it is a cell of this finding
        case
            when patches.patch_key is not null then null
            when
                others.other_count > 0
                and list_contains(
                    list_concat(told.left_cell_ids, told.right_cell_ids),
                    told.place_id
                )
                then told.place_id
            else told.suspect_cell_id
        end as suspect_cell_id,
        told.right_document_id
    from told
    left join others
        on told.cause_key = others.cause_key
    left join patches
        on told.patch_key = patches.patch_key
    where told.place_no = 1

)

select * from final

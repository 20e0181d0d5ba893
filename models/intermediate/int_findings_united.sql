{% set most_copies = 3 %}

-- Findings as they are published: one row per cause. A table that as a whole
-- contradicts others is one, so is a figure that breaks several rules, what a document
-- says again, and what a copy prints too.
with

said as (

    select * from {{ ref('int_findings_told') }}

),

grouped as (

    select * from {{ ref('int_findings_grouped') }}

),

patches as (

    select * from {{ ref('int_patches_described') }}

),

copied as (

    select * from {{ ref('int_findings_copied') }}

),

files as (

    select
        document_id,
        min_by(file_name, file_path) as file_name
    from {{ ref('stg_source') }}
    group by document_id

),

told as (

    select
        said.*,
        grouped.cause_key,
        grouped.patch_key,
        grouped.repeat_key,
        grouped.place_id,
        grouped.is_copy,
        row_number() over causes as place_no,
        first_value(said.finding_key) over causes as told_finding_key,
        first_value(grouped.repeat_key) over causes as told_repeat_key
    from said
    inner join grouped
        on said.finding_key = grouped.finding_key
    window causes as (
        partition by grouped.cause_key
        order by
            grouped.is_beside_copy asc,
            grouped.is_copy asc,
            grouped.rank_no asc,
            said.document_id asc,
            said.kind asc,
            said.finding_key asc
    )

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
    where place_no > 1 and not is_copy
    group by cause_key

),

-- which other documents print it too, and on which page
copying as (

    select
        told.cause_key,
        told.document_id,
        min(told.page_number) as page_number
    from told
    inner join told as firsts
        on
            told.cause_key = firsts.cause_key
            and firsts.place_no = 1
    where told.is_copy and told.document_id <> firsts.document_id
    group by told.cause_key, told.document_id

),

copying_named as (

    select
        copying.cause_key,
        copying.document_id,
        concat(
            coalesce(files.file_name, copying.document_id),
            case
                when copying.page_number is not null
                    then concat('（第 ', copying.page_number, ' 页）')
                else ''
            end
        ) as said,
        concat(
            coalesce(files.file_name, copying.document_id),
            case
                when copying.page_number is not null
                    then concat(' (page ', copying.page_number, ')')
                else ''
            end
        ) as said_en
    from copying
    left join files
        on copying.document_id = files.document_id

),

copies as (

    select
        cause_key,
        concat(
            array_to_string(
                (list(said order by said))[1:{{ most_copies }}], '、'
            ),
            case
                when count(*) > {{ most_copies }}
                    then concat(' 等 ', count(*), ' 份文件')
                else ''
            end
        ) as said,
        concat(
            array_to_string(
                (list(said_en order by said_en))[1:{{ most_copies }}], ', '
            ),
            case
                when count(*) > {{ most_copies }}
                    then concat(' and ', count(*) - {{ most_copies }}, ' more')
                else ''
            end
        ) as said_en
    from copying_named
    group by cause_key

),

-- and where it prints what tells the cause
told_places as (

    {% for side in ['left', 'right'] %}
        select
            cause_key,
            '{{ side }}' as side,
            'cell' as thing,
            unnest({{ side }}_cell_ids) as place_id
        from told
        where place_no = 1

        union all

        select
            cause_key,
            '{{ side }}' as side,
            'line' as thing,
            {{ side }}_line_id as place_id
        from told
        where place_no = 1

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

copied_places as (

    select
        told_places.cause_key,
        {% for side in ['left', 'right'] %}
            {% for thing in ['cell', 'line'] %}
                list(distinct copied.place_id order by copied.place_id) filter (
                    where
                    told_places.side = '{{ side }}'
                    and told_places.thing = '{{ thing }}'
                ) as {{ side }}_{{ thing }}_ids,
            {% endfor %}
        {% endfor %}
        list(distinct copied.place_id) as place_ids
    from told_places
    inner join told as copies
        on told_places.cause_key = copies.cause_key
    inner join copied
        on
            copies.finding_key = copied.finding_key
            and told_places.place_id = copied.first_place_id
    group by told_places.cause_key

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
            end,
            case
                when copies.cause_key is not null
                    then concat('其他文件也这样印：', copies.said, '。')
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
            end,
            case
                when copies.cause_key is not null
                    then concat(' Printed alike in ', copies.said_en, '.')
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
        list_concat(
            {{ side_of_table('left', 'right') }},
            copied_places.left_cell_ids
        ) as left_cell_ids,
        list_concat(
            {{ side_of_table('right', 'left') }},
            copied_places.right_cell_ids
        ) as right_cell_ids,
        list_concat(
            case when told.left_line_id is not null then [told.left_line_id] end,
            others.left_line_ids,
            copied_places.left_line_ids
        ) as left_line_ids,
        list_concat(
            case when told.right_line_id is not null then [told.right_line_id] end,
            others.right_line_ids,
            copied_places.right_line_ids
        ) as right_line_ids,
        coalesce(copied_places.place_ids, cast([] as varchar[])) as copied_place_ids,
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
    left join copies
        on told.cause_key = copies.cause_key
    left join copied_places
        on told.cause_key = copied_places.cause_key
    left join patches
        on told.patch_key = patches.patch_key
    where told.place_no = 1

)

select * from final

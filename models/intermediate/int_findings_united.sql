-- Everything that the audit has to say, with its places: the columns of each part stand
-- in this order.
with

united as (

    select
        *,
        'identities' as part
    from {{ ref('int_identities_contradicted') }}

    union all

    select
        *,
        'relations' as part
    from {{ ref('int_relations_contradicted') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_tables_said_empty') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_tables_missing') }}

    union all

    select
        *,
        'figures' as part
    from {{ ref('int_figures_reprinted') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_class_names_conflicting') }}

    union all

    select
        *,
        'amounts' as part
    from {{ ref('int_amounts_conflicting') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_goals_contradicting') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_scores_conflicting') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_documents_overlapping') }}

    union all

    select
        *,
        'others' as part
    from {{ ref('int_decisions_unfit') }}

),

joined as (

    select * from {{ ref('int_findings_joined') }}

),

-- which findings have one cause, and which of them tells it: an amount before a rate
grouped as (

    select
        united.*,
        joined.place_id,
        case
            when joined.place_id is not null
                then concat_ws('|', joined.place_id, joined.group_key)
            else concat_ws('|', united.kind, united.document_id, united.cause)
        end as cause_key,
        case
            when united.kind = 'wrong_percentage' then 5
            when united.part = 'identities' then 1
            when united.part = 'figures' then 2
            when united.part = 'amounts' then 3
            else 4
        end as rank_no
    from united
    left join joined
        on
            concat_ws('|', united.part, united.document_id, united.cause)
            = joined.finding_key

),

told as (

    select
        *,
        row_number() over (
            partition by disclosure_id, cause_key
            order by rank_no asc, document_id asc, kind asc, cause asc
        ) as place_no
    from grouped

),

-- what else the same figure breaks
others as (

    select
        disclosure_id,
        cause_key,
        count(*) as other_count,
        array_to_string(
            (list(concat(left_printed, ' / ', right_printed) order by place_no))[1:3],
            '；'
        ) as printed,
        list_sort(list_distinct(flatten(list(identity_ids)))) as identity_ids,
        min(severity) filter (where severity <> 'low') as severity
    from told
    where place_no > 1
    group by disclosure_id, cause_key

),

final as (

    select
        md5(concat_ws('|', told.kind, told.document_id, told.cause)) as finding_id,
        told.kind,
        -- the words of severity stand in the order of the alphabet, but for `low`
        case
            when told.severity = 'low' then coalesce(others.severity, 'low')
            else least(told.severity, others.severity)
        end as severity,
        told.disclosure_id,
        told.document_id,
        cast(told.page_number as integer) as page_number,
        concat(
            told.description,
            case
                when others.other_count > 0
                    then concat(
                        '同一数字还与另外 ', others.other_count, ' 处不符：',
                        others.printed, '。'
                    )
                else ''
            end
        ) as description,
        concat(
            told.description_en,
            case
                when others.other_count > 0
                    then concat(
                        ' The same figure is behind ', others.other_count,
                        ' more: ', others.printed, '.'
                    )
                else ''
            end
        ) as description_en,
        told.left_printed,
        told.right_printed,
        case
            when others.other_count > 0
                then
                    list_sort(
                        list_distinct(
                            list_concat(told.identity_ids, others.identity_ids)
                        )
                    )
            else told.identity_ids
        end as identity_ids,
        told.left_cell_ids,
        told.right_cell_ids,
        told.left_line_id,
        told.right_line_id,
        -- the figure that mends them all, where it is a cell of this finding
        case
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
        on
            told.disclosure_id = others.disclosure_id
            and told.cause_key = others.cause_key
    where told.place_no = 1

)

select * from final

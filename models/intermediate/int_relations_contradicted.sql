-- What the audit says about broken relations: one row per cause.
with

told as (

    select
        *,
        -- what is counted, or measured in a unit of its own, is no money
        case when is_count then '' else ' 元' end as unit_word,
        case when is_count then '' else ' yuan' end as unit_word_en,
        starts_with(comparison, 'direction') as is_direction,
        case
            when sign(rate) = sign(rate_computed) then ''
            when rate_computed < 0 then '下降 '
            else '增长 '
        end as turned,
        case
            when sign(rate) = sign(rate_computed) then ''
            when rate_computed < 0 then 'a decrease of '
            else 'an increase of '
        end as turned_en
    from {{ ref('int_relation_causes') }}

),

causes as (

    select
        disclosure_id,
        cause,
        min(check_id) as check_id,
        list(distinct relation_id order by relation_id) as identity_ids
    from told
    group by disclosure_id, cause

),

final as (

    select
        case
            when told.is_direction then 'sentence_mismatch'
            when told.rate is not null then 'wrong_percentage'
            when told.left_line_id is null and told.right_line_id is null
                then 'source_contradiction'
            else 'sentence_mismatch'
        end as kind,
        case
            when told.strength = 'soft' then 'low'
            -- as printed neither is the larger
            when told.comparison = 'direction' and told.right_value = 0 then 'low'
            -- cut off, or set so that the shares make a hundred
            when abs(told.rate - told.rate_computed) <= 3 * told.rate_half then 'low'
            else 'medium'
        end as severity,
        told.disclosure_id,
        told.left_document_id as document_id,
        told.page_number,
        concat(
            '按规则，', told.description,
            case
                when told.is_direction
                    then concat(
                        '；文字说明为 ', told.left_printed, '，与所印的 ',
                        told.right_printed, ' 不符。'
                    )
                when told.rate is not null
                    then concat(
                        '；文字说明',
                        case
                            when told.said_of is not null
                                then concat('“', told.said_of, '”的比例')
                            else ''
                        end,
                        '为 ', told.left_printed, '，按所印金额（',
                        told.right_printed, '）计算为 ', told.turned,
                        cast(abs(told.rate_computed) as decimal(18, 2)), '%。'
                    )
                else concat(
                    '；本文件前者为 ', {{ said_amount('told.left_value') }},
                    told.unit_word, '（', told.left_printed, '），后者为 ',
                    {{ said_amount('told.right_value') }}, told.unit_word, '（',
                    told.right_printed, '），相差 ',
                    {{ said_amount('abs(told.difference)') }}, told.unit_word, '。'
                )
            end
        ) as description,
        concat(
            told.description_en,
            case
                when told.is_direction
                    then concat(
                        ', but a sentence says ', told.left_printed, ' where ',
                        told.right_printed, ' is printed.'
                    )
                when told.rate is not null
                    then concat(
                        ', but a sentence',
                        case
                            when told.said_of_en is not null
                                then concat(' on “', told.said_of_en, '”')
                            else ''
                        end,
                        ' says ', told.left_printed,
                        ' where the amounts printed (', told.right_printed, ') give ',
                        told.turned_en,
                        cast(abs(told.rate_computed) as decimal(18, 2)), '%.'
                    )
                else concat(
                    ', but the first is ', {{ said_amount('told.left_value') }},
                    told.unit_word_en, ' (', told.left_printed, ') and the second ',
                    {{ said_amount('told.right_value') }}, told.unit_word_en, ' (',
                    told.right_printed, ').'
                )
            end
        ) as description_en,
        told.left_printed,
        told.right_printed,
        causes.identity_ids,
        told.left_cell_ids,
        told.right_cell_ids,
        told.left_line_id,
        told.right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        told.cause
    from told
    inner join causes
        on told.check_id = causes.check_id

)

select * from final

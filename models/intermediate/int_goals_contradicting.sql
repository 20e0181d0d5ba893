-- What the audit says about goals and indicators of one form that name one thing with
-- two figures. The indicator's name must stand in the words of the goal nearly whole,
-- and point to no other goal; an indicator may ask for more than the goal.
with

remarks as (

    select * from {{ ref('stg_remark') }}
    where remark_kind = 'goal'

),

indicators as (

    select * from {{ ref('stg_indicator') }}
    where
        target_value is not null
        and cell_id is not null
        and coalesce(horizon, 'year') <> 'prior_year'

),

current_forms as (

    select * from {{ ref('int_form_kinds_current') }}
    where is_current

),

spelled as (

    select
        remarks.remark_id,
        indicators.indicator_id,
        remarks.form_id,
        list_distinct(
            string_split(
                regexp_replace(indicators.level_3, '[^一-龥]', '', 'g'), ''
            )
        ) as name_signs,
        list_distinct(
            string_split(
                regexp_replace(remarks.printed_name, '[^一-龥]', '', 'g'), ''
            )
        ) as goal_signs
    from remarks
    inner join indicators
        on
            remarks.form_id = indicators.form_id
            and (
                remarks.unit = indicators.target_unit
                or (
                    remarks.unit in ('个', '项', '件')
                    and indicators.target_unit in ('个', '项', '件')
                )
            )

),

matched as (

    select
        remark_id,
        indicator_id,
        len(list_intersect(name_signs, goal_signs)) as common_count,
        len(name_signs) as name_count
    from spelled
    where
        len(list_intersect(name_signs, goal_signs)) >= 5
        and len(list_intersect(name_signs, goal_signs)) >= 0.7 * len(name_signs)

),

-- one goal, one indicator
paired as (

    select
        remark_id,
        indicator_id
    from matched
    qualify
        rank() over (partition by remark_id order by common_count desc) = 1
        and count(*) over (partition by remark_id) = 1
        and count(*) over (partition by indicator_id) = 1

),

final as (

    select
        'source_contradiction' as kind,
        'medium' as severity,
        current_forms.disclosure_id,
        remarks.document_id,
        indicators.page_number,
        concat(
            '同一张绩效表中，总体目标为“', remarks.remark_text, '”，绩效指标“',
            indicators.level_3, '”为 ', indicators.target_text, '。'
        ) as description,
        concat(
            'The goal of a form says ', remarks.remark_text, ', its indicator ',
            indicators.level_3, ' says ', indicators.target_text, '.'
        ) as description_en,
        remarks.printed as left_printed,
        indicators.target_text as right_printed,
        cast([] as varchar[]) as identity_ids,
        case
            when remarks.cell_id is null then cast([] as varchar[])
            else [remarks.cell_id]
        end as left_cell_ids,
        [indicators.cell_id] as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        indicators.indicator_id as cause
    from paired
    inner join remarks
        on paired.remark_id = remarks.remark_id
    inner join indicators
        on paired.indicator_id = indicators.indicator_id
    inner join current_forms
        on
            indicators.document_id = current_forms.document_id
            and indicators.table_kind = current_forms.table_kind
    where
        case
            when remarks.operator in ('>=', '>')
                then indicators.target_value < remarks.value
            when remarks.operator in ('<=', '<')
                then indicators.target_value > remarks.value
            else indicators.target_value <> remarks.value
        end

)

select * from final

with

indicators as (

    select * from {{ ref('stg_indicator') }}
    where cell_id is not null

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

mentions as (

    select * from {{ ref('int_project_mentions_joined') }}

),

current_forms as (

    select * from {{ ref('int_form_kinds_current') }}

),

final as (

    select
        indicators.indicator_id,
        mentions.project_id,
        documents.disclosure_id,
        indicators.document_id,
        indicators.table_kind,
        indicators.horizon,
        indicators.level_1,
        indicators.level_2,
        indicators.level_3,
        indicators.target_text,
        indicators.target_operator,
        cast(indicators.target_value as decimal(24, 6)) as target_value,
        indicators.target_unit,
        indicators.actual_text,
        indicators.reason_text,
        indicators.weight,
        indicators.score,
        coalesce(current_forms.is_current, false) as is_current,
        cast(indicators.page_number as integer) as page_number,
        indicators.cell_id
    from indicators
    inner join documents
        on indicators.document_id = documents.document_id
    left join mentions
        on indicators.form_id = mentions.mention_id
    left join current_forms
        on
            documents.disclosure_id = current_forms.disclosure_id
            and indicators.table_kind = current_forms.table_kind
            and indicators.document_id = current_forms.document_id

)

select * from final

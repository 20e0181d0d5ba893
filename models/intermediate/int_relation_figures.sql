-- What tables print and sentences state, side by side, in the words in which the
-- relations ask for it. Current figures only: a copy says nothing twice.
with

figures as (

    select * from {{ ref('int_figures_tidy') }}

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}
    where is_current

),

statements as (

    select * from {{ ref('stg_statement') }}

),

stated as (

    select * from {{ ref('fct_stated_figure') }}
    where is_current

),

passages as (

    select * from {{ ref('int_statement_passages') }}

),

-- a sentence that contradicts its table is a finding of its own
contradicting as (

    select * from {{ ref('int_statements_contradicting') }}

),

doubts as (

    select * from {{ ref('int_places_doubtful') }}

),

-- 304.4 among amounts with two digits is 304.40 in the publisher's own format
formats as (

    select
        document_id,
        unit,
        mode(length(split_part(printed, '.', 2))) as digit_count
    from statements
    where amount_yuan is not null
    group by document_id, unit

),

-- the form in which a figure stands
form_cells as (

    select * from {{ ref('stg_form_cell') }}

),

current_forms as (

    select * from {{ ref('int_form_kinds_current') }}
    where is_current

),

indicators as (

    select * from {{ ref('stg_indicator') }}
    where target_value is not null and cell_id is not null

),

indicator_words as (

    select * from {{ ref('indicator_word') }}

),

labels as (

    select * from {{ ref('word_label') }}
    where word_kind in ('topic', 'income_source')

),

remarks as (

    select * from {{ ref('stg_remark') }}
    where remark_kind in ('whole', 'part', 'some', 'none')

),

-- narratives of the current document; what they say of single projects too
spoken as (

    select distinct
        document_id,
        disclosure_id
    from stated

),

said as (

    select
        spoken.disclosure_id,
        statements.*,
        coalesce(
            statements.project_name, statements.item_name, statements.section_name,
            statements.class_name
        ) as printed_name,
        greatest(
            length(split_part(statements.printed, '.', 2)),
            coalesce(formats.digit_count, 0)
        ) as digit_count
    from statements
    inner join spoken
        on statements.document_id = spoken.document_id
    left join formats
        on
            statements.document_id = formats.document_id
            and statements.unit = formats.unit

),

final as (

    select
        figures.cell_id as place_id,
        figures.cell_id,
        cast(null as varchar) as line_id,
        figures.document_id,
        figures.disclosure_id,
        figures.table_kind,
        figures.subject,
        figures.word,
        coalesce(figures.basis, 'amount') as measure,
        case
            when figures.subject = 'three_public' then 'total' else figures.level
        end as level,
        figures.fund,
        figures.is_fund_part,
        figures.is_fund_addend,
        figures.is_source_part,
        figures.code,
        figures.parent_code,
        figures.basis,
        figures.row_key,
        coalesce(form_cells.form_id, figures.group_key) as group_key,
        figures.within_key,
        cast(figures.amount_yuan as decimal(24, 6)) as amount,
        cast(figures.half_digit_yuan as decimal(24, 8)) as half_digit,
        figures.page_number,
        figures.amount_printed as printed,
        cast(null as varchar) as said_of,
        cast(null as varchar) as said_of_en,
        figures.cell_id as said_key,
        doubts.document_id is not null as is_doubtful,
        cast(null as varchar) as section_key,
        false as is_whole_unread
    from figures
    inner join current_kinds
        on
            figures.document_id = current_kinds.document_id
            and figures.disclosure_id = current_kinds.disclosure_id
            and figures.table_kind = current_kinds.table_kind
    left join doubts
        on
            figures.document_id = doubts.document_id
            and figures.table_kind = doubts.table_kind
            -- of forms a figure in doubt is not landed, and to count them says so
            and doubts.place = ''
    left join form_cells
        on
            figures.cell_id = form_cells.cell_id
            and figures.document_id = form_cells.document_id

    union all

    -- targets of forms that are money of a known kind
    select
        indicators.indicator_id as place_id,
        indicators.cell_id,
        cast(null as varchar) as line_id,
        indicators.document_id,
        current_forms.disclosure_id,
        indicators.table_kind,
        'indicator' as subject,
        indicator_words.word,
        'amount' as measure,
        'line' as level,
        'all' as fund,
        false as is_fund_part,
        false as is_fund_addend,
        false as is_source_part,
        cast(null as varchar) as code,
        cast(null as varchar) as parent_code,
        cast(null as varchar) as basis,
        cast(null as varchar) as row_key,
        cast(null as varchar) as group_key,
        indicators.form_id as within_key,
        cast(
            {{ stated_in_yuan('indicators.target_value', 'indicators.target_unit') }}
            as decimal(24, 6)
        ) as amount,
        cast(0 as decimal(24, 8)) as half_digit,
        indicators.page_number,
        indicators.target_text as printed,
        cast(null as varchar) as said_of,
        cast(null as varchar) as said_of_en,
        indicators.indicator_id as said_key,
        false as is_doubtful,
        cast(null as varchar) as section_key,
        false as is_whole_unread
    from indicators
    inner join current_forms
        on
            indicators.document_id = current_forms.document_id
            and indicators.table_kind = current_forms.table_kind
    inner join indicator_words
        on
            indicators.target_operator = indicator_words.operator
            and regexp_matches(indicators.level_3, indicator_words.pattern)
    where
        {{ stated_in_yuan('indicators.target_value', 'indicators.target_unit') }}
        is not null

    union all

    -- breakdowns and denials of sentences, in their own units
    select
        remarks.remark_id as place_id,
        cast(null as varchar) as cell_id,
        remarks.line_id,
        remarks.document_id,
        spoken.disclosure_id,
        'narrative' as table_kind,
        'remark' as subject,
        case
            when remarks.remark_kind in ('whole', 'part') then remarks.remark_kind
            else remarks.printed_name
        end as word,
        case
            when remarks.remark_kind in ('some', 'none') then remarks.remark_kind
            else 'amount'
        end as measure,
        'total' as level,
        cast(null as varchar) as fund,
        false as is_fund_part,
        false as is_fund_addend,
        false as is_source_part,
        cast(null as varchar) as code,
        cast(null as varchar) as parent_code,
        cast(null as varchar) as basis,
        concat_ws('|', remarks.document_id, remarks.group_no) as row_key,
        cast(null as varchar) as group_key,
        cast(null as varchar) as within_key,
        remarks.value as amount,
        cast(
            case
                when contains(remarks.printed, '.')
                    then
                        0.5
                        / power(10, length(split_part(remarks.printed, '.', 2)))
                else 0
            end as decimal(24, 8)
        ) as half_digit,
        remarks.page_number,
        concat(remarks.printed, remarks.unit) as printed,
        cast(null as varchar) as said_of,
        cast(null as varchar) as said_of_en,
        remarks.remark_id as said_key,
        false as is_doubtful,
        cast(null as varchar) as section_key,
        false as is_whole_unread
    from remarks
    inner join spoken
        on remarks.document_id = spoken.document_id

    union all

    select
        said.statement_id as place_id,
        cast(null as varchar) as cell_id,
        said.line_id,
        said.document_id,
        said.disclosure_id,
        'narrative' as table_kind,
        'stated' as subject,
        case
            when said.project_name is not null then 'single_project'
            when said.topic = 'income_source' then said.income_source
            else said.topic
        end as word,
        passages.meant as measure,
        case
            when said.item_name is not null then 'item'
            when said.section_name is not null then 'section'
            when said.class_name is not null then 'class'
            else 'total'
        end as level,
        cast(null as varchar) as fund,
        false as is_fund_part,
        false as is_fund_addend,
        false as is_source_part,
        stated.function_code as code,
        cast(null as varchar) as parent_code,
        cast(null as varchar) as basis,
        concat_ws('|', said.document_id, passages.passage_key) as row_key,
        cast(null as varchar) as group_key,
        cast(null as varchar) as within_key,
        cast(coalesce(said.amount_yuan, said.value) as decimal(24, 6)) as amount,
        cast(
            case
                when said.amount_yuan is not null
                    then
                        said.half_digit_yuan
                        * power(
                            10, length(split_part(said.printed, '.', 2))
                        ) / power(10, said.digit_count)
                when said.unit = '%'
                    then 0.5 / power(10, length(split_part(said.printed, '.', 2)))
                else 0
            end as decimal(24, 8)
        ) as half_digit,
        said.page_number,
        concat(said.printed, said.unit) as printed,
        coalesce(said.printed_name, labels.zh) as said_of,
        coalesce(said.printed_name, labels.en) as said_of_en,
        -- the same said again, of the same, is one figure
        concat_ws(
            '|',
            regexp_replace(passages.passage_key, '\|[0-9]+$', ''),
            passages.meant,
            coalesce(said.amount_yuan, said.value)
        ) as said_key,
        contradicting.statement_id is not null as is_doubtful,
        concat_ws('|', said.document_id, said.section_no) as section_key,
        said.is_whole_unread
    from said
    inner join passages
        on said.statement_id = passages.statement_id
    left join stated
        on said.statement_id = stated.stated_figure_id
    left join contradicting
        on said.statement_id = contradicting.statement_id
    left join labels
        on
            labels.word_kind = case
                when said.topic = 'income_source' then 'income_source' else 'topic'
            end
            and labels.word = case
                when said.topic = 'income_source' then said.income_source
                else said.topic
            end
            -- a word for all that has no word of its own names nothing
            and labels.word <> 'other_printed'

)

select * from final

-- Contradictions of words (names, notes, goals, scores): where they stand, and what is
-- said of them, with all of their words.
with

told as (

    select * from {{ ref('int_findings_told') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

other_places as (

    {% for side in ['left', 'right'] %}
        select
            finding_key,
            kind,
            document_id,
            description,
            '{{ side }}' as side,
            unnest({{ side }}_cell_ids) as cell_id,
            cast(null as varchar) as line_id
        from told
        where part = 'others'

        union all

        select
            finding_key,
            kind,
            document_id,
            description,
            '{{ side }}' as side,
            cast(null as varchar) as cell_id,
            {{ side }}_line_id as line_id
        from told
        where part = 'others' and {{ side }}_line_id is not null

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

printed_tables as (

    select
        cells.cell_id,
        tables.document_id,
        tables.table_kind
    from cells
    inner join tables
        on cells.table_id = tables.table_id

),

current_documents as (

    select
        document_id,
        bool_or(is_current) as is_current
    from current_kinds
    group by document_id

),

final as (

    select
        other_places.finding_key,
        other_places.finding_key as check_id,
        other_places.kind as rule_id,
        concat_ws(
            '|', other_places.side, other_places.line_id is not null,
            other_places.description
        ) as said,
        other_places.cell_id,
        other_places.line_id,
        coalesce(
            current_kinds.is_current, current_documents.is_current, true
        ) as is_current
    from other_places
    left join printed_tables
        on other_places.cell_id = printed_tables.cell_id
    left join current_kinds
        on
            printed_tables.document_id = current_kinds.document_id
            and printed_tables.table_kind = current_kinds.table_kind
    left join current_documents
        on other_places.document_id = current_documents.document_id
    where
        other_places.kind in (
            'code_name_conflict', 'sentence_mismatch', 'source_contradiction'
        )

)

select * from final

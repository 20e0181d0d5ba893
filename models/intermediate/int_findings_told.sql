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

final as (

    select
        kind,
        severity,
        disclosure_id,
        document_id,
        page_number,
        description,
        description_en,
        left_printed,
        right_printed,
        identity_ids,
        left_cell_ids,
        right_cell_ids,
        left_line_id,
        right_line_id,
        suspect_cell_id,
        right_document_id,
        cause,
        part,
        concat_ws('|', part, document_id, cause) as finding_key
    from united

)

select * from final

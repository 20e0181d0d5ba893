-- Everything that the audit has to say, with its places: the columns of each part stand
-- in this order.
with

united as (

    select * from {{ ref('int_identities_contradicted') }}

    union all

    select * from {{ ref('int_relations_contradicted') }}

    union all

    select * from {{ ref('int_tables_said_empty') }}

    union all

    select * from {{ ref('int_tables_missing') }}

    union all

    select * from {{ ref('int_figures_reprinted') }}

    union all

    select * from {{ ref('int_class_names_conflicting') }}

    union all

    select * from {{ ref('int_amounts_conflicting') }}

    union all

    select * from {{ ref('int_documents_overlapping') }}

    union all

    select * from {{ ref('int_decisions_unfit') }}

),

final as (

    select
        md5(concat_ws('|', kind, document_id, cause)) as finding_id,
        kind,
        severity,
        disclosure_id,
        document_id,
        cast(page_number as integer) as page_number,
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
        right_document_id
    from united

)

select * from final

-- The figures that are not the same as in the publication before. Two figures that say
-- the same and have the same amount are one; of the rest, those that say the same are
-- one that changed.
with

published_facts as (

    select * from {{ ref('stg_published_fact') }}

),

current_facts as (

    select * from {{ ref('int_facts_current') }}

),

-- nearly all figures stand where they stood and say what they said: only the others
-- need a key
unmoved as (

    select
        published_facts.fact,
        published_facts.cell_id
    from published_facts
    inner join current_facts
        on
            published_facts.cell_id = current_facts.cell_id
            and published_facts.fact = current_facts.fact
            and published_facts.amount_yuan = current_facts.amount_yuan
            and published_facts.disclosure_id = current_facts.disclosure_id
            and published_facts.table_kind = current_facts.table_kind
            and published_facts.fund = current_facts.fund
    where
        published_facts.level is not distinct from current_facts.level
        and published_facts.word is not distinct from current_facts.word
        and published_facts.basis is not distinct from current_facts.basis
        and published_facts.function_code
        is not distinct from current_facts.function_code
        and published_facts.unit_code is not distinct from current_facts.unit_code
        and published_facts.department_economic_code
        is not distinct from current_facts.department_economic_code
        and published_facts.government_economic_code
        is not distinct from current_facts.government_economic_code
        and published_facts.row_label is not distinct from current_facts.row_label
        and published_facts.column_label
        is not distinct from current_facts.column_label

),

published_figures as (

    select
        published_facts.*,
        {{ figure_key('published_facts') }} as figure_key
    from published_facts
    left join unmoved
        on
            published_facts.cell_id = unmoved.cell_id
            and published_facts.fact = unmoved.fact
    where unmoved.cell_id is null

),

current_figures as (

    select
        current_facts.*,
        {{ figure_key('current_facts') }} as figure_key
    from current_facts
    left join unmoved
        on
            current_facts.cell_id = unmoved.cell_id
            and current_facts.fact = unmoved.fact
    where unmoved.cell_id is null

),

-- a first publication changes nothing
publication as (

    select * from {{ ref('stg_published') }}

),

published_copies as (

    {{ numbered_copies('published_figures') }}

),

current_copies as (

    {{ numbered_copies('current_figures') }}

),

published_rest as (

    {{ copies_without('published_copies', 'current_copies') }}

),

current_rest as (

    {{ copies_without('current_copies', 'published_copies') }}

),

final as (

    select
        case
            when published_rest.figure_key is null then 'added'
            when current_rest.figure_key is null then 'gone'
            else 'changed'
        end as kind,
        coalesce(current_rest.fact, published_rest.fact) as fact,
        coalesce(
            current_rest.disclosure_id, published_rest.disclosure_id
        ) as disclosure_id,
        coalesce(current_rest.table_kind, published_rest.table_kind)
            as table_kind,
        coalesce(current_rest.row_label, published_rest.row_label) as row_label,
        coalesce(
            current_rest.column_label, published_rest.column_label
        ) as column_label,
        published_rest.document_id as previous_document_id,
        published_rest.page_number as previous_page_number,
        published_rest.cell_id as previous_cell_id,
        published_rest.amount_yuan as previous_amount_yuan,
        published_rest.amount_printed as previous_printed,
        published_rest.reading as previous_reading,
        current_rest.document_id,
        current_rest.page_number,
        current_rest.cell_id,
        current_rest.amount_yuan,
        current_rest.amount_printed,
        current_rest.reading
    from published_rest
    full outer join current_rest
        on
            published_rest.figure_key = current_rest.figure_key
            and published_rest.rest_no = current_rest.rest_no
    where exists (select 1 from publication)

)

select * from final

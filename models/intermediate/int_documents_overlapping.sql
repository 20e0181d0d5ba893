-- What the audit says about documents that print the same as others: one row per pair.
with

figures as (

    select * from {{ ref('int_figures_settled') }}

),

table_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

-- two documents of one disclosure that print the same kind of table
compared as (

    select
        figures.disclosure_id,
        figures.table_kind,
        figures.document_id,
        sum(figures.amount_yuan) as sum_yuan,
        count(*) as fact_count
    from figures
    where figures.standing = 'fact'
    group by figures.disclosure_id, figures.table_kind, figures.document_id

),

duplicates as (

    select
        other_kinds.disclosure_id,
        other_kinds.document_id,
        chosen.document_id as chosen_document_id,
        sum(
            case
                when
                    compared.sum_yuan = chosen_sums.sum_yuan
                    and compared.fact_count = chosen_sums.fact_count
                    then 0
                else 1
            end
        ) as differing_count,
        count(*) as kind_count
    from table_kinds as other_kinds
    inner join table_kinds as chosen
        on
            other_kinds.disclosure_id = chosen.disclosure_id
            and other_kinds.table_kind = chosen.table_kind
            and chosen.is_current
    inner join compared
        on
            other_kinds.document_id = compared.document_id
            and other_kinds.table_kind = compared.table_kind
    inner join compared as chosen_sums
        on
            chosen.document_id = chosen_sums.document_id
            and chosen.table_kind = chosen_sums.table_kind
    where not other_kinds.is_current
    group by other_kinds.disclosure_id, other_kinds.document_id, chosen.document_id

),

duplicate_documents as (

    select
        case
            when differing_count = 0 then 'duplicate_document' else 'late_correction'
        end as kind,
        case when differing_count = 0 then 'low' else 'medium' end as severity,
        disclosure_id,
        document_id,
        cast(null as integer) as page_number,
        concat(
            '同一公开另有文件印有相同的 ', kind_count, ' 种表，其中 ', differing_count,
            ' 种数字不同；本文件的这些表不作为现行数据。'
        ) as description,
        concat(
            'Another document of the disclosure prints the same ', kind_count,
            ' kinds of tables, ', differing_count,
            ' of them with other figures; those of this document are not current.'
        ) as description_en,
        document_id as left_printed,
        chosen_document_id as right_printed,
        {{ no_places() }},
        chosen_document_id as right_document_id,
        chosen_document_id as cause
    from duplicates

),

scope_overlaps as (

    select
        'scope_overlap' as kind,
        'low' as severity,
        units.disclosure_id,
        units.document_id,
        cast(null as integer) as page_number,
        '本部门同年同类的部门口径公开已包含本单位，两者不得相加。' as description,
        concat(
            'The department published the same year and kind with its units; ',
            'the two overlap and are never added.'
        ) as description_en,
        units.document_id as left_printed,
        departments.document_id as right_printed,
        {{ no_places() }},
        departments.document_id as right_document_id,
        departments.document_id as cause
    from documents as units
    inner join documents as departments
        on
            units.agency_id = departments.agency_id
            and units.fiscal_year = departments.fiscal_year
            and units.document_kind = departments.document_kind
    where units.scope = 'unit' and departments.scope = 'department'

),

final as (

    select * from duplicate_documents

    union all

    select * from scope_overlaps

)

select * from final

-- What the audit says about documents that print the same as others: one row per
-- document that another stands for, and per unit whose department is held.
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

files as (

    select
        document_id,
        min_by(file_name, file_path) as file_name
    from {{ ref('stg_source') }}
    group by document_id

),

-- what a figure is about, without words that two readings may spell in two ways
worded as (

    select
        disclosure_id,
        document_id,
        table_kind,
        concat_ws(
            '|',
            level,
            fund,
            coalesce(
                function_code, department_economic_code, government_economic_code, ''
            ),
            coalesce(income_source, component, item, measure, ''),
            coalesce(basis, ''),
            amount_yuan
        ) as said
    from figures
    where standing = 'fact'

),

-- two documents of one disclosure that print the same kind of table; a sum alone would
-- not tell a correction that moves money from one line to another
compared as (

    select
        disclosure_id,
        table_kind,
        document_id,
        md5(string_agg(said, ';' order by said)) as figures_hash
    from worded
    group by disclosure_id, table_kind, document_id

),

duplicates as (

    select
        other_kinds.disclosure_id,
        other_kinds.document_id,
        min(chosen.document_id) as chosen_document_id,
        count(*) filter (
            where compared.figures_hash <> chosen_figures.figures_hash
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
    inner join compared as chosen_figures
        on
            chosen.document_id = chosen_figures.document_id
            and chosen.table_kind = chosen_figures.table_kind
    where not other_kinds.is_current
    group by other_kinds.disclosure_id, other_kinds.document_id

),

duplicate_documents as (

    select
        case
            when duplicates.differing_count = 0 then 'duplicate_document'
            else 'late_correction'
        end as kind,
        case
            when duplicates.differing_count = 0 then 'low' else 'medium'
        end as severity,
        duplicates.disclosure_id,
        duplicates.document_id,
        cast(null as integer) as page_number,
        concat(
            '同一公开的另一文件也印有这 ', duplicates.kind_count, ' 种表，',
            case
                when duplicates.differing_count = 0 then '数字相同'
                else concat('其中 ', duplicates.differing_count, ' 种的数字不同')
            end,
            '；本文件的这些表不作为现行数据。'
        ) as description,
        concat(
            'Another document of the disclosure prints the same kinds of tables (',
            duplicates.kind_count, '), ',
            case
                when duplicates.differing_count = 0 then 'with the same figures'
                else concat(duplicates.differing_count, ' of them with other figures')
            end,
            '; those of this document are not current.'
        ) as description_en,
        coalesce(files.file_name, duplicates.document_id) as left_printed,
        coalesce(
            chosen_files.file_name, duplicates.chosen_document_id
        ) as right_printed,
        {{ no_places() }},
        duplicates.chosen_document_id as right_document_id,
        duplicates.chosen_document_id as cause
    from duplicates
    left join files
        on duplicates.document_id = files.document_id
    left join files as chosen_files
        on duplicates.chosen_document_id = chosen_files.document_id

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
        coalesce(files.file_name, units.document_id) as left_printed,
        coalesce(
            department_files.file_name, departments.document_id
        ) as right_printed,
        {{ no_places() }},
        departments.document_id as right_document_id,
        departments.document_id as cause
    from documents as units
    inner join documents as departments
        on
            units.agency_id = departments.agency_id
            and units.fiscal_year = departments.fiscal_year
            and units.document_kind = departments.document_kind
    left join files
        on units.document_id = files.document_id
    left join files as department_files
        on departments.document_id = department_files.document_id
    where units.scope = 'unit' and departments.scope = 'department'
    -- either may come as several files
    qualify
        row_number() over (
            partition by units.disclosure_id, departments.disclosure_id
            order by units.document_id asc, departments.document_id asc
        ) = 1

),

final as (

    select * from duplicate_documents

    union all

    select * from scope_overlaps

)

select * from final

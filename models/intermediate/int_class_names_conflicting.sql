-- What the audit says about a code that is printed with another name than its own.
-- Words of a page recognised from its picture are read once and contradict none.
with

names as (

    select * from {{ ref('int_class_names_printed') }}

),

agreed_names as (

    select * from {{ ref('int_class_names_agreed') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

former_function_names as (

    select * from {{ ref('function_former_name') }}

),

former_economic_names as (

    select * from {{ ref('economic_former_name') }}

),

-- a former name is a class's own in the years before its change; functional classes
-- keep theirs in use
former_names as (

    select
        'function' as classification,
        function_code as code,
        {{ class_name_key('former_name') }} as name_key,
        9999 as changed_in
    from former_function_names

    union all

    select
        'department' as classification,
        economic_code as code,
        {{ class_name_key('former_name') }} as name_key,
        changed_in
    from former_economic_names

),

remarks as (

    select * from {{ ref('stg_remark') }}
    where remark_kind = 'class_name'

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

recognised_pages as (

    select
        document_id,
        page_number
    from {{ ref('stg_page') }}
    where route = 'scan'

),

-- the cell of the row that prints the name; a merged or wrapped name has none
label_cells as (

    select
        figures.cell_id as figure_cell_id,
        {{ class_name_key('labels.printed_text') }} as name_key,
        min(labels.cell_id) as cell_id
    from cells as figures
    inner join cells as labels
        on
            figures.table_id = labels.table_id
            and figures.row_no = labels.row_no
            and figures.document_id = labels.document_id
    where labels.role in ('name', 'text')
    group by figures.cell_id, {{ class_name_key('labels.printed_text') }}

),

-- names beside codes in explanations, where the tables of the disclosure print the code
explained as (

    select
        remarks.remark_id,
        remarks.document_id,
        documents.disclosure_id,
        remarks.page_number,
        remarks.line_id,
        remarks.code,
        remarks.printed_name,
        min(names.printed_name) as table_name,
        min(names.figure_cell_id) as figure_cell_id
    from remarks
    inner join documents
        on remarks.document_id = documents.document_id
    inner join names
        on
            documents.disclosure_id = names.disclosure_id
            and remarks.code = names.code
            and names.classification in ('function', 'department')
    group by
        remarks.remark_id,
        remarks.document_id,
        documents.disclosure_id,
        remarks.page_number,
        remarks.line_id,
        remarks.code,
        remarks.printed_name
    having
        not bool_or(
            {{ bare_class_key('remarks.printed_name') }}
            = {{ bare_class_key('names.printed_name') }}
        )
    -- once, however often it is explained
    qualify
        row_number() over (
            partition by
                documents.disclosure_id,
                remarks.code,
                {{ bare_class_key('remarks.printed_name') }}
            order by remarks.remark_id
        ) = 1

),

printed_conflicts as (

    select
        'code_name_conflict' as kind,
        'low' as severity,
        names.disclosure_id,
        names.document_id,
        names.page_number,
        concat(
            '科目编码 ', names.code, ' 印的名称是“', names.printed_name, '”，通行名称是“',
            agreed_names.class_name, '”。'
        ) as description,
        concat(
            'Code ', names.code, ' is printed with the name ', names.printed_name,
            '; the common name is ', agreed_names.class_name, '.'
        ) as description_en,
        names.printed_name as left_printed,
        agreed_names.class_name as right_printed,
        cast([] as varchar[]) as identity_ids,
        [coalesce(label_cells.cell_id, names.figure_cell_id)] as left_cell_ids,
        cast([] as varchar[]) as right_cell_ids,
        cast(null as varchar) as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        concat_ws('|', names.classification, names.code, names.name_key) as cause
    from names
    inner join agreed_names
        on
            names.classification = agreed_names.classification
            and names.code = agreed_names.code
    left join label_cells
        on
            names.figure_cell_id = label_cells.figure_cell_id
            and names.name_key = label_cells.name_key
    left join documents
        on names.document_id = documents.document_id
    left join recognised_pages
        on
            names.document_id = recognised_pages.document_id
            and names.page_number = recognised_pages.page_number
    left join former_names
        on
            names.classification = former_names.classification
            and names.code = former_names.code
            and names.name_key = former_names.name_key
            and documents.fiscal_year < former_names.changed_in
    where
        former_names.code is null
        and recognised_pages.document_id is null
        and names.name_key <> {{ class_name_key('agreed_names.class_name') }}

),

explained_conflicts as (

    select
        'code_name_conflict' as kind,
        'low' as severity,
        explained.disclosure_id,
        explained.document_id,
        explained.page_number,
        concat(
            '科目编码 ', explained.code, ' 在说明中的名称是“', explained.printed_name,
            '”，表中的名称是“', explained.table_name, '”。'
        ) as description,
        concat(
            'Code ', explained.code, ' is explained under the name ',
            explained.printed_name, '; the tables print ', explained.table_name, '.'
        ) as description_en,
        concat(explained.printed_name, '（', explained.code, '）') as left_printed,
        concat(explained.code, ' ', explained.table_name) as right_printed,
        cast([] as varchar[]) as identity_ids,
        cast([] as varchar[]) as left_cell_ids,
        [explained.figure_cell_id] as right_cell_ids,
        explained.line_id as left_line_id,
        cast(null as varchar) as right_line_id,
        cast(null as varchar) as suspect_cell_id,
        cast(null as varchar) as right_document_id,
        concat_ws('|', 'explained', explained.code, explained.printed_name) as cause
    from explained
    left join former_names
        on
            explained.code = former_names.code
            and {{ class_name_key('explained.printed_name') }} = former_names.name_key
    left join recognised_pages
        on
            explained.document_id = recognised_pages.document_id
            and explained.page_number = recognised_pages.page_number
    where
        former_names.code is null
        and recognised_pages.document_id is null

),

final as (

    select * from printed_conflicts

    union all

    select * from explained_conflicts

)

select * from final

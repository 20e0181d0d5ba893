-- Names of classes over the years: those of the reference lists, and what documents
-- print.
with

functions as (

    select * from {{ ref('dim_function') }}

),

economic_classes as (

    select * from {{ ref('dim_economic') }}

),

former_names as (

    select * from {{ ref('int_former_names') }}

),

printed as (

    select * from {{ ref('int_class_names_printed') }}

),

current_names as (

    select
        'function' as classification,
        function_code as code,
        function_name as class_name,
        'current' as standing,
        cast(null as integer) as changed_in
    from functions
    where function_name is not null

    union all

    select
        classification,
        economic_code as code,
        economic_name as class_name,
        'current' as standing,
        cast(null as integer) as changed_in
    from economic_classes
    where economic_name is not null

),

earlier_names as (

    select
        case dimension when 'function_item' then 'function' else 'department' end
            as classification,
        code,
        former_name as class_name,
        'former' as standing,
        changed_in
    from former_names

),

printed_names as (

    select
        classification,
        code,
        name_key,
        min(printed_name) as class_name,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year,
        count(distinct document_id) as document_count
    from printed
    group by classification, code, name_key

),

names_of_lists as (

    select * from current_names

    union all

    select * from earlier_names

),

listed as (

    select
        classification,
        code,
        {{ class_name_key('class_name') }} as name_key,
        min(class_name) as class_name,
        min(standing) as standing,
        max(changed_in) as changed_in
    from names_of_lists
    group by classification, code, {{ class_name_key('class_name') }}

),

final as (

    select
        coalesce(listed.classification, printed_names.classification) as classification,
        coalesce(listed.code, printed_names.code) as code,
        coalesce(listed.class_name, printed_names.class_name) as class_name,
        coalesce(listed.standing, 'printed') as standing,
        listed.changed_in,
        cast(printed_names.first_year as integer) as first_year_printed,
        cast(printed_names.last_year as integer) as last_year_printed,
        cast(coalesce(printed_names.document_count, 0) as integer) as document_count
    from listed
    full outer join printed_names
        on
            listed.classification = printed_names.classification
            and listed.code = printed_names.code
            and listed.name_key = printed_names.name_key

)

select * from final

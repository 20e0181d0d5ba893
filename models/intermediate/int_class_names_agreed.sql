-- One name per code: the reference list's, else the one that most documents print.
with

printed as (

    select * from {{ ref('int_class_names_printed') }}

),

function_codes as (

    select * from {{ ref('function_code') }}

),

economic_codes as (

    select * from {{ ref('economic_code') }}

),

listed as (

    select
        'function' as classification,
        function_code as code,
        function_name as class_name,
        evidence = 'observed' as is_observed
    from function_codes

    union all

    select
        classification,
        economic_code as code,
        economic_name as class_name,
        evidence = 'observed' as is_observed
    from economic_codes

),

counted as (

    select
        classification,
        code,
        name_key,
        min(printed_name) as printed_name,
        count(distinct document_id) as document_count
    from printed
    group by classification, code, name_key

),

most_printed as (

    select *
    from counted
    qualify
        row_number() over (
            partition by classification, code order by document_count desc, name_key asc
        ) = 1

),

-- codes that only facts or deeper codes know still need a row
used as (

    select distinct
        'function' as classification,
        function_code as code
    from {{ ref('int_figures_settled') }}
    where function_code is not null

    union

    select distinct
        'department' as classification,
        department_economic_code as code
    from {{ ref('int_figures_settled') }}
    where department_economic_code is not null

    union

    select distinct
        'government' as classification,
        government_economic_code as code
    from {{ ref('int_figures_settled') }}
    where government_economic_code is not null

    union

    select
        classification,
        code
    from listed

),

with_parents as (

    select
        classification,
        code
    from used

    union

    select
        classification,
        left(code, 3) as code
    from used

    union

    select
        classification,
        left(code, 5) as code
    from used
    where length(code) >= 5

),

named as (

    select
        with_parents.classification,
        with_parents.code,
        listed.class_name as listed_name,
        coalesce(
            case when listed.is_observed then listed.class_name end,
            most_printed.printed_name,
            listed.class_name
        ) as class_name
    from with_parents
    left join listed
        on
            with_parents.classification = listed.classification
            and with_parents.code = listed.code
    left join most_printed
        on
            with_parents.classification = most_printed.classification
            and with_parents.code = most_printed.code

),

agreement as (

    select
        named.classification,
        named.code,
        count(distinct printed.document_id) filter (
            where printed.name_key = {{ class_name_key('named.class_name') }}
        ) as documents_agreeing,
        count(distinct printed.document_id) as documents_printing
    from named
    inner join printed
        on
            named.classification = printed.classification
            and named.code = printed.code
    group by named.classification, named.code

),

final as (

    select
        named.classification,
        named.code,
        named.class_name,
        named.listed_name is not null as is_listed,
        coalesce(agreement.documents_agreeing, 0) as documents_agreeing,
        coalesce(agreement.documents_printing, 0)
        - coalesce(agreement.documents_agreeing, 0) as documents_disagreeing
    from named
    left join agreement
        on
            named.classification = agreement.classification
            and named.code = agreement.code

)

select * from final

-- The function code of each statement about a class, by the names that it prints: one
-- that the tables of the same disclosure print with such a name, else one that the
-- lists have; NULL where no code, or more than one, has these names.
with

statements as (

    select * from {{ ref('stg_statement') }}
    where topic = 'function_item'

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

printed_names as (

    select distinct
        disclosure_id,
        code,
        {{ bare_class_key('printed_name') }} as name_key
    from {{ ref('int_class_names_printed') }}
    where classification = 'function'

),

listed_names as (

    select
        code,
        {{ bare_class_key('class_name') }} as name_key
    from {{ ref('int_class_names_agreed') }}
    where classification = 'function'

),

classes as (

    select distinct
        function_code as code,
        {{ bare_class_key('name') }} as name_key
    from {{ ref('function_class') }}

),

named as (

    select
        statements.statement_id,
        documents.disclosure_id,
        {{ bare_class_key('statements.class_name') }} as class_key,
        {{ bare_class_key('statements.section_name') }} as section_key,
        {{ bare_class_key('statements.item_name') }} as item_key
    from statements
    inner join documents
        on statements.document_id = documents.document_id

),

levelled as (

    select
        *,
        coalesce(item_key, section_key, class_key) as name_key,
        case
            when item_key is not null then 7
            when section_key is not null then 5
            else 3
        end as code_length
    from named

),

-- the name as printed, and its characters in any order: 一般行政事务管理 is 一般行政管理事务
asked as (

    select
        *,
        unnest([
            name_key,
            concat('~', array_to_string(list_sort(string_split(name_key, '')), ''))
        ]) as asked_key
    from levelled

),

-- every name that a code goes by, in this disclosure's tables (1) or in the lists (2)
spelled as (

    select
        disclosure_id,
        code,
        name_key,
        1 as place
    from printed_names

    union all

    select
        cast(null as varchar) as disclosure_id,
        code,
        name_key,
        2 as place
    from listed_names

    union all

    select
        cast(null as varchar) as disclosure_id,
        code,
        name_key,
        2 as place
    from classes

),

known as (

    select * from spelled

    union all

    -- names of 款 and 项 that run together
    select
        items.disclosure_id,
        items.code,
        concat(sections.name_key, items.name_key) as name_key,
        3 as place
    from printed_names as items
    inner join printed_names as sections
        on
            items.disclosure_id = sections.disclosure_id
            and left(items.code, 5) = sections.code
    where length(items.code) = 7

    union all

    select
        disclosure_id,
        code,
        concat('~', array_to_string(list_sort(string_split(name_key, '')), ''))
            as name_key,
        4 as place
    from printed_names
    where length(name_key) >= 6

),

candidates as (

    select distinct
        levelled.statement_id,
        levelled.disclosure_id,
        levelled.class_key,
        levelled.section_key,
        levelled.code_length,
        known.code,
        known.place
    from asked as levelled
    inner join known
        on
            levelled.asked_key = known.name_key
            and levelled.code_length = length(known.code)
            and (
                known.disclosure_id is null
                or levelled.disclosure_id = known.disclosure_id
            )

),

-- the names above the item, where the sentence prints them, must be names of its code
fitting as (

    select
        candidates.statement_id,
        candidates.code,
        candidates.place
    from candidates
    where
        (
            candidates.class_key is null
            or candidates.code_length = 3
            or exists (
                select 1 from known
                where
                    known.code = left(candidates.code, 3)
                    and known.name_key = candidates.class_key
            )
        )
        and (
            candidates.section_key is null
            or candidates.code_length <= 5
            or exists (
                select 1 from known
                where
                    known.code = left(candidates.code, 5)
                    and known.name_key = candidates.section_key
            )
        )

),

ranked as (

    select
        statement_id,
        place,
        count(distinct code) as code_count,
        min(code) as code
    from fitting
    where code in (select listed_names.code from listed_names)
    group by statement_id, place

),

final as (

    select
        statement_id,
        case when code_count = 1 then code end as function_code
    from ranked
    qualify row_number() over (partition by statement_id order by place asc) = 1

)

select * from final

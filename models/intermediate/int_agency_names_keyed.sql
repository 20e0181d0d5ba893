-- The ways of writing the name of one agency, brought together by the rules of
-- `agency_name_rule`, one after the other. The key tells agencies apart and is never
-- shown; the label is the name as shown.
with recursive

documents as (

    select * from {{ ref('stg_document') }}

),

successors as (

    select * from {{ ref('agency_successor') }}

),

rules as (

    select
        *,
        row_number() over (order by step) as rule_no
    from {{ ref('agency_name_rule') }}

),

names as (

    select agency_name from documents
    where agency_name is not null

    union distinct

    select former_name as agency_name from successors

    union distinct

    select agency_name from successors

),

rewritten as (

    select
        agency_name,
        cast(0 as bigint) as rule_no,
        agency_name as agency_key,
        agency_name as agency_label
    from names

    union all

    select
        rewritten.agency_name,
        rules.rule_no,
        regexp_replace(
            rewritten.agency_key, rules.pattern, coalesce(rules.replacement, ''), 'g'
        ) as agency_key,
        case
            when rules.in_label
                then regexp_replace(
                    rewritten.agency_label,
                    rules.pattern,
                    coalesce(rules.replacement, ''),
                    'g'
                )
            else rewritten.agency_label
        end as agency_label
    from rewritten
    inner join rules
        on rewritten.rule_no + 1 = rules.rule_no

),

final as (

    select
        agency_name,
        max_by(agency_key, rule_no) as agency_key,
        max_by(agency_label, rule_no) as agency_label
    from rewritten
    group by agency_name

)

select * from final

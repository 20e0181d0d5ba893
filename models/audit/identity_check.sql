with

sides as (

    select * from {{ ref('int_identity_sides') }}

),

rules as (

    select * from {{ ref('identity_rule') }}

),

terms as (

    select * from {{ ref('identity_term') }}

),

documents as (

    select * from {{ ref('int_documents_identified') }}

),

relations as (

    select
        check_id,
        identity_id,
        description,
        subject_key,
        disclosure_id,
        document_id,
        status,
        reason,
        left_yuan,
        right_yuan,
        difference_yuan,
        tolerance_yuan,
        is_current,
        cell_ids,
        line_ids,
        cast(null as varchar) as blank_side
    from {{ ref('int_relations_judged') }}

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

doubts as (

    select * from {{ ref('int_places_doubtful') }}

),

needed as (

    select
        identity_id,
        count(*) filter (where is_needed) as needed_count,
        sum(len(string_split(words, '|'))) filter (
            where subject = 'three_public'
        ) as item_count
    from terms
    group by identity_id

),

summed as (

    select
        sides.identity_id,
        sides.document_id,
        sides.disclosure_id,
        sides.subject_key,
        sides.family_key,
        min(sides.table_kind) as table_kind,
        sum(sides.amount_yuan) filter (where sides.side = 'left') as left_yuan,
        sum(sides.amount_yuan) filter (where sides.side = 'right') as right_yuan,
        count(*) filter (where sides.side = 'left') as left_count,
        count(*) filter (where sides.side = 'right') as right_count,
        -- distinct terms, of which a rule has a few: a bit each
        coalesce(
            bit_count(
                bit_or(cast(1 as ubigint) << sides.term_no)
                filter (where sides.is_needed)
            ),
            0
        ) as needed_count,
        sum(sides.half_digit_yuan) as half_digits_yuan,
        min(sides.half_digit_yuan) = max(sides.half_digit_yuan) as is_one_unit,
        bool_and(current_kinds.is_current) as is_current,
        bool_or(doubts.document_id is not null) as is_doubtful,
        bool_or(sides.has_unnamed) as is_open,
        count(distinct concat_ws('|', sides.term_no, sides.word)) filter (
            where needed.item_count is not null
        ) as item_count,
        -- sorted at the end: an order inside of the aggregate costs a second more
        list_sort(list(row(sides.term_no, sides.cell_id))) as cells
    from sides
    inner join current_kinds
        on
            sides.disclosure_id = current_kinds.disclosure_id
            and sides.document_id = current_kinds.document_id
            and sides.table_kind = current_kinds.table_kind
    inner join needed
        on sides.identity_id = needed.identity_id
    left join doubts
        on
            sides.document_id = doubts.document_id
            and sides.table_kind = doubts.table_kind
            and {{ doubtful_place('sides.table_kind', 'sides.cell_id') }} = doubts.place
    group by
        sides.identity_id,
        sides.document_id,
        sides.disclosure_id,
        sides.subject_key,
        sides.family_key

),

-- where a column prints both sides row after row, a row that prints one alone lacks a
-- figure
families as (

    select
        identity_id,
        document_id,
        family_key,
        count(*) filter (
            where left_yuan is not null and right_yuan is not null
        ) as both_count,
        count(*) filter (
            where
            (left_yuan is null and right_yuan <> 0)
            or (right_yuan is null and left_yuan <> 0)
        ) as half_count
    from summed
    group by identity_id, document_id, family_key

),

-- where a table prints a total in one column, it has one in the others
tables as (

    select
        identity_id,
        document_id,
        table_kind,
        count(*) filter (
            where left_yuan is not null and right_yuan is not null
        ) as both_count,
        count(*) filter (where left_yuan is null and right_yuan <> 0) as half_count
    from summed
    group by identity_id, document_id, table_kind

),

-- which sides of a rule a document has tables for that print figures
printed_kinds as (

    select distinct
        document_id,
        table_kind
    from sides
    where amount_yuan <> 0

),

printed_sides as (

    select
        terms.identity_id,
        printed_kinds.document_id,
        bool_or(terms.side = 'left') as has_left,
        bool_or(terms.side = 'right') as has_right
    from terms
    inner join printed_kinds
        on
            list_contains(
                string_split(terms.table_kinds, '|'), printed_kinds.table_kind
            )
    where terms.is_needed
    group by terms.identity_id, printed_kinds.document_id

),

halves as (

    select
        summed.*,
        (summed.left_yuan is null or summed.right_yuan is null)
        and coalesce(summed.left_yuan, summed.right_yuan) <> 0
        and case rules.both_sides
            when 'column'
                then
                    families.both_count >= 2
                    and families.half_count < families.both_count
            when 'table'
                then
                    summed.left_yuan is null
                    and tables.both_count >= 1
                    and tables.half_count <= tables.both_count
            when 'left' then summed.left_yuan is null
            when 'printed'
                then
                    (summed.left_yuan is not null or printed_sides.has_left)
                    and (summed.right_yuan is not null or printed_sides.has_right)
            else rules.both_sides = 'always'
        end as is_half,
        case when summed.left_yuan is null then 'left' else 'right' end as side_lacking
    from summed
    inner join rules
        on summed.identity_id = rules.identity_id
    inner join families
        on
            summed.identity_id = families.identity_id
            and summed.document_id = families.document_id
            and summed.family_key = families.family_key
    inner join tables
        on
            summed.identity_id = tables.identity_id
            and summed.document_id = tables.document_id
            and summed.table_kind = tables.table_kind
    left join printed_sides
        on
            summed.identity_id = printed_sides.identity_id
            and summed.document_id = printed_sides.document_id

),

completed as (

    select
        * replace (
            case
                when is_half then coalesce(left_yuan, 0)
                else left_yuan
            end as left_yuan,
            case
                when is_half then coalesce(right_yuan, 0)
                else right_yuan
            end as right_yuan
        )
    from halves

),

-- a rule of which a document prints nothing is not applicable to the document
applied as (

    select
        rules.identity_id,
        documents.document_id,
        documents.disclosure_id,
        coalesce(completed.subject_key, '') as subject_key,
        rules.description,
        rules.strength,
        rules.only_if,
        needed.needed_count as terms_needed,
        case
            when completed.is_half then needed.needed_count
            else completed.needed_count
        end as terms_found,
        completed.left_yuan,
        completed.right_yuan,
        completed.left_yuan - completed.right_yuan as difference_yuan,
        -- two printings of one figure in one unit leave nothing to rounding
        case
            when
                completed.left_count = 1
                and completed.right_count = 1
                and completed.is_one_unit
                then 0
            else completed.half_digits_yuan
        end as tolerance_yuan,
        completed.is_doubtful,
        -- where an item has no word, it may be one that a sum lacks
        completed.is_open and completed.item_count < needed.item_count as is_open,
        completed.is_current,
        completed.cells,
        case when completed.is_half then completed.side_lacking end as blank_side
    from documents
    inner join rules
        on rules.document_kind in ('both', documents.document_kind)
    inner join needed
        on rules.identity_id = needed.identity_id
    left join completed
        on
            documents.document_id = completed.document_id
            and rules.identity_id = completed.identity_id

),

judged as (

    select
        *,
        case
            when terms_found is null
                then 'no figure of it is printed'
            when left_yuan is null
                then 'the left side is not printed'
            when right_yuan is null
                then 'the right side is not printed'
            when terms_found < terms_needed
                then 'a term of it is not printed'
            when is_doubtful and abs(difference_yuan) > tolerance_yuan
                then 'a figure of its table is in quarantine'
            when is_open and abs(difference_yuan) > tolerance_yuan
                then 'an item of its table has no word, and may be part of it'
        end as reason
    from applied

),

-- some rules are about documents of which another one holds
conditions as (

    select
        identity_id,
        document_id,
        bool_and(reason is null and abs(difference_yuan) <= tolerance_yuan) as is_met
    from judged
    group by identity_id, document_id

),

conditioned as (

    select
        judged.* exclude (reason),
        case
            when judged.reason is not null
                then judged.reason
            when judged.only_if is not null and not conditions.is_met
                then 'the tables are not about the same money'
            when
                judged.strength = 'condition'
                and abs(judged.difference_yuan) > judged.tolerance_yuan
                then 'the tables are not about the same money'
        end as reason
    from judged
    left join conditions
        on
            judged.only_if = conditions.identity_id
            and judged.document_id = conditions.document_id

),

identities as (

    select
        md5(concat_ws('|', document_id, identity_id, subject_key)) as check_id,
        identity_id,
        description,
        subject_key,
        disclosure_id,
        document_id,
        case
            when reason is not null then 'not_applicable'
            when difference_yuan = 0 then 'holds'
            when abs(difference_yuan) <= tolerance_yuan then 'rounding'
            else 'broken'
        end as status,
        reason,
        try_cast(left_yuan as decimal(18, 2)) as left_yuan,
        try_cast(right_yuan as decimal(18, 2)) as right_yuan,
        try_cast(difference_yuan as decimal(18, 2)) as difference_yuan,
        try_cast(tolerance_yuan as decimal(18, 6)) as tolerance_yuan,
        coalesce(is_current, false) as is_current,
        coalesce(
            list_transform(cells, lambda one: one[2]), cast([] as varchar[])
        ) as cell_ids,
        cast([] as varchar[]) as line_ids,
        blank_side
    from conditioned
    -- of what one side alone prints, one row per rule and reason says enough
    qualify
        difference_yuan is not null
        or row_number() over (
            partition by document_id, identity_id, reason
            order by subject_key
        ) = 1

),

final as (

    select * from identities

    union all

    select * from relations

)

select * from final

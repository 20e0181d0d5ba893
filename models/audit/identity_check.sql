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

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

doubtful_cells as (

    select distinct
        document_id,
        table_kind
    from {{ ref('stg_cell') }}
    where quarantine_reason is not null

),

needed as (

    select
        identity_id,
        count(*) as needed_count
    from terms
    where is_needed
    group by identity_id

),

summed as (

    select
        sides.identity_id,
        sides.document_id,
        sides.disclosure_id,
        sides.subject_key,
        sum(sides.amount_yuan) filter (where sides.side = 'left') as left_yuan,
        sum(sides.amount_yuan) filter (where sides.side = 'right') as right_yuan,
        count(*) filter (where sides.side = 'left') as left_count,
        count(*) filter (where sides.side = 'right') as right_count,
        count(distinct sides.term_no) filter (where sides.is_needed) as needed_count,
        sum(sides.half_digit_yuan) as half_digits_yuan,
        min(sides.half_digit_yuan) = max(sides.half_digit_yuan) as is_one_unit,
        bool_and(current_kinds.is_current) as is_current,
        bool_or(doubtful_cells.document_id is not null) as is_doubtful,
        list(sides.cell_id order by sides.term_no, sides.cell_id) as cell_ids
    from sides
    inner join current_kinds
        on
            sides.disclosure_id = current_kinds.disclosure_id
            and sides.document_id = current_kinds.document_id
            and sides.table_kind = current_kinds.table_kind
    left join doubtful_cells
        on
            sides.document_id = doubtful_cells.document_id
            and sides.table_kind = doubtful_cells.table_kind
    group by
        sides.identity_id, sides.document_id, sides.disclosure_id, sides.subject_key

),

-- a rule of which a document prints nothing is not applicable to the document
applied as (

    select
        rules.identity_id,
        documents.document_id,
        documents.disclosure_id,
        coalesce(summed.subject_key, '') as subject_key,
        rules.description,
        needed.needed_count as terms_needed,
        summed.needed_count as terms_found,
        summed.left_yuan,
        summed.right_yuan,
        summed.left_yuan - summed.right_yuan as difference_yuan,
        -- two printings of one figure in one unit leave nothing to rounding
        case
            when
                summed.left_count = 1 and summed.right_count = 1 and summed.is_one_unit
                then 0
            else summed.half_digits_yuan
        end as tolerance_yuan,
        summed.is_doubtful,
        summed.is_current,
        summed.cell_ids
    from documents
    inner join rules
        on rules.document_kind in ('both', documents.document_kind)
    inner join needed
        on rules.identity_id = needed.identity_id
    left join summed
        on
            documents.document_id = summed.document_id
            and rules.identity_id = summed.identity_id

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
        end as reason
    from applied

),

final as (

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
        coalesce(cell_ids, cast([] as varchar[])) as cell_ids
    from judged

)

select * from final

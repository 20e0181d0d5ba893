-- Which single figures could be behind a finding, and by how many yuan (of a rate:
-- percent) each would then be misprinted: a finding that another value of the figure
-- mends.
with

identity_causes as (

    select * from {{ ref('int_identity_causes') }}

),

identity_checks as (

    select * from {{ ref('identity_check') }}

),

identity_sides as (

    select * from {{ ref('int_identity_sides') }}

),

identity_terms as (

    select * from {{ ref('identity_term') }}

),

relation_causes as (

    select * from {{ ref('int_relation_causes') }}

),

relation_sides as (

    select * from {{ ref('int_relation_sides') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

sentences as (

    select * from {{ ref('int_statements_contradicting') }}

),

statements as (

    select * from {{ ref('stg_statement') }}

),

projects as (

    select * from {{ ref('int_project_amounts_differing') }}

),

-- what a side is more, for each yuan that the cell prints more
identity_weights as (

    select
        identity_causes.check_id,
        identity_causes.cause,
        identity_checks.disclosure_id,
        identity_checks.document_id,
        identity_checks.difference_yuan,
        identity_checks.tolerance_yuan,
        identity_sides.cell_id as place_id,
        sum(
            identity_terms.sign
            * case identity_sides.side when 'left' then 1 else -1 end
        ) as weight
    from identity_causes
    inner join identity_checks
        on identity_causes.check_id = identity_checks.check_id
    inner join identity_sides
        on
            identity_checks.identity_id = identity_sides.identity_id
            and identity_checks.document_id = identity_sides.document_id
            and identity_checks.subject_key = identity_sides.subject_key
    inner join identity_terms
        on
            identity_sides.identity_id = identity_terms.identity_id
            and identity_sides.term_no = identity_terms.term_no
    group by all

),

relation_weights as (

    select
        causes.check_id,
        causes.cause,
        causes.disclosure_id,
        causes.left_document_id as document_id,
        causes.comparison,
        causes.rate is not null as is_rate,
        causes.difference,
        causes.tolerance,
        sides.place_id,
        sum(
            case sides.role
                when 'rate' then causes.base / 100
                when 'base' then sides.sign * causes.rate / 100
                else sides.sign * case sides.side when 'left' then 1 else -1 end
            end
        ) as weight
    from relation_causes as causes
    inner join relation_sides as sides
        on
            causes.relation_id = sides.relation_id
            and causes.disclosure_id = sides.disclosure_id
            and sides.subject_key in ('', causes.subject_key)
            and list_contains(
                list_concat(causes.left_places, causes.right_places), sides.place_id
            )
    where
        sides.take <> 'count'
        -- words that say a direction are mended by no figure
        and not starts_with(causes.comparison, 'direction')
    group by all

),

-- two printings of one thing: either is off by the difference
pairs as (

    select
        'figures' as part,
        later.cell_id as cause,
        later.disclosure_id,
        later.document_id,
        later.first_cell_id as left_place_id,
        later.cell_id as right_place_id,
        earlier.amount_yuan - later.amount_yuan as difference,
        0 as tolerance
    from figures as later
    inner join figures as earlier
        on later.first_cell_id = earlier.cell_id
    where later.standing = 'contradiction'

    union all

    select
        'amounts' as part,
        sentences.statement_id as cause,
        sentences.disclosure_id,
        sentences.document_id,
        sentences.statement_id as left_place_id,
        sentences.cell_id as right_place_id,
        sentences.difference_yuan as difference,
        2 * statements.half_digit_yuan as tolerance
    from sentences
    inner join statements
        on sentences.statement_id = statements.statement_id

    union all

    select
        'amounts' as part,
        {{ project_cause('projects') }} as cause,
        disclosure_id,
        document_id,
        left_place_id,
        right_place_id,
        difference_yuan as difference,
        tolerance_yuan as tolerance
    from projects

),

united as (

    select
        'identities' as part,
        cause,
        disclosure_id,
        document_id,
        place_id,
        false as is_rate,
        'equal' as comparison,
        cast(-difference_yuan / weight as double) as correction,
        cast(abs(tolerance_yuan / weight) as double) as slack
    from identity_weights
    where weight <> 0

    union all

    select
        'relations' as part,
        cause,
        disclosure_id,
        document_id,
        place_id,
        is_rate,
        comparison,
        cast(-difference / weight as double) as correction,
        cast(abs(tolerance / weight) as double) as slack
    from relation_weights
    where weight <> 0

    union all

    select
        part,
        cause,
        disclosure_id,
        document_id,
        left_place_id as place_id,
        false as is_rate,
        'equal' as comparison,
        cast(-difference as double) as correction,
        cast(tolerance as double) as slack
    from pairs

    union all

    select
        part,
        cause,
        disclosure_id,
        document_id,
        right_place_id as place_id,
        false as is_rate,
        'equal' as comparison,
        cast(difference as double) as correction,
        cast(tolerance as double) as slack
    from pairs

),

final as (

    select
        part,
        cause,
        disclosure_id,
        document_id,
        place_id,
        is_rate,
        -- an inequality is mended by any correction that is large enough
        case
            when comparison <> 'equal' and correction < 0 then -1e18
            else correction - slack
        end as lowest,
        case
            when comparison <> 'equal' and correction > 0 then 1e18
            else correction + slack
        end as highest
    from united

)

select * from final

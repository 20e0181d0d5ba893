-- Relations judged: a side is its amounts, and its rate times what that is a rate of.
-- Where one of several figures may be meant, all are tried; one that fits is enough.
with

sides as (

    select * from {{ ref('int_relation_sides') }}

),

rules as (

    select * from {{ ref('relation_rule') }}

),

needed as (

    select
        relation_id,
        count(*) filter (where is_needed) as needed_count,
        bool_or(role = 'rate') as has_rate,
        {{ are_counts() }} as is_count
    from {{ ref('relation_term') }}
    group by relation_id

),

disclosures as (

    select
        disclosure_id,
        document_kind,
        min(document_id) as document_id
    from {{ ref('int_documents_identified') }}
    group by disclosure_id, document_kind

),

added as (

    select
        relation_id,
        disclosure_id,
        subject_key,
        min_by(document_id, term_no) as document_id,
        {% for side in ['left', 'right'] %}
            cast(sum(
                case
                    when role = 'amount' and take = 'sum' then sign * amount
                    when role = 'amount' and take = 'count' then sign
                end
            ) filter (where side = '{{ side }}') as decimal(24, 4))
                as {{ side }}_amount,
            coalesce(sum(half_digit) filter (
                where side = '{{ side }}' and role = 'amount' and take = 'sum'
            ), 0) as {{ side }}_half,
        {% endfor %}
        -- a rate stands on one side, the amounts that give it on the other
        coalesce(list(place_id order by term_no, place_id) filter (
            where side = 'left' and role <> 'base'
        ), []) as left_places,
        coalesce(list(place_id order by role, term_no, place_id) filter (
            where side = 'right' or role = 'base'
        ), []) as right_places,
        cast(min(amount) filter (where role = 'rate') as decimal(14, 6)) as rate,
        min(half_digit) filter (where role = 'rate') as rate_half,
        count(distinct amount) filter (where role = 'rate') as rate_count,
        cast(sum(sign * amount) filter (where role = 'base') as decimal(24, 4)) as base,
        coalesce(sum(half_digit) filter (where role = 'base'), 0) as base_half,
        count(distinct term_no) filter (where is_needed) as found_count,
        bool_or(is_doubtful) as is_doubtful,
        coalesce(bool_or(is_whole_unread), false) as is_whole_unread
    from sides
    where take <> 'any'
    group by relation_id, disclosure_id, subject_key

),

-- one row per figure that may be meant; without such a term the sums stand alone
tried as (

    select
        added.* replace (
            case
                when anyone.role = 'amount' and anyone.side = 'left'
                    then
                        coalesce(added.left_amount, 0)
                        + anyone.sign * cast(anyone.amount as decimal(24, 4))
                else added.left_amount
            end as left_amount,
            case
                when anyone.role = 'amount' and anyone.side = 'right'
                    then
                        coalesce(added.right_amount, 0)
                        + anyone.sign * cast(anyone.amount as decimal(24, 4))
                else added.right_amount
            end as right_amount,
            case
                when anyone.role = 'base' then cast(anyone.amount as decimal(24, 4))
                else added.base
            end as base,
            case
                when anyone.role = 'base' then anyone.half_digit
                else added.base_half
            end as base_half,
            added.found_count + cast(anyone.place_id is not null as integer)
                as found_count
        ),
        case
            when anyone.role = 'amount' then anyone.half_digit
            else 0
        end as any_half,
        case when anyone.role = 'base' then 'right' else anyone.side end as any_side,
        anyone.place_id as any_place,
        coalesce(anyone.is_doubtful, false) as is_any_doubtful
    from added
    left join sides as anyone
        on
            added.relation_id = anyone.relation_id
            and added.disclosure_id = anyone.disclosure_id
            and anyone.take = 'any'
            and anyone.subject_key in ('', added.subject_key)

),

measured as (

    select
        tried.*,
        rules.comparison,
        needed.has_rate,
        needed.needed_count,
        cast(
            coalesce(tried.left_amount, 0)
            + coalesce(tried.rate * tried.base / 100, 0) as decimal(24, 4)
        ) as left_value,
        cast(tried.right_amount as decimal(24, 4)) as right_value,
        tried.left_half
        + tried.right_half
        + tried.any_half
        + coalesce(abs(tried.base) * tried.rate_half / 100, 0)
        + coalesce(abs(tried.rate) * tried.base_half / 100, 0) as tolerance
    from tried
    inner join rules
        on tried.relation_id = rules.relation_id
    inner join needed
        on tried.relation_id = needed.relation_id

),

-- which way the words point, and the difference, or the rate beyond 100, that tells
directed as (

    select
        *,
        case comparison
            when 'direction' then left_value
            when 'direction_of_rate' then right_value
        end as directed,
        case comparison
            when 'direction' then right_value
            when 'direction_of_rate' then rate - 100
        end as compared_with
    from measured

),

-- a whole is not smaller than its part, and from nothing there is no rate
compared as (

    select
        *,
        case
            when found_count < needed_count
                then 'a term of it is not printed'
            when has_rate and rate_count > 1
                then 'more than one rate is printed'
            when comparison = 'direction_of_rate' and base is not null
                then 'its budget is printed'
            when has_rate and base = 0
                then 'from nothing there is no rate'
            when
                has_rate
                and any_place is not null
                and abs(base) < abs(right_value)
                and abs(rate) <= 100
                then 'no whole of it is printed'
        end as lacking,
        case
            when comparison = 'at_most' then greatest(left_value - right_value, 0)
            when comparison = 'at_least' then greatest(right_value - left_value, 0)
            when not starts_with(comparison, 'direction') then left_value - right_value
            -- words say which is the larger, so that no rounding explains the reverse
            when sign(directed) * compared_with > 0 then 0
            when directed = 0 and abs(compared_with) <= tolerance then 0
            else tolerance + greatest(abs(compared_with), 1)
        end as miss
    from directed

),

best as (

    select
        *,
        abs(miss) <= tolerance as fits
    from compared
    qualify
        row_number() over (
            partition by relation_id, disclosure_id, subject_key
            order by
                (lacking is null) desc,
                (abs(miss) <= tolerance) desc,
                abs(miss) asc,
                any_place asc
        ) = 1

),

judged as (

    select
        rules.relation_id,
        disclosures.disclosure_id,
        coalesce(best.document_id, disclosures.document_id) as document_id,
        coalesce(best.subject_key, '') as subject_key,
        rules.strength,
        rules.only_if,
        needed.is_count,
        best.rate,
        best.rate_half,
        best.base,
        case when best.lacking is null then best.left_value end as left_value,
        case when best.lacking is null then best.right_value end as right_value,
        case
            when best.lacking is null then best.left_value - best.right_value
        end as difference,
        best.miss,
        best.tolerance,
        best.fits,
        case
            when best.relation_id is null
                then 'no figure of it is printed'
            when best.lacking is not null
                then best.lacking
            when not best.fits and (best.is_doubtful or best.is_any_doubtful)
                then 'a figure of it is in doubt'
            when not best.fits and best.is_whole_unread
                then 'its section states money that was not read'
        end as reason,
        case
            when best.any_side = 'left'
                then list_append(best.left_places, best.any_place)
            else coalesce(best.left_places, [])
        end as left_places,
        case
            when best.any_side = 'right'
                then list_append(best.right_places, best.any_place)
            else coalesce(best.right_places, [])
        end as right_places
    from disclosures
    inner join rules
        on rules.document_kind in ('both', disclosures.document_kind)
    inner join needed
        on rules.relation_id = needed.relation_id
    left join best
        on
            disclosures.disclosure_id = best.disclosure_id
            and rules.relation_id = best.relation_id

),

conditions as (

    select
        relation_id,
        disclosure_id,
        bool_and(reason is null and fits) as is_met
    from judged
    group by relation_id, disclosure_id

),

final as (

    select
        md5(
            concat_ws('|', judged.disclosure_id, judged.relation_id, judged.subject_key)
        ) as check_id,
        judged.relation_id,
        judged.disclosure_id,
        judged.document_id,
        judged.subject_key,
        judged.strength,
        judged.is_count,
        judged.rate,
        judged.rate_half,
        judged.base,
        judged.left_value,
        judged.right_value,
        judged.difference,
        judged.tolerance,
        judged.left_places,
        judged.right_places,
        case
            when judged.reason is not null then judged.reason
            when judged.only_if is not null and not conditions.is_met
                then 'the relation that it rests on does not hold'
            when judged.strength = 'condition' and not judged.fits
                then 'the figures are not about the same'
        end as reason,
        case
            when
                judged.reason is not null
                or (judged.only_if is not null and not conditions.is_met)
                or (judged.strength = 'condition' and not judged.fits)
                then 'not_applicable'
            when judged.miss = 0 then 'holds'
            when judged.fits then 'rounding'
            else 'broken'
        end as status
    from judged
    left join conditions
        on
            judged.only_if = conditions.relation_id
            and judged.disclosure_id = conditions.disclosure_id
    -- of what lacks a term, one row per relation and reason says enough
    qualify
        judged.left_value is not null
        or row_number() over (
            partition by judged.disclosure_id, judged.relation_id, judged.reason
            order by judged.subject_key
        ) = 1

)

select * from final

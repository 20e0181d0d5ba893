-- Judged relations in the columns of the checks of identities.
with

relations as (

    select * from {{ ref('int_relation_checks') }}

),

relation_rules as (

    select * from {{ ref('relation_rule') }}

),

relation_places as (

    select
        place_id,
        any_value(cell_id) as cell_id,
        any_value(line_id) as line_id
    from {{ ref('int_relation_figures') }}
    group by place_id

),

relation_cells as (

    select
        placed.check_id,
        list(relation_places.cell_id order by placed.place_no) filter (
            where relation_places.cell_id is not null
        ) as cell_ids,
        list(distinct relation_places.line_id order by relation_places.line_id) filter (
            where relation_places.line_id is not null
        ) as line_ids
    from (
        select
            check_id,
            unnest(list_concat(left_places, right_places)) as place_id,
            generate_subscripts(list_concat(left_places, right_places), 1) as place_no
        from relations
    ) as placed
    inner join relation_places
        on placed.place_id = relation_places.place_id
    group by placed.check_id

),

final as (

    select
        relations.check_id,
        relations.relation_id as identity_id,
        relation_rules.description,
        relations.subject_key,
        relations.disclosure_id,
        relations.document_id,
        relations.status,
        relations.reason,
        -- what counts projects is no money
        case
            when not relations.is_count
                then try_cast(relations.left_value as decimal(18, 2))
        end as left_yuan,
        case
            when not relations.is_count
                then try_cast(relations.right_value as decimal(18, 2))
        end as right_yuan,
        case
            when not relations.is_count
                then try_cast(relations.difference as decimal(18, 2))
        end as difference_yuan,
        case
            when not relations.is_count
                then try_cast(relations.tolerance as decimal(18, 6))
        end as tolerance_yuan,
        relations.left_value is not null as is_current,
        coalesce(relation_cells.cell_ids, cast([] as varchar[])) as cell_ids,
        coalesce(relation_cells.line_ids, cast([] as varchar[])) as line_ids
    from relations
    inner join relation_rules
        on relations.relation_id = relation_rules.relation_id
    left join relation_cells
        on relations.check_id = relation_cells.check_id

)

select * from final

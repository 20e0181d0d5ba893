with

identity_rules as (

    select * from {{ ref('identity_rule') }}

),

relation_rules as (

    select * from {{ ref('relation_rule') }}

),

relation_terms as (

    select
        relation_id,
        {{ are_counts() }} as is_count
    from {{ ref('relation_term') }}
    group by relation_id

),

final as (

    select
        identity_id,
        document_kind,
        strength,
        'equal' as comparison,
        only_if,
        description,
        description_en,
        reason,
        reason_en,
        since,
        reference,
        true as is_money
    from identity_rules

    union all

    select
        relation_rules.relation_id as identity_id,
        relation_rules.document_kind,
        relation_rules.strength,
        relation_rules.comparison,
        relation_rules.only_if,
        relation_rules.description,
        relation_rules.description_en,
        relation_rules.reason,
        relation_rules.reason_en,
        relation_rules.since,
        relation_rules.reference,
        not relation_terms.is_count as is_money
    from relation_rules
    inner join relation_terms
        on relation_rules.relation_id = relation_terms.relation_id

)

select * from final

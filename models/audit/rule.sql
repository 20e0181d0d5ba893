with

identity_rules as (

    select * from {{ ref('identity_rule') }}

),

relation_rules as (

    select * from {{ ref('relation_rule') }}

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
        cast(null as varchar) as reason,
        reference
    from identity_rules

    union all

    select
        relation_id as identity_id,
        document_kind,
        strength,
        comparison,
        only_if,
        description,
        description_en,
        reason,
        reference
    from relation_rules

)

select * from final

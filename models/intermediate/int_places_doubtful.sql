-- The kinds of tables, and of forms the very form, in which a figure is in quarantine.
with

quarantine as (

    select * from {{ ref('stg_quarantine') }}

),

final as (

    select distinct
        document_id,
        table_kind,
        {{ doubtful_place('table_kind', 'cell_id') }} as place
    from quarantine
    where cell_id is not null

)

select * from final

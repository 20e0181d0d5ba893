-- Where the money of a disclosure goes: leaves only. Each dimension comes from one
-- table kind and fund, the first of its order that is printed.
with

disclosures as (

    select * from {{ ref('int_disclosures_described') }}

),

amounts as (

    select * from {{ ref('int_class_amounts') }}

),

first_tables as (

    select * from {{ ref('int_class_tables') }}
    where place_rank = 1

),

{{ class_name_imports() }},

posts as (

    select * from {{ ref('int_posts_stated') }}

),

chosen as (

    select
        amounts.*,
        first_tables.total_yuan
    from amounts
    inner join first_tables
        on
            amounts.disclosure_id = first_tables.disclosure_id
            and amounts.dimension = first_tables.dimension
            and amounts.basis = first_tables.basis
            and amounts.table_kind = first_tables.table_kind
            and amounts.fund = first_tables.fund

),

final as (

    select
        chosen.disclosure_id,
        {{ disclosure_columns() }},
        chosen.dimension,
        {{ zh_of('dimension', 'chosen.dimension') }} as dimension_zh,
        chosen.code,
        {{ class_name() }} as name,
        codes.class_code,
        codes.class_name,
        chosen.table_kind,
        {{ zh_of('table_kind', 'chosen.table_kind') }} as table_kind_zh,
        chosen.fund,
        {{ zh_of('fund', 'chosen.fund') }} as fund_zh,
        chosen.amount_yuan,
        chosen.total_yuan,
        chosen.printed_total_yuan,
        {{ ratio('chosen.amount_yuan', 'chosen.total_yuan') }} as share_of_total,
        posts.posts,
        posts.posts_basis,
        {{ zh_of('posts_basis', 'posts.posts_basis') }} as posts_basis_zh,
        {{ per_post('chosen.amount_yuan', 'posts.posts') }} as per_post_yuan,
        chosen.cell_count,
        chosen.page_number,
        chosen.cell_id
    from chosen
    inner join disclosures
        on
            chosen.disclosure_id = disclosures.disclosure_id
            and chosen.basis = disclosures.own_basis
    {{ join_class_names('chosen') }}
    left join posts
        on chosen.disclosure_id = posts.disclosure_id

)

select * from final

-- The same job across cities: an agency's year and kind stand once. Where department
-- and unit of an agency are both held, the department's amounts contain the unit's, and
-- are the ones that stand; ranks compare the same scope and fund.
with

amounts as (

    select * from {{ ref('mart_spending_class') }}
    where is_counted

),

final as (

    select
        agency_domain,
        agency_domain_zh,
        fiscal_year,
        document_kind,
        document_kind_zh,
        scope,
        scope_zh,
        agency_id,
        agency_name,
        region_code,
        region_name,
        province_name,
        disclosure_id,
        dimension,
        dimension_zh,
        code,
        name,
        class_code,
        class_name,
        table_kind,
        table_kind_zh,
        fund,
        fund_zh,
        amount_yuan,
        total_yuan,
        printed_total_yuan,
        share_of_total,
        posts,
        posts_basis,
        posts_basis_zh,
        per_post_yuan,
        cell_count,
        page_number,
        cell_id,
        cast(
            rank() over (
                partition by
                    agency_domain,
                    fiscal_year,
                    document_kind,
                    scope,
                    dimension,
                    fund,
                    code
                order by amount_yuan desc
            ) as integer
        ) as rank
    from amounts

)

select * from final

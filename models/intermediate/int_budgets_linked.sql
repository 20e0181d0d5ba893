-- A final account with the budget of the same agency, scope and year, where it is
-- held.
with

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

final as (

    select
        finals.disclosure_id,
        budgets.disclosure_id as budget_disclosure_id
    from disclosures as finals
    left join disclosures as budgets
        on
            finals.agency_id = budgets.agency_id
            and finals.fiscal_year = budgets.fiscal_year
            and finals.scope = budgets.scope
            and budgets.document_kind = 'budget'
    where finals.document_kind = 'final_account'

)

select * from final

-- Initial budgets that the sentences of a final account state, of the general public
-- budget: one number per class, and one for the total. Two numbers for one thing are
-- no number.
with

stated as (

    select * from {{ ref('fct_stated_figure') }}
    where
        is_current
        and measure = 'initial_budget'
        and amount_yuan is not null
        and topic in ('function_item', 'general_public_total')

),

disclosures as (

    select * from {{ ref('dim_disclosure') }}

),

final as (

    select
        stated.disclosure_id,
        case stated.topic when 'function_item' then 'function_item' else 'total' end
            as subject,
        case
            when stated.topic = 'function_item' then stated.function_code
            else 'expenditure'
        end as code,
        max(stated.amount_yuan) as amount_yuan,
        min(stated.line_id) as line_id
    from stated
    inner join disclosures
        on
            stated.disclosure_id = disclosures.disclosure_id
            and stated.basis_year = disclosures.fiscal_year
    where stated.topic <> 'function_item' or stated.function_code is not null
    group by stated.disclosure_id, stated.topic, stated.function_code
    having count(distinct stated.amount_yuan) = 1

)

select * from final

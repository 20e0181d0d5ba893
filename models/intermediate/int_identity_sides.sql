-- Which figures stand on which side of which check.
with

figures as (

    select * from {{ ref('int_figures_tidy') }}

),

rules as (

    select * from {{ ref('identity_rule') }}

),

terms as (

    select
        identity_term.*,
        unnest(string_split(identity_term.table_kinds, '|')) as table_kind
    from {{ ref('identity_term') }} as identity_term

),

final as (

    select
        rules.identity_id,
        figures.document_id,
        figures.disclosure_id,
        {{ check_key('terms', 'figures') }} as subject_key,
        {{ check_key('terms', 'figures', ['kind', 'fund', 'word', 'basis']) }}
            as family_key,
        terms.side,
        terms.term_no,
        terms.is_needed,
        figures.cell_id,
        figures.table_kind,
        figures.level,
        terms.sign * figures.amount_yuan as amount_yuan,
        figures.half_digit_yuan,
        figures.page_number,
        figures.amount_printed,
        figures.reading
    from figures
    inner join terms
        on
            figures.table_kind = terms.table_kind
            and figures.subject = terms.subject
            and {{ named_or_any('terms.words', 'figures.word') }}
            and {{ named_or_any('terms.levels', 'figures.level') }}
            and {{ named_or_any('terms.codes', 'figures.code') }}
            and {{ named_or_any('terms.block', 'figures.block') }}
            and {{ takes_fund('terms', 'figures') }}
            and {{ has_group('terms', 'figures') }}
    inner join rules
        on terms.identity_id = rules.identity_id
    where
        rules.document_kind in ('both', figures.document_kind)
        and (terms.words is not null or figures.word <> 'sole_total')
        -- a fund beside 财政拨款收入 is in it already
        and not (
            figures.is_source_part
            and not list_has_any(
                string_split(coalesce(terms.key, ''), '+'), ['word', 'group', 'within']
            )
            and (terms.words is null or contains(terms.words, 'fiscal_appropriation'))
        )

)

select * from final

-- Which figures stand on which side of which check.
{% set asked = [
    'table_kind', 'subject', 'word', 'level', 'fund', 'block',
    'is_source_part', 'is_fund_part', 'is_fund_addend',
] %}

with

figures as (

    {{ figures_with_shape('int_figures_tidy', asked) }}

),

-- tables with an item of 三公 that has no word
unnamed as (

    select distinct
        document_id,
        table_kind
    from figures
    where
        subject = 'three_public'
        and word = 'other_printed'
        and amount_yuan <> 0

),

shapes as (

    {{ shapes_of('figures', asked) }}

),

rules as (

    select * from {{ ref('identity_rule') }}

),

terms as (

    {{ terms_by_kind('identity_term') }}

),

taken as (

    select
        shapes.shape_key,
        rules.document_kind,
        terms.*
    from shapes
    inner join terms
        on
            shapes.table_kind = terms.table_kind
            and shapes.subject = terms.subject
            and {{ named_or_any('terms.words', 'shapes.word') }}
            and {{ named_or_any('terms.levels', 'shapes.level') }}
            and {{ named_or_any('terms.block', 'shapes.block') }}
            and {{ takes_fund('terms', 'shapes') }}
            and {{ has_group('terms', 'shapes') }}
    inner join rules
        on terms.identity_id = rules.identity_id
    where
        (terms.words is not null or shapes.word <> 'sole_total')
        -- a fund beside 财政拨款收入 is in it already
        and not (
            shapes.is_source_part
            and not list_has_any(terms.key_parts, ['word', 'group', 'within'])
            and (terms.words is null or contains(terms.words, 'fiscal_appropriation'))
        )

),

final as (

    select
        terms.identity_id,
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
        figures.word,
        terms.sign * figures.amount_yuan as amount_yuan,
        figures.half_digit_yuan,
        figures.page_number,
        figures.amount_printed,
        figures.reading,
        unnamed.document_id is not null as has_unnamed
    from figures
    inner join taken as terms
        on figures.shape_key = terms.shape_key
    left join unnamed
        on
            figures.document_id = unnamed.document_id
            and figures.table_kind = unnamed.table_kind
    where
        terms.document_kind in ('both', figures.document_kind)
        and (terms.codes is null or list_contains(terms.code_list, figures.code))

)

select * from final

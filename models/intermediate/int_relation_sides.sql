-- Which figures stand on which side of which relation. A disclosure is judged as a
-- whole: its tables and its narrative may be two files.
{% set asked = [
    'table_kind', 'subject', 'word', 'measure', 'level', 'fund',
    'is_source_part', 'is_fund_part', 'is_fund_addend',
] %}

with

figures as (

    {{ figures_with_shape('int_relation_figures', asked) }}

),

shapes as (

    {{ shapes_of('figures', asked) }}

),

rules as (

    select * from {{ ref('relation_rule') }}

),

terms as (

    {{ terms_by_kind('relation_term') }}

),

disclosures as (

    select distinct
        disclosure_id,
        agency_id,
        fiscal_year,
        document_kind,
        scope
    from {{ ref('int_documents_identified') }}

),

-- a disclosure, and those of the same agency that it is compared with
related as (

    select
        disclosure_id,
        document_kind,
        'this' as whose,
        disclosure_id as whose_disclosure_id
    from disclosures

    union all

    select
        disclosures.disclosure_id,
        disclosures.document_kind,
        'year_before' as whose,
        earlier.disclosure_id as whose_disclosure_id
    from disclosures
    inner join disclosures as earlier
        on
            disclosures.agency_id = earlier.agency_id
            and disclosures.scope = earlier.scope
            and disclosures.document_kind = earlier.document_kind
            and disclosures.fiscal_year = earlier.fiscal_year + 1

    union all

    select
        disclosures.disclosure_id,
        disclosures.document_kind,
        'budget' as whose,
        budgets.disclosure_id as whose_disclosure_id
    from disclosures
    inner join disclosures as budgets
        on
            disclosures.agency_id = budgets.agency_id
            and disclosures.scope = budgets.scope
            and disclosures.fiscal_year = budgets.fiscal_year
            and disclosures.document_kind = 'final_account'
            and budgets.document_kind = 'budget'

    union all

    select
        units.disclosure_id,
        units.document_kind,
        'department' as whose,
        departments.disclosure_id as whose_disclosure_id
    from disclosures as units
    inner join disclosures as departments
        on
            units.agency_id = departments.agency_id
            and units.fiscal_year = departments.fiscal_year
            and units.document_kind = departments.document_kind
            and units.scope = 'unit'
            and departments.scope = 'department'

),

taken as (

    select
        shapes.shape_key,
        terms.*
    from shapes
    inner join terms
        on
            shapes.table_kind = terms.table_kind
            and {{ named_or_any('terms.subject', 'shapes.subject') }}
            and {{ named_or_any('terms.words', 'shapes.word') }}
            and {{ named_or_any('terms.measures', 'shapes.measure') }}
            and {{ named_or_any('terms.levels', 'shapes.level') }}
            and {{ takes_fund('terms', 'shapes') }}
            and {{ has_group('terms', 'shapes') }}

),

final as (

    select
        rules.relation_id,
        related.disclosure_id,
        figures.document_id,
        {{ check_key('terms', 'figures', has_sections=true) }} as subject_key,
        terms.side,
        terms.role,
        terms.take,
        terms.sign,
        terms.term_no,
        terms.is_needed,
        figures.place_id,
        figures.cell_id,
        figures.line_id,
        figures.amount,
        figures.half_digit,
        figures.page_number,
        figures.printed,
        figures.said_key,
        figures.is_doubtful,
        figures.is_whole_unread
    from figures
    inner join taken as terms
        on
            figures.shape_key = terms.shape_key
            and (
                terms.codes is null or list_contains(terms.code_list, figures.code)
            )
    inner join related
        on
            terms.whose = related.whose
            and figures.disclosure_id = related.whose_disclosure_id
    inner join rules
        on
            terms.relation_id = rules.relation_id
            and rules.document_kind in ('both', related.document_kind)
    -- what is said twice in one passage, or in one document, is added up once
    qualify
        terms.take = 'any'
        or row_number() over (
            partition by
                rules.relation_id,
                related.disclosure_id,
                terms.term_no,
                {{ check_key('terms', 'figures', has_sections=true) }},
                figures.said_key
            order by figures.place_id
        ) = 1

)

select * from final

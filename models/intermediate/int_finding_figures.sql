-- Which figures stand behind each contradiction, check by check, and what each is about
-- in words that two documents share, without the place where they print it.
with

identity_causes as (

    select * from {{ ref('int_identity_causes') }}

),

identity_checks as (

    select * from {{ ref('identity_check') }}

),

identity_sides as (

    select * from {{ ref('int_identity_sides') }}

),

relation_causes as (

    select * from {{ ref('int_relation_causes') }}

),

relation_figures as (

    select * from {{ ref('int_relation_figures') }}

),

figures as (

    select * from {{ ref('int_figures_settled') }}

),

sentences as (

    select * from {{ ref('int_statements_contradicting') }}

),

statements as (

    select * from {{ ref('stg_statement') }}

),

stated as (

    select * from {{ ref('fct_stated_figure') }}

),

projects as (

    select * from {{ ref('int_project_amounts_differing') }}

),

current_kinds as (

    select * from {{ ref('int_table_kinds_current') }}

),

of_words as (

    select * from {{ ref('int_finding_words') }}

),

of_identities as (

    select
        concat_ws(
            '|', 'identities', identity_causes.document_id, identity_causes.cause
        ) as finding_key,
        identity_causes.check_id,
        identity_causes.identity_id as rule_id,
        concat_ws(
            '|', identity_sides.side, identity_sides.term_no, figures.table_kind,
            {{ figure_said('figures') }}
        ) as said,
        identity_sides.cell_id,
        cast(null as varchar) as line_id,
        identity_sides.amount_yuan as amount,
        identity_sides.half_digit_yuan as half_digit,
        identity_checks.is_current
    from identity_causes
    inner join identity_checks
        on identity_causes.check_id = identity_checks.check_id
    inner join identity_sides
        on
            identity_checks.identity_id = identity_sides.identity_id
            and identity_checks.document_id = identity_sides.document_id
            and identity_checks.subject_key = identity_sides.subject_key
    inner join figures
        on identity_sides.cell_id = figures.cell_id

),

placed as (

    {% for side in ['left', 'right'] %}
        select
            check_id,
            '{{ side }}' as side,
            unnest({{ side }}_places) as place_id
        from relation_causes

        {{ 'union' if not loop.last }}
    {% endfor %}

),

-- current figures only: no copy says them again, but a unit and its department may
of_relations as (

    select
        concat_ws(
            '|', 'relations', relation_causes.left_document_id, relation_causes.cause
        ) as finding_key,
        relation_causes.check_id,
        relation_causes.relation_id as rule_id,
        min(
            concat_ws(
                '|', placed.side, relation_figures.table_kind, relation_figures.subject,
                relation_figures.word, relation_figures.measure, relation_figures.level,
                relation_figures.fund, coalesce(relation_figures.code, ''),
                coalesce(relation_figures.said_of, ''),
                -- what is counted has units of its own
                case
                    when relation_figures.subject = 'remark'
                        then relation_figures.printed
                end
            )
        ) as said,
        any_value(relation_figures.cell_id) as cell_id,
        any_value(relation_figures.line_id) as line_id,
        any_value(relation_figures.amount) as amount,
        any_value(relation_figures.half_digit) as half_digit,
        true as is_current
    from relation_causes
    inner join placed
        on relation_causes.check_id = placed.check_id
    inner join relation_figures
        on placed.place_id = relation_figures.place_id
    group by
        relation_causes.left_document_id,
        relation_causes.cause,
        relation_causes.check_id,
        relation_causes.relation_id,
        placed.side,
        placed.place_id

),

-- one thing printed twice, and figures finer than a fen
reprinted as (

    {% for side, cell in [('left', 'first_cell_id'), ('right', 'cell_id')] %}
        select
            cell_id as cause,
            'printed_twice' as rule_id,
            '{{ side }}' as side,
            {{ cell }} as printed_cell_id
        from figures
        where standing = 'contradiction'

        union all
    {% endfor %}

    select
        table_id as cause,
        'rounded_below_fen' as rule_id,
        'left' as side,
        cell_id as printed_cell_id
    from figures
    where not is_exact_to_fen and standing = 'fact'

),

of_figures as (

    select
        concat_ws(
            '|', 'figures', figures.document_id, reprinted.cause
        ) as finding_key,
        reprinted.cause as check_id,
        reprinted.rule_id,
        concat_ws(
            '|', reprinted.side, figures.table_kind, {{ figure_said('figures') }}
        ) as said,
        figures.cell_id,
        cast(null as varchar) as line_id,
        figures.amount_yuan as amount,
        figures.half_digit_yuan as half_digit,
        coalesce(current_kinds.is_current, false) as is_current
    from reprinted
    inner join figures
        on reprinted.printed_cell_id = figures.cell_id
    left join current_kinds
        on
            figures.disclosure_id = current_kinds.disclosure_id
            and figures.document_id = current_kinds.document_id
            and figures.table_kind = current_kinds.table_kind

),

amounts as (

    select
        sentences.document_id,
        sentences.statement_id as cause,
        concat_ws('|', 'left', sentences.topic) as said,
        cast(null as varchar) as cell_id,
        sentences.line_id,
        statements.amount_yuan as amount,
        statements.half_digit_yuan as half_digit,
        stated.is_current
    from sentences
    inner join statements
        on sentences.statement_id = statements.statement_id
    inner join stated
        on sentences.statement_id = stated.stated_figure_id

    union all

    select
        sentences.document_id,
        sentences.statement_id as cause,
        concat_ws(
            '|', 'right', figures.table_kind, {{ figure_said('figures') }}
        ) as said,
        sentences.cell_id,
        cast(null as varchar) as line_id,
        figures.amount_yuan as amount,
        figures.half_digit_yuan as half_digit,
        stated.is_current
    from sentences
    inner join figures
        on sentences.cell_id = figures.cell_id
    inner join stated
        on sentences.statement_id = stated.stated_figure_id

    union all

    {% for side, line, difference in [
        ('left', 'cast(null as varchar)', '0'),
        ('right', 'projects.right_line_id', 'projects.difference_yuan'),
    ] %}
        select
            projects.document_id,
            {{ project_cause('projects') }} as cause,
            concat_ws(
                '|', '{{ side }}', projects.project_name, projects.measure,
                projects.fund
            ) as said,
            projects.{{ side }}_cell_id as cell_id,
            {{ line }} as line_id,
            figures.amount_yuan - {{ difference }} as amount,
            figures.half_digit_yuan as half_digit,
            true as is_current
        from projects
        inner join figures
            on projects.left_cell_id = figures.cell_id

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

of_amounts as (

    select
        concat_ws('|', 'amounts', document_id, cause) as finding_key,
        cause as check_id,
        'amounts' as rule_id,
        said,
        cell_id,
        line_id,
        amount,
        half_digit,
        is_current
    from amounts

),

united as (

    select * from of_identities

    union all

    select * from of_relations

    union all

    select * from of_figures

    union all

    select * from of_amounts

    union all

    select
        finding_key,
        check_id,
        rule_id,
        said,
        cell_id,
        line_id,
        0 as amount,
        0 as half_digit,
        is_current
    from of_words

),

final as (

    select
        united.finding_key,
        united.check_id,
        cast(
            row_number() over (
                partition by united.finding_key, united.check_id
                order by
                    united.said asc,
                    united.amount asc,
                    coalesce(united.cell_id, united.line_id) asc
            ) as integer
        ) as figure_no,
        united.rule_id,
        united.said,
        coalesce(
            figures.project_name, {{ label_key('figures.row_label') }}
        ) as named,
        coalesce(united.cell_id, united.line_id) as place_id,
        cast(coalesce(united.amount, 0) as decimal(24, 6)) as amount,
        cast(coalesce(united.half_digit, 0) as decimal(24, 8)) as half_digit,
        united.is_current
    from united
    left join figures
        on united.cell_id = figures.cell_id
    where coalesce(united.cell_id, united.line_id) is not null

)

select * from final

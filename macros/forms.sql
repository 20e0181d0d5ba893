{# Whether a row is of a kind of table that is about one project at a time. #}
{% macro is_form_of_project(rows) -%}
{{ rows }}.table_kind in ('performance_target', 'self_evaluation')
{%- endmacro %}

{# The keys of the projects that the forms of a group of rows are about; none for other
   kinds of tables. #}
{% macro projects_of_forms(rows) -%}
coalesce(
            list(distinct {{ printed_name_key(rows ~ '.project_name') }}) filter (
                where {{ rows }}.project_name is not null
                and {{ is_form_of_project(rows) }}
            ),
            cast([] as varchar[])
        )
{%- endmacro %}

{# Documents whose table pages are pictures, at least one of them: `pages` to documents. #}
{% macro scanned_documents(pages) -%}
select
        document_id,
        bool_or(route = 'scan') as is_scan
    from {{ pages }}
    where is_table_page
    group by document_id
{%- endmacro %}

{# One row with `telling`, a list of the series of signs (`telling_sign`) that tell names
   of projects apart which are alike in all else. #}
{% macro telling_series(signs) -%}
select
        list({
            'signs': series.signs,
            'meanings': series.meanings,
            'may_be_misread': series.may_be_misread
        }) as telling
    from (
        select
            string_agg(sign, '' order by sign) as signs,
            string_agg(means, '' order by sign) as meanings,
            bool_and(may_be_misread) as may_be_misread
        from {{ signs }}
        group by series
    ) as series
{%- endmacro %}

{# The signs of a series that a name has, in their order, one writing for each. #}
{% macro told_by(name, series) -%}
regexp_replace(
    translate({{ name }}, {{ series }}.signs, {{ series }}.meanings),
    '[^' || {{ series }}.meanings || ']',
    '',
    'g'
)
{%- endmacro %}

{# Whether two names, alike in all else, differ by a sign that tells projects apart: another
   number (一期, 二期), or another sign of a series where both have as many (上, 下); one
   that is gone may be misread. #}
{% macro are_told_apart(one, other, telling) -%}
len(
    list_filter(
        {{ telling }},
        lambda series: {{ told_by(one, 'series') }} <> {{ told_by(other, 'series') }}
        and (
            not series.may_be_misread
            or length({{ told_by(one, 'series') }}) = length({{ told_by(other, 'series') }})
        )
    )
) > 0
{%- endmacro %}

{# Whether one document prints what better ones print: the same table, or for forms that
   name their projects a form of one that they have too. The name on a scan may have a
   misread or lost sign in six, and at least one, but none that tells projects apart; a
   sign has three bytes, which is what DuckDB's distance counts. `rows` have `telling`. #}
{% macro prints_same_forms(rows, better_projects) -%}
(
        len({{ rows }}.projects) = 0
        or len({{ better_projects }}) = 0
        or list_has_any({{ rows }}.projects, {{ better_projects }})
        or (
            {{ rows }}.is_scan
            and len(
                list_filter(
                    {{ rows }}.projects,
                    lambda one: len(
                        list_filter(
                            {{ better_projects }},
                            lambda other: levenshtein(one, other)
                            <= 3 * greatest(1, len(other) // 6)
                            and not {{ are_told_apart('one', 'other', rows ~ '.telling') }}
                        )
                    ) > 0
                )
            ) > 0
        )
    )
{%- endmacro %}

{# Which documents of a disclosure and kind are current, in the order of their rank: one
   that prints the same as those before it that are current is not, so that no project is
   lost to a document that itself stands aside. `is_given` is true or false where that is
   settled, NULL elsewhere. The recursive part of a query on `ranked`, which has a row per
   disclosure, kind, document and rank with projects, is_scan and telling. #}
{% macro walk_forms(ranked, is_given='cast(null as boolean)') -%}
{%- set is_current -%}
coalesce({{ is_given }}, not {{ prints_same_forms(ranked, 'walked.held') }})
{%- endset -%}
select
        {{ ranked }}.disclosure_id,
        {{ ranked }}.table_kind,
        {{ ranked }}.document_id,
        {{ ranked }}.rank_no,
        true as is_current,
        {{ ranked }}.projects as held
    from {{ ranked }}
    where {{ ranked }}.rank_no = 1

    union all

    select
        {{ ranked }}.disclosure_id,
        {{ ranked }}.table_kind,
        {{ ranked }}.document_id,
        {{ ranked }}.rank_no,
        {{ is_current }} as is_current,
        case
            when {{ is_current }} and len(walked.held) > 0
                then list_concat(walked.held, {{ ranked }}.projects)
            else walked.held
        end as held
    from walked
    inner join {{ ranked }}
        on
            walked.disclosure_id = {{ ranked }}.disclosure_id
            and walked.table_kind = {{ ranked }}.table_kind
            and walked.rank_no + 1 = {{ ranked }}.rank_no
{%- endmacro %}

{#
    The name of a project with the ways of writing it taken out: white space, quotes, widths of
    brackets, the year (（2023年）, 2023年度), and one closing word for the thing itself
    (项目, 经费, 专项资金). Used to compare names, never shown.
#}
{% macro project_name_key(name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                {{ printed_name_key(name) }},
                '\(?20[0-9]{2}年?度?\)?', '', 'g'
            ),
            '^[0-9]+[、.]', ''
        ),
        '(..)(项目支出|项目经费|项目资金|专项经费|专项资金|经费支出|经费|项目|资金|专项|支出)$',
        '\1'
    )
{%- endmacro %}

{# The name without white space, quotes and widths of brackets. #}
{% macro printed_name_key(name) -%}
    regexp_replace(
        translate({{ name }}, '（）〔〕［］【】，：－—“”‘’＂＇', '()()()(),:--'),
        '[[:space:]　"'']', '', 'g'
    )
{%- endmacro %}

{#
    Joins the projects of one kind of table (`mentions`) to projects that are known already
    (`known`): by code, by the name as printed, by the name without its suffixes, and where a
    name stands for several projects, by name and amount; last by the beginning of the name
    and the same amount. A pair counts only if neither side has
    another partner at the same step; what stays ambiguous stays apart.
    Both relations have disclosure_id, own_id, project_code, name_printed_key, name_key,
    amount_yuan. One row per mention that found its project: own_id, known_id.
#}
{% macro match_projects(mentions, known) -%}
    select
        own_id,
        known_id
    from (
        select
            own_id,
            known_id,
            step,
            row_number() over (partition by own_id order by step) as choice_no
        from (
            select
                pairs.*,
                count(*) over (partition by own_id, step) as partners,
                count(*) over (partition by known_id, step) as partners_of_known
            from (
                {%- for condition in [
                    'mentions.project_code = known.project_code',
                    'mentions.name_printed_key = known.name_printed_key',
                    'mentions.name_printed_key = known.name_printed_key'
                    ~ ' and mentions.amount_yuan = known.amount_yuan',
                    'mentions.name_key = known.name_key',
                    'mentions.name_key = known.name_key'
                    ~ ' and mentions.amount_yuan = known.amount_yuan',
                    'left(mentions.name_key, 4) = left(known.name_key, 4)'
                    ~ ' and mentions.amount_yuan = known.amount_yuan'
                    ~ ' and mentions.amount_yuan > 0',
                ] %}
                select
                    mentions.own_id,
                    known.own_id as known_id,
                    {{ loop.index }} as step
                from {{ mentions }} as mentions
                inner join {{ known }} as known
                    on
                        mentions.disclosure_id = known.disclosure_id
                        and {{ condition }}
                where
                    mentions.project_code is null
                    or known.project_code is null
                    or mentions.project_code = known.project_code
                {{ 'union all' if not loop.last }}
                {%- endfor %}
            ) as pairs
        ) as counted
        where partners = 1 and partners_of_known = 1
    ) as choices
    where choice_no = 1
{%- endmacro %}

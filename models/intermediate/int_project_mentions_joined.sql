-- Which project a mention is of. Lists come first; a form is of the project of a list
-- that has its code, its name, or its name but for a suffix; then evaluations, and last
-- sentences.
{%- set steps = [
    ('target', 'performance_target'),
    ('summary', 'self_evaluation_summary'),
    ('evaluation', 'self_evaluation'),
    ('transfer', 'transfers'),
    ('sentence', 'narrative'),
] %}
with

mentions as (

    select * from {{ ref('int_project_mentions') }}

),

-- a project of two documents of one disclosure is one
mentioned as (

    select
        disclosure_id,
        table_kind,
        own_id,
        any_value(project_code) as project_code,
        any_value(name_printed_key) as name_printed_key,
        any_value(name_key) as name_key,
        any_value(amount_yuan) as amount_yuan
    from mentions
    group by disclosure_id, table_kind, own_id

),

known_list as (

    select * from mentioned
    where table_kind = 'project_list'

),
{% set ns = namespace(known='known_list') %}
{%- for name, kind in steps %}
    {{ name }} as (

        select * from mentioned
        where table_kind = '{{ kind }}'

    ),

    {{ name }}_matched as (

        {{ match_projects(name, ns.known) }}

    ),

    known_{{ name }} as (

        select * from {{ ns.known }}

        union all

        select {{ name }}.*
        from {{ name }}
        left join {{ name }}_matched
            on {{ name }}.own_id = {{ name }}_matched.own_id
        where {{ name }}_matched.own_id is null

    ),
    {% set ns.known = 'known_' ~ name %}
{%- endfor %}
matched as (
    {%- for name, kind in steps %}
        {{ 'union all' if not loop.first }}
        select
            own_id,
            known_id
        from {{ name }}_matched
    {%- endfor %}
),

final as (

    select
        mentions.document_id,
        mentions.disclosure_id,
        mentions.table_kind,
        mentions.mention_id,
        mentions.project_code,
        mentions.project_name,
        mentions.project_type,
        mentions.implementing_unit,
        mentions.score,
        mentions.grade,
        mentions.amount_yuan,
        mentions.page_number,
        mentions.cell_id,
        mentions.line_id,
        mentions.place_no,
        mentions.name_printed_key,
        mentions.name_key,
        mentions.own_id,
        coalesce(matched.known_id, mentions.own_id) as project_id
    from mentions
    left join matched
        on mentions.own_id = matched.own_id

)

select * from final

{{ config(post_hook="{{ create_trace() }}") }}
-- Where every figure of every fact is printed. A fact's own place comes first; after it
-- the places of the figures that it takes from elsewhere: shares reserved for small
-- firms, the amounts of a project.

{# table, key, figure, amount, cell, line #}
{% set own_places = [
    ('fct_income', 'income_id', 'amount_yuan', 'amount_yuan', 'cell_id', none),
    ('fct_expenditure_function', 'expenditure_id', 'amount_yuan', 'amount_yuan',
     'cell_id', none),
    ('fct_expenditure_economic', 'expenditure_id', 'amount_yuan', 'amount_yuan',
     'cell_id', none),
    ('fct_three_public', 'three_public_id', 'amount_yuan', 'amount_yuan', 'cell_id', none),
    ('fct_procurement', 'procurement_id', 'amount_yuan', 'amount_yuan', 'cell_id', none),
    ('fct_project', 'project_id', 'project_name', none, 'cell_id', 'line_id'),
    ('fct_project_amount', 'project_amount_id', 'amount_yuan', 'amount_yuan', 'cell_id',
     none),
    ('fct_performance_indicator', 'indicator_id', 'target_text', none, 'cell_id', none),
    ('fct_stated_figure', 'stated_figure_id', 'value', 'amount_yuan', none, 'line_id'),
] %}

with

procurement as (

    select * from {{ ref('fct_procurement') }}

),

reserved as (

    select * from {{ ref('int_procurement_reserved') }}

),

projects as (

    select * from {{ ref('fct_project') }}

),

project_amounts as (

    select * from {{ ref('int_project_amounts_chosen') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

lines as (

    select * from {{ ref('stg_line') }}

),

own_places as (

    {% for table, key, figure, amount, cell, line in own_places %}
        select
            '{{ table }}' as fact_table,
            {{ key }} as fact_id,
            '{{ figure }}' as figure,
            1 as place_no,
            disclosure_id,
            document_id,
            page_number,
            {{ cell or 'cast(null as varchar)' }} as cell_id,
            {{ line or 'cast(null as varchar)' }} as line_id,
            cast({{ amount or 'null' }} as decimal(18, 2)) as amount_yuan,
            is_current
        from {{ ref(table) }}
        {% if not loop.last %} union all {% endif %}
    {% endfor %}

),

own_cells as (

    select
        procurement.procurement_id,
        procurement.disclosure_id,
        procurement.is_current,
        procurement.sme_reserved_yuan,
        procurement.micro_reserved_yuan,
        cells.table_id,
        cells.row_no
    from procurement
    inner join cells
        on procurement.cell_id = cells.cell_id

),

taken as (

    {% for share in ('sme', 'micro') %}
        select
            'fct_procurement' as fact_table,
            own_cells.procurement_id as fact_id,
            own_cells.disclosure_id,
            own_cells.is_current,
            '{{ share }}_reserved_yuan' as figure,
            {{ loop.index }} as figure_no,
            own_cells.{{ share }}_reserved_yuan as amount_yuan,
            unnest(reserved.{{ share }}_reserved_cell_ids) as cell_id,
            cast(null as varchar) as line_id
        from own_cells
        inner join reserved
            on
                own_cells.table_id = reserved.table_id
                and own_cells.row_no = reserved.row_no
        where own_cells.{{ share }}_reserved_yuan is not null

        union all
    {% endfor %}

    select
        'fct_project' as fact_table,
        projects.project_id as fact_id,
        projects.disclosure_id,
        projects.is_current,
        concat(project_amounts.measure, '_yuan') as figure,
        1 as figure_no,
        project_amounts.amount_yuan,
        unnest(
            case
                when project_amounts.line_id is null then project_amounts.cell_ids
                else [cast(null as varchar)]
            end
        ) as cell_id,
        project_amounts.line_id
    from projects
    inner join project_amounts
        on projects.project_id = project_amounts.project_id
    where
        project_amounts.measure in (
            'budget', 'initial_budget', 'adjusted_budget', 'executed'
        )

    union all

    select
        'fct_project' as fact_table,
        project_id as fact_id,
        disclosure_id,
        is_current,
        'score' as figure,
        2 as figure_no,
        cast(null as decimal(18, 2)) as amount_yuan,
        score_cell_id as cell_id,
        score_line_id as line_id
    from projects
    where score is not null

),

taken_places as (

    select
        taken.fact_table,
        taken.fact_id,
        taken.figure,
        1 + row_number() over (
            partition by taken.fact_table, taken.fact_id
            order by taken.figure_no, taken.figure, taken.cell_id
        ) as place_no,
        taken.disclosure_id,
        coalesce(cells.document_id, lines.document_id) as document_id,
        coalesce(cells.page_number, lines.page_number) as page_number,
        taken.cell_id,
        taken.line_id,
        taken.amount_yuan,
        taken.is_current
    from taken
    left join cells
        on taken.cell_id = cells.cell_id
    left join lines
        on taken.line_id = lines.line_id

),

united as (

    select * from own_places

    union all

    select * from taken_places

),

final as (

    select
        fact_table,
        fact_id,
        figure,
        cast(place_no as integer) as place_no,
        disclosure_id,
        document_id,
        cast(page_number as integer) as page_number,
        cell_id,
        line_id,
        cast(amount_yuan as decimal(18, 2)) as amount_yuan,
        is_current
    from united

)

select * from final

-- Which figures make a subtotal, where a table says so by the order of its rows or by
-- the words of its labels, and no code tells. Doubt about the order gives no group.
with

figures as (

    select * from {{ ref('int_figures_settled') }}

),

form_cells as (

    select * from {{ ref('stg_form_cell') }}

),

-- lists of procurement and of projects: a subtotal stands above its lines
list_rows as (

    select
        table_id,
        row_no,
        min(level) as level,
        bool_or(row_kind = 'of_which') as is_of_which,
        concat_ws(
            '|',
            coalesce(length(min(function_code)), 0),
            coalesce(length(min(unit_code)), 0),
            case
                when regexp_matches(min(row_label), '^[一二三四五六七八九十]+、') then 1
                when regexp_matches(min(row_label), '^[（(][一二三四五六七八九十]+[)）]')
                    then 2
                when regexp_matches(min(row_label), '^[0-9]+[.、．]') then 3
                else 0
            end
        ) as shape
    from figures
    where
        subject in ('procurement', 'project')
        and cell_id not in (select form_cells.cell_id from form_cells)
        and level in ('line', 'subtotal')
    group by table_id, row_no

),

ordered as (

    select
        *,
        row_number() over (partition by table_id order by row_no) as place
    from list_rows

),

-- how many steps a subtotal stands above its first line: 1 directly, 2 with another
-- subtotal between; a line is 0
stepped as (

    select
        *,
        min(case when level = 'line' then place end) over (
            partition by table_id
            order by place
            rows between current row and unbounded following
        ) - place as step
    from ordered

),

-- subtotals of one look stand on one step, and those of one step look alike
looks as (

    select
        table_id,
        count(distinct concat_ws('|', shape, step)) as look_count,
        count(distinct shape) as shape_count,
        count(distinct step) as step_count,
        count(*) filter (where step is null) as open_count
    from stepped
    where level = 'subtotal'
    group by table_id

),

certain_tables as (

    select looks.table_id
    from looks
    inner join stepped
        on looks.table_id = stepped.table_id and stepped.place = 1
    where
        looks.open_count = 0
        and looks.look_count = looks.shape_count
        and looks.look_count = looks.step_count
        and stepped.level = 'subtotal'
        and looks.table_id not in (
            select list_rows.table_id from list_rows
            where list_rows.is_of_which
        )

),

list_groups as (

    select
        stepped.table_id,
        stepped.row_no,
        case
            when stepped.level = 'subtotal' then cast(stepped.row_no as varchar)
        end as group_name,
        cast(max(heads.row_no) as varchar) as within_name
    from stepped
    inner join certain_tables
        on stepped.table_id = certain_tables.table_id
    left join stepped as heads
        on
            stepped.table_id = heads.table_id
            and stepped.step + 1 = heads.step
            and stepped.place > heads.place
    group by stepped.table_id, stepped.row_no, stepped.level

),

-- income by source, a row each: `其他资金 / 小计` above `其他资金 / 其他收入`
income_rows as (

    select
        table_id,
        row_no,
        min(level) as level,
        min(row_label) as row_label,
        bool_or(function_code is not null or unit_code is not null) as has_code
    from figures
    where subject = 'income' and table_kind = 'income'
    group by table_id, row_no

),

income_tables as (

    select table_id
    from income_rows
    group by table_id
    having
        not bool_or(has_code)
        and bool_or(ends_with(row_label, ' / 小计'))

),

income_groups as (

    select
        income_rows.table_id,
        income_rows.row_no,
        case
            when income_rows.level = 'total' then 'all'
            when ends_with(income_rows.row_label, ' / 小计')
                then split_part(income_rows.row_label, ' / ', 1)
        end as group_name,
        case
            when income_rows.level = 'total' then null
            when ends_with(income_rows.row_label, ' / 小计') then 'all'
            when contains(income_rows.row_label, ' / ')
                then split_part(income_rows.row_label, ' / ', 1)
            else 'all'
        end as within_name
    from income_rows
    inner join income_tables
        on income_rows.table_id = income_tables.table_id

),

united as (

    select * from list_groups

    union all

    select * from income_groups

),

-- the form of a project: its whole money, and the funds; the form is named by its place
form_places as (

    select
        figures.cell_id,
        figures.fund = figures.main_fund as is_whole,
        concat_ws(
            '|',
            min(figures.table_no) over forms,
            min(figures.row_no) over forms,
            'form'
        ) as form_key
    from figures
    inner join form_cells
        on figures.cell_id = form_cells.cell_id
    window forms as (partition by form_cells.form_id)

),

form_groups as (

    select
        cell_id,
        case when is_whole then form_key end as group_key,
        case when not is_whole then form_key end as within_key
    from form_places

),

row_groups as (

    select
        figures.cell_id,
        case
            when united.group_name is not null
                then concat_ws('|', figures.table_no, united.group_name)
        end as group_key,
        case
            when united.within_name is not null
                then concat_ws('|', figures.table_no, united.within_name)
        end as within_key
    from figures
    inner join united
        on figures.table_id = united.table_id and figures.row_no = united.row_no

),

final as (

    select * from row_groups

    union all

    select * from form_groups

)

select * from final

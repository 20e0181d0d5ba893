-- What is said about a table, or a column of one, that contradicts others as a whole.
with

blamed as (

    select * from {{ ref('int_patches_blamed') }}

),

ties as (

    select * from {{ ref('int_patch_ties') }}

),

suspects as (

    select * from {{ ref('int_patches_suspected') }}

),

checks as (

    select * from {{ ref('identity_check') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

patches as (

    select
        patch_key,
        any_value(document_id) as document_id,
        any_value(table_id) as table_id,
        any_value(column_no) as column_no
    from blamed
    group by patch_key

),

-- of a table also what ties its columns to one another
ties_once as (

    select
        patches.patch_key,
        ties.check_id,
        any_value(ties.is_broken) as is_broken,
        bool_or(ties.tied_to = 'tables') as is_outside
    from patches
    inner join ties
        on
            patches.table_id = ties.table_id
            and patches.column_no in (0, ties.column_no)
    group by patches.patch_key, ties.check_id

),

tied as (

    select
        patch_key,
        count(*) filter (where is_outside) as outside_count,
        count(*) filter (where is_outside and is_broken) as outside_broken_count,
        count(*) filter (where not is_outside) as inside_count,
        count(*) filter (where not is_outside and is_broken) as inside_broken_count
    from ties_once
    group by patch_key

),

check_cells as (

    select
        check_id,
        unnest(cell_ids) as cell_id
    from checks
    where status = 'broken'

),

placed as (

    select
        blamed.patch_key,
        cells.cell_id,
        any_value(cells.table_id) as table_id,
        any_value(cells.page_number) as page_number,
        any_value(cells.column_label) as column_label,
        any_value(
            blamed.table_id = cells.table_id
            and blamed.column_no in (0, cells.column_no)
        ) as is_inside
    from blamed
    inner join check_cells
        on blamed.check_id = check_cells.check_id
    inner join cells
        on check_cells.cell_id = cells.cell_id
    group by blamed.patch_key, cells.cell_id

),

counted as (

    select
        placed.patch_key,
        count(*) filter (where placed.is_inside) as figure_count,
        min(placed.page_number) filter (where placed.is_inside) as page_number,
        mode(placed.column_label) filter (where placed.is_inside) as column_label,
        list(placed.cell_id order by placed.cell_id) filter (
            where placed.is_inside
        ) as cell_ids,
        list(placed.cell_id order by placed.cell_id) filter (
            where not placed.is_inside
        ) as other_cell_ids,
        list(distinct coalesce(tables.title, tables.table_kind)) filter (
            where placed.table_id <> patches.table_id
        ) as other_titles
    from placed
    inner join patches
        on placed.patch_key = patches.patch_key
    left join tables
        on placed.table_id = tables.table_id
    group by placed.patch_key

),

named as (

    select
        patches.patch_key,
        patches.document_id,
        patches.table_id,
        tied.outside_count,
        tied.outside_broken_count,
        tied.inside_count,
        tied.inside_broken_count,
        counted.figure_count,
        counted.page_number,
        counted.cell_ids,
        coalesce(counted.other_cell_ids, cast([] as varchar[])) as other_cell_ids,
        patches.column_no,
        coalesce(tables.title, tables.table_kind) as title,
        counted.column_label,
        list_sort(counted.other_titles)[1:3] as other_titles,
        suspects.correction,
        suspects.row_step,
        suspects.column_step,
        suspects.factor,
        suspects.mended_count,
        coalesce(suspects.is_sound_inside, false) as is_sound_inside
    from patches
    inner join tied
        on patches.patch_key = tied.patch_key
    inner join counted
        on patches.patch_key = counted.patch_key
    left join tables
        on patches.table_id = tables.table_id
    left join suspects
        on
            patches.table_id = suspects.table_id
            and patches.column_no = suspects.column_no

),

final as (

    select
        patch_key,
        document_id,
        table_id,
        column_no,
        figure_count,
        page_number,
        cell_ids,
        other_cell_ids,
        concat(
            '“', title, '”',
            case
                when column_no > 0 then concat('的“', column_label, '”一列') else ''
            end,
            '整体上与',
            case
                when len(other_titles) > 0
                    then concat('“', array_to_string(other_titles, '”“'), '”')
                else '表内其他数字'
            end,
            '不符：',
            case
                when outside_count > 0
                    then concat(
                        '与其他表的 ', outside_count, ' 项核对中 ',
                        outside_broken_count, ' 项不成立，'
                    )
                else ''
            end,
            case
                when inside_count > 0
                    then concat(
                        '表内的 ', inside_count, ' 项核对中 ',
                        inside_broken_count, ' 项不成立，'
                    )
                else ''
            end,
            '涉及 ', figure_count, ' 个数字',
            case
                when correction = 'row' and row_step > 0
                    then concat(
                        '；各数字上移一行，即有 ', mended_count,
                        ' 项成立，像是整体低了一行'
                    )
                when correction = 'row'
                    then concat(
                        '；各数字下移一行，即有 ', mended_count,
                        ' 项成立，像是整体高了一行'
                    )
                when correction = 'column' and column_step > 0
                    then concat(
                        '；各数字左移一列，即有 ', mended_count,
                        ' 项成立，像是整体右移了一列'
                    )
                when correction = 'column'
                    then concat(
                        '；各数字右移一列，即有 ', mended_count,
                        ' 项成立，像是整体左移了一列'
                    )
                when correction = 'factor' and factor < 1
                    then concat(
                        '；各数字除以 ', {{ whole_number('1 / factor') }}, '，即有 ',
                        mended_count, ' 项成立，像是金额单位有误'
                    )
                when correction = 'factor'
                    then concat(
                        '；各数字乘以 ', {{ whole_number('factor') }}, '，即有 ',
                        mended_count, ' 项成立，像是金额单位有误'
                    )
                when is_sound_inside and column_no = 0
                    then '；表内的和成立，像是另一年度或另一口径的数字'
                when is_sound_inside
                    then '；该列自身的和成立，像是另一栏的数字'
                else ''
            end,
            '。例如：'
        ) as description,
        concat(
            'As a whole, ',
            case
                when column_no > 0
                    then concat('the column “', column_label, '” of ')
                else ''
            end,
            '“', title, '” contradicts ',
            case
                when len(other_titles) > 0
                    then concat('“', array_to_string(other_titles, '”, “'), '”')
                else 'its own other figures'
            end,
            ':',
            case
                when outside_count > 0
                    then concat(
                        ' of ', outside_count, ' checks against other tables ',
                        outside_broken_count, ' are broken,'
                    )
                else ''
            end,
            case
                when inside_count > 0
                    then concat(
                        ' of ', inside_count, ' within the table ',
                        inside_broken_count, ','
                    )
                else ''
            end,
            ' with ', figure_count,
            case figure_count when 1 then ' figure' else ' figures' end,
            case
                when correction = 'row'
                    then concat(
                        '; moved ', case when row_step > 0 then 'up' else 'down' end,
                        ' by one row, ', mended_count, ' of them hold'
                    )
                when correction = 'column'
                    then concat(
                        '; moved ',
                        case when column_step > 0 then 'left' else 'right' end,
                        ' by one column, ', mended_count, ' of them hold'
                    )
                when correction = 'factor' and factor < 1
                    then concat(
                        '; divided by ', {{ whole_number('1 / factor') }}, ', ',
                        mended_count,
                        ' of them hold: the unit of the table may be wrong'
                    )
                when correction = 'factor'
                    then concat(
                        '; multiplied by ', {{ whole_number('factor') }}, ', ',
                        mended_count,
                        ' of them hold: the unit of the table may be wrong'
                    )
                when is_sound_inside and column_no = 0
                    then
                        '; its own sums hold, as if it were of another year or other '
                        'money'
                when is_sound_inside
                    then '; its own sums hold, as if it were another column'
                else ''
            end,
            '. For example: '
        ) as description_en
    from named

)

select * from final

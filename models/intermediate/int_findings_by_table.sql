-- Findings about a table, or a column of one, that contradicts others as a whole: all
-- that name a figure of it are one cause.
with

told as (

    select * from {{ ref('int_findings_told') }}
    where part in ('identities', 'relations', 'figures', 'amounts')

),

patches as (

    select * from {{ ref('int_patches_described') }}

),

cells as (

    select * from {{ ref('stg_printed_cell') }}

),

tables as (

    select * from {{ ref('stg_table') }}

),

terms as (

    select * from {{ ref('identity_term') }}

),

named_cells as (

    select
        finding_key,
        unnest(list_concat(left_cell_ids, right_cell_ids)) as cell_id
    from told

),

finding_cells as (

    select
        named_cells.finding_key,
        cells.table_id,
        cells.column_no
    from named_cells
    inner join cells
        on named_cells.cell_id = cells.cell_id

),

-- a figure that is blank where the table would print it has no cell to name it by
lacking as (

    select distinct
        told.finding_key,
        told.document_id,
        unnest(string_split(terms.table_kinds, '|')) as table_kind
    from told
    inner join terms
        on
            list_contains(told.identity_ids, terms.identity_id)
            and terms.side = case
                when len(told.left_cell_ids) = 0 then 'left'
                when len(told.right_cell_ids) = 0 then 'right'
            end
    where told.part = 'identities'

),

suspected as (

    select
        finding_cells.finding_key,
        patches.patch_key,
        patches.figure_count
    from finding_cells
    inner join patches
        on
            finding_cells.table_id = patches.table_id
            and patches.column_no in (0, finding_cells.column_no)

    union all

    select
        lacking.finding_key,
        patches.patch_key,
        patches.figure_count
    from lacking
    inner join patches
        on lacking.document_id = patches.document_id
    inner join tables
        on
            patches.table_id = tables.table_id
            and lacking.table_kind = tables.table_kind
    where patches.column_no = 0

),

-- of two tables the one with more figures to blame
chosen as (

    select
        finding_key,
        patch_key
    from suspected
    qualify
        row_number() over (
            partition by finding_key
            order by figure_count desc, patch_key asc
        ) = 1

),

-- one finding needs no other to tell it
final as (

    select
        finding_key,
        patch_key
    from chosen
    qualify count(*) over (partition by patch_key) > 1

)

select * from final

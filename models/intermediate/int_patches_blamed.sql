-- Which table, or column of a table, a broken check is blamed on: of those that
-- contradict others as a whole, the one with the most against it. Where several columns
-- of a table are to blame, the table is.
with

ties as (

    select * from {{ ref('int_patch_ties') }}
    where is_broken

),

suspects as (

    select * from {{ ref('int_patches_suspected') }}

),

blamed as (

    select
        ties.check_id,
        ties.document_id,
        ties.table_id,
        ties.column_no
    from ties
    inner join suspects
        on
            ties.table_id = suspects.table_id
            and ties.column_no = suspects.column_no
    qualify
        row_number() over (
            partition by ties.check_id
            order by
                suspects.score desc,
                (suspects.correction is not null) desc,
                ties.column_no asc,
                ties.table_id asc
        ) = 1

),

widened as (

    select
        check_id,
        document_id,
        table_id,
        case
            when
                min(column_no) over (partition by table_id)
                < max(column_no) over (partition by table_id)
                then 0
            else column_no
        end as column_no
    from blamed

),

final as (

    select
        check_id,
        document_id,
        table_id,
        column_no,
        concat_ws('|', table_id, column_no) as patch_key
    from widened

)

select * from final

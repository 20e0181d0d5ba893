-- Tells the figures that become facts from those that repeat one. A total that a table
-- prints twice, and a table that a document prints twice, give one fact each. Where
-- the second printing differs, the first is published and the second stands as
-- `contradiction`.
with

figures as (

    select * from {{ ref('int_figures_placed') }}
    where subject is not null

),

keyed as (

    select
        *,
        md5(concat_ws(
            '|',
            document_id,
            subject,
            table_kind,
            level,
            fund,
            coalesce(income_source, component, item, measure, ''),
            coalesce(basis, ''),
            coalesce(function_code, ''),
            coalesce(department_economic_code, ''),
            coalesce(government_economic_code, ''),
            coalesce(unit_code, ''),
            -- rows that carry no code are told apart by their words
            case
                when level = 'total' or subject = 'three_public' then ''
                else coalesce(row_label, '')
            end,
            -- columns that share a word of last resort are still columns
            case
                when
                    fund in ('carryover', 'other_printed')
                    or coalesce(income_source, component, item) = 'other_printed'
                    then column_label
            end,
            -- lines of lists may look alike and still be two
            case
                when level in ('line', 'subtotal')
                    then concat_ws('|', table_no, row_no)
                else ''
            end
        )) as printing_key
    from figures

),

ranked as (

    select
        *,
        row_number() over printings as printing_no,
        first_value(cell_id) over printings as first_cell_id,
        first_value(amount_yuan) over printings as first_amount_yuan,
        first_value(table_no) over printings as first_table_no
    from keyed
    window printings as (
        partition by printing_key
        order by
            case when row_kind = 'unit' then 1 else 0 end,
            table_no,
            -- lines of units without a code stand above the total of a 三公 table
            case when row_kind = 'total' then 0 else 1 end,
            row_no,
            column_no
    )

),

-- in one table a class may stand in the blocks of several units: all of them are facts
settled as (

    select
        *,
        case
            when printing_no = 1
                then 'fact'
            when
                level not in ('total', 'line', 'subtotal')
                and subject <> 'three_public'
                and table_no = first_table_no
                then 'fact'
            when amount_yuan = first_amount_yuan
                then 'repeat'
            else 'contradiction'
        end as standing
    from ranked

),

final as (

    select
        cell_id,
        document_id,
        disclosure_id,
        document_kind,
        subject,
        table_id,
        table_no,
        table_kind,
        page_number,
        row_no,
        column_no,
        row_kind,
        row_label,
        column_label,
        level,
        fund,
        main_fund,
        function_code,
        department_economic_code,
        government_economic_code,
        unit_code,
        income_source,
        component,
        item,
        basis,
        measure,
        line_no,
        catalogue_code,
        catalogue_name,
        category,
        project_code,
        project_name,
        project_type,
        implementing_unit,
        amount_yuan,
        amount_printed,
        reading,
        unit,
        half_digit_yuan,
        is_exact_to_fen,
        first_cell_id,
        standing
    from settled

)

select * from final

"""Questions about one agency: its years, and one of its disclosures in detail."""

from duckdb import DuckDBPyConnection

from dashboard.rows import (
    AgencyYear,
    Change,
    IncomeSource,
    Leaf,
    TotalPlace,
)
from review.warehouse import read_rows


def agency_years(connection: DuckDBPyConnection, agency_id: str) -> list[AgencyYear]:
    """The disclosures of an agency, the newest first."""
    return read_rows(
        connection,
        AgencyYear,
        """
        select
            disclosure_id, agency_id, agency_name, region_name, fiscal_year, document_kind, scope,
            income_total_yuan, expenditure_total_yuan, basic_yuan, project_yuan,
            personnel_yuan, operating_yuan, three_public_yuan, procurement_yuan, project_count
        from marts.mart_agency_year
        where agency_id = $1
        order by fiscal_year desc, document_kind, scope
        """,
        [agency_id],
    )


def total_places(connection: DuckDBPyConnection, disclosure_id: str) -> list[TotalPlace]:
    """Where the amounts of a disclosure's year are printed: a total with that very amount.

    It is of a kind of table, a basis and a fund that the mart takes the amount from.
    """
    return read_rows(
        connection,
        TotalPlace,
        """
        with year as (
            select * from marts.mart_agency_year where disclosure_id = $1
        ), totals as (
            unpivot (
                select
                    income_total_yuan as income_total,
                    expenditure_total_yuan as expenditure_total,
                    basic_yuan as basic,
                    project_yuan as project,
                    personnel_yuan as personnel,
                    operating_yuan as operating,
                    three_public_yuan as three_public,
                    procurement_yuan as procurement
                from year
            ) on columns(*) into name measure value amount_yuan
        ), printed as (
            select 'income_total' as measure, amount_yuan, fund, page_number, cell_id
            from core.fct_income
            where disclosure_id = $1 and is_current and level = 'total'
                and income_source = 'total' and fund = 'all'
            union all
            select
                case component
                    when 'total' then 'expenditure_total'
                    when 'basic_personnel' then 'personnel'
                    when 'basic_operating' then 'operating'
                    else component
                end as measure,
                amount_yuan, fund, page_number, cell_id
            from core.fct_expenditure_function
            where disclosure_id = $1 and is_current and function_code is null
                and case
                    when component = 'total' then level = 'total' and fund = 'all'
                    when component in ('basic', 'project') then
                        table_kind in ('expenditure', 'summary', 'general_public_expenditure')
                        and fund in ('all', 'general_public_budget')
                    else table_kind = 'general_public_expenditure'
                end
            union all
            select component as measure, amount_yuan, fund, page_number, cell_id
            from core.fct_expenditure_economic
            where disclosure_id = $1 and is_current and level = 'total'
                and component in ('personnel', 'operating')
                and table_kind <> 'agency_operating_cost'
            union all
            select 'three_public' as measure, amount_yuan, fund, page_number, cell_id
            from core.fct_three_public
            where disclosure_id = $1 and is_current and item = 'total'
                and basis = (
                    select if(document_kind = 'final_account', 'final', document_kind) from year
                )
            union all
            select 'procurement' as measure, amount_yuan, fund, page_number, cell_id
            from core.fct_procurement
            where disclosure_id = $1 and is_current and level = 'total'
                and table_kind = 'procurement' and fund in ('all', 'fiscal')
        )
        select measure, printed.page_number, printed.cell_id
        from totals
        inner join printed using (measure, amount_yuan)
        qualify row_number() over (
            partition by measure
            order by
                case fund
                    when 'all' then 1 when 'fiscal' then 2 when 'general_public_budget' then 3
                    else 4
                end,
                printed.cell_id
        ) = 1
        order by measure
        """,
        [disclosure_id],
    )


def income_sources(connection: DuckDBPyConnection, disclosure_id: str) -> list[IncomeSource]:
    """Income of a disclosure by source, the largest first."""
    return read_rows(
        connection,
        IncomeSource,
        """
        select
            income_source, table_kind, amount_yuan, share_of_total, total_yuan,
            page_number, cell_id
        from marts.mart_income_source
        where disclosure_id = $1
        order by amount_yuan desc, income_source
        """,
        [disclosure_id],
    )


def leaves(connection: DuckDBPyConnection, disclosure_id: str, dimension: str) -> list[Leaf]:
    """Where the money of a disclosure goes in one dimension, the largest first."""
    return read_rows(
        connection,
        Leaf,
        """
        select
            dimension, code, name, class_code, class_name, table_kind, fund, amount_yuan,
            total_yuan, printed_total_yuan, share_of_total, per_post_yuan, cell_count,
            page_number, cell_id
        from marts.mart_spending_class
        where disclosure_id = $1 and dimension = $2
        order by amount_yuan desc, code
        """,
        [disclosure_id, dimension],
    )


def changes(connection: DuckDBPyConnection, disclosure_id: str, dimension: str) -> list[Change]:
    """What changed against the year before in one dimension, the most first."""
    return read_rows(
        connection,
        Change,
        """
        select
            dimension, code, name, table_kind, fund, prior_source, amount_yuan, prior_amount_yuan,
            change_yuan, change_share, page_number, cell_id, prior_cell_id
        from marts.mart_year_over_year
        where disclosure_id = $1 and dimension = $2
        order by abs(change_yuan) desc, code
        """,
        [disclosure_id, dimension],
    )

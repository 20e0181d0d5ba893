"""Questions about one agency over the years: 三公, budget and final account."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Execution, ThreePublic
from review.warehouse import read_rows


def three_public_trend(connection: DuckDBPyConnection, agency_id: str) -> list[ThreePublic]:
    """三公 of an agency over the years, by item, basis and scope."""
    return read_rows(
        connection,
        ThreePublic,
        """
        select
            fiscal_year, scope, document_kind, item, basis, fund, amount_yuan, total_yuan,
            printed_total_yuan, page_number, cell_id
        from marts.mart_three_public_trend
        where agency_id = $1
        order by fiscal_year, basis, item, scope
        """,
        [agency_id],
    )


def execution(connection: DuckDBPyConnection, agency_id: str) -> list[Execution]:
    """Budget and final account of an agency, by year, scope, subject and code."""
    return read_rows(
        connection,
        Execution,
        """
        select
            fiscal_year, scope, subject, code, name, fund, budget_source, budget_yuan,
            adjusted_budget_yuan, final_yuan, execution_rate, rate_basis, page_number, cell_id,
            budget_cell_id
        from marts.mart_budget_execution
        where agency_id = $1
        order by
            fiscal_year desc, scope, subject, execution_rate is null, final_yuan desc nulls last,
            code
        """,
        [agency_id],
    )

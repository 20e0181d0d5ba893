"""Questions about what is bought, in one year, kind and scope."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Bought, Category
from review.warehouse import read_rows


def procurement(
    connection: DuckDBPyConnection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
    category: str | None = None,
    most: int = 200,
) -> list[Bought]:
    """What is bought in one year, kind and scope, the largest first."""
    return read_rows(
        connection,
        Bought,
        """
        select
            agency_name, region_name, category, catalogue_code, catalogue_name, amount_source,
            fund, amount_yuan, sme_reserved_yuan, micro_reserved_yuan, sme_share, line_count,
            page_number, cell_id
        from marts.mart_procurement_profile
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
            and ($5::varchar is null or coalesce(category, 'unknown') = $5)
        order by amount_yuan desc nulls last, agency_id, category, catalogue_code
        limit $6
        """,
        [fiscal_year, document_kind, scope, agency_id, category, most],
    )


def procurement_categories(
    connection: DuckDBPyConnection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
) -> list[Category]:
    """Procurement by category and fund in one year, kind and scope."""
    return read_rows(
        connection,
        Category,
        """
        select
            category,
            fund,
            sum(amount_yuan)::decimal(18, 2) as amount_yuan,
            sum(sme_reserved_yuan)::decimal(18, 2) as sme_reserved_yuan,
            count(distinct agency_id) as agencies
        from marts.mart_procurement_profile
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
        group by category, fund
        order by amount_yuan desc nulls last, category, fund
        """,
        [fiscal_year, document_kind, scope, agency_id],
    )

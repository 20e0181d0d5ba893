"""What is held, and what is missing."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Held
from review.warehouse import read_rows


def coverage(
    connection: DuckDBPyConnection, region_code: str | None = None, most: int = 60
) -> list[Held]:
    """What is held and what is missing, of the first agencies by region and name."""
    return read_rows(
        connection,
        Held,
        """
        with chosen as (
            select agency_id
            from marts.mart_coverage
            where $1::varchar is null or region_code = $1
            group by agency_id
            order by min(region_code), min(agency_name), agency_id
            limit $2
        )
        select
            region_code, region_name, province_name, agency_id, agency_name, fiscal_year,
            document_kind, scope, disclosure_id, held, gap, tables_held, tables_missing,
            tables_missing_zh
        from marts.mart_coverage
        inner join chosen using (agency_id)
        order by region_code, agency_name, agency_id, fiscal_year, document_kind, scope
        """,
        [region_code, most],
    )

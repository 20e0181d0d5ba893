"""Questions about findings."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Counted, Finding
from review.warehouse import read_rows


def finding_counts(
    connection: DuckDBPyConnection, fiscal_year: int | None = None, agency_id: str | None = None
) -> list[Counted]:
    """Findings by severity and kind."""
    return read_rows(
        connection,
        Counted,
        """
        select severity, kind, count(*) as findings
        from marts.mart_findings
        where
            ($1::integer is null or fiscal_year = $1)
            and ($2::varchar is null or agency_id = $2)
        group by severity, kind
        order by findings desc, kind, severity
        """,
        [fiscal_year, agency_id],
    )


def findings(
    connection: DuckDBPyConnection,
    severity: str | None = None,
    kind: str | None = None,
    fiscal_year: int | None = None,
    agency_id: str | None = None,
    disclosure_id: str | None = None,
    most: int = 200,
) -> list[Finding]:
    """Findings, the most severe first."""
    return read_rows(
        connection,
        Finding,
        """
        select
            finding_id, agency_id, agency_name, region_name, fiscal_year, document_kind, scope,
            kind, severity, disclosure_id, document_id, page_number, description,
            description_en, left_printed, right_printed
        from marts.mart_findings
        where
            ($1::varchar is null or severity = $1)
            and ($2::varchar is null or kind = $2)
            and ($3::integer is null or fiscal_year = $3)
            and ($4::varchar is null or agency_id = $4)
            and ($5::varchar is null or disclosure_id = $5)
        order by
            list_position(['high', 'medium', 'low'], severity), fiscal_year desc, agency_name,
            finding_id
        limit $6
        """,
        [severity, kind, fiscal_year, agency_id, disclosure_id, most],
    )

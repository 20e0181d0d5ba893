"""What one can choose from (agencies, regions, domains, years), and what metrics mean."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Agency, Choice, Metric, Region
from review.warehouse import read_rows

_AGENCIES = """
    select
        agency_id,
        arg_max(agency_name, fiscal_year) as agency_name,
        arg_max(region_name, fiscal_year) as region_name,
        count(distinct disclosure_id) as disclosures
    from marts.{mart}
    where {figure} is not null
    group by agency_id
    order by region_name, agency_name, agency_id
"""

_CHOICES = """
    select fiscal_year, document_kind, scope, count(distinct agency_id) as agencies
    from marts.{mart}
    group by all
    order by fiscal_year desc, agencies desc, document_kind, scope
"""


def agencies(connection: DuckDBPyConnection) -> list[Agency]:
    """All agencies, by region and name."""
    sql = _AGENCIES.format(mart="mart_agency_year", figure="agency_id")
    return read_rows(connection, Agency, sql)


def execution_agencies(connection: DuckDBPyConnection) -> list[Agency]:
    """Agencies of which a final account stands beside a budget."""
    sql = _AGENCIES.format(mart="mart_budget_execution", figure="execution_rate")
    return read_rows(connection, Agency, sql)


def three_public_agencies(connection: DuckDBPyConnection) -> list[Agency]:
    """Agencies of which 三公 is held."""
    sql = _AGENCIES.format(mart="mart_three_public_trend", figure="amount_yuan")
    return read_rows(connection, Agency, sql)


def regions(connection: DuckDBPyConnection) -> list[Region]:
    """Regions of which something is held."""
    return read_rows(
        connection,
        Region,
        """
        select region_code, region_name, count(distinct agency_id) as agencies
        from marts.mart_coverage
        group by all
        order by region_code
        """,
    )


def domains(connection: DuckDBPyConnection) -> list[tuple[str, int]]:
    """Agency domains with the number of regions that hold one, the most first."""
    return connection.execute(
        """
        select agency_domain, count(distinct region_code) as regions
        from marts.mart_city_comparison
        group by agency_domain
        order by regions desc, agency_domain
        """
    ).fetchall()


def comparison_choices(connection: DuckDBPyConnection, agency_domain: str) -> list[Choice]:
    """Years, kinds and scopes in which agencies of a domain can be compared."""
    return read_rows(
        connection,
        Choice,
        """
        select fiscal_year, document_kind, scope, count(distinct agency_id) as agencies
        from marts.mart_city_comparison
        where agency_domain = $1
        group by all
        order by fiscal_year desc, agencies desc, document_kind, scope
        """,
        [agency_domain],
    )


def project_choices(connection: DuckDBPyConnection) -> list[Choice]:
    """Years, kinds and scopes of which projects are held."""
    return read_rows(connection, Choice, _CHOICES.format(mart="mart_project_portfolio"))


def procurement_choices(connection: DuckDBPyConnection) -> list[Choice]:
    """Years, kinds and scopes of which procurement is held."""
    return read_rows(connection, Choice, _CHOICES.format(mart="mart_procurement_profile"))


def finding_years(connection: DuckDBPyConnection) -> list[int]:
    """Years of findings, the newest first."""
    rows = connection.execute(
        "select distinct fiscal_year from marts.mart_findings"
        " where fiscal_year is not null order by fiscal_year desc"
    ).fetchall()
    return [year for (year,) in rows]


def metrics(connection: DuckDBPyConnection) -> list[Metric]:
    """The metrics that the marts have, as they are defined."""
    return read_rows(
        connection,
        Metric,
        """
        select metric, metric_zh, metric_en, numerator, denominator, null_when
        from marts.mart_metric
        order by metric
        """,
    )

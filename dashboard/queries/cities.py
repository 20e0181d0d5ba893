"""Questions about agencies of one domain beside each other."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from dashboard.rows import Compared, Peer
from review.warehouse import read_rows


def peers(
    connection: DuckDBPyConnection,
    agency_domain: str,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    dimension: str,
) -> list[Peer]:
    """Agencies of a domain that can be compared in one year, kind and scope, the largest first."""
    return read_rows(
        connection,
        Peer,
        """
        select agency_id, agency_name, region_name, max(total_yuan) as total_yuan
        from marts.mart_city_comparison
        where
            agency_domain = $1 and fiscal_year = $2 and document_kind = $3 and scope = $4
            and dimension = $5
        group by agency_id, agency_name, region_name
        order by total_yuan desc, agency_id
        """,
        [agency_domain, fiscal_year, document_kind, scope, dimension],
    )


def city_comparison(
    connection: DuckDBPyConnection,
    agency_domain: str,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    dimension: str,
    agency_ids: Sequence[str] | None = None,
    code: str | None = None,
) -> list[Compared]:
    """The leaves of agencies of a domain in one year, kind and scope, the largest agency first.

    Of the agencies ``agency_ids``, else of all; of the class ``code``, else of all classes.
    """
    return read_rows(
        connection,
        Compared,
        """
        select
            agency_id, agency_name, region_name, disclosure_id, dimension, code, name, fund,
            amount_yuan, total_yuan, share_of_total, posts, posts_basis, per_post_yuan, rank,
            page_number, cell_id
        from marts.mart_city_comparison
        where
            agency_domain = $1 and fiscal_year = $2 and document_kind = $3 and scope = $4
            and dimension = $5
            and ($6::varchar[] is null or agency_id in $6::varchar[])
            and ($7::varchar is null or code = $7)
        order by total_yuan desc, agency_id, amount_yuan desc, code
        """,
        [
            *(agency_domain, fiscal_year, document_kind, scope, dimension),
            None if agency_ids is None else list(agency_ids),
            code,
        ],
    )

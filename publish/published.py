"""Looking at the warehouse that is published now."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from publish.errors import PublicationError


@dataclass(frozen=True)
class Published:
    """The row of `meta.publication` in the published file."""

    publication_id: str
    published_at: datetime
    fingerprint: str


def read_published(warehouse: Path) -> Published | None:
    """Read `meta.publication` of the published file; None when nothing is published yet.

    Raises PublicationError when the file is not a warehouse of this project: it may be somebody's
    work, so it is never replaced.
    """
    if not warehouse.exists():
        return None
    rows = _query(
        warehouse, "select publication_id, published_at, fingerprint from meta.publication"
    )
    if len(rows) != 1:
        raise PublicationError(
            f"{warehouse} has {len(rows)} rows in meta.publication, expected 1; {_ADVICE}"
        )
    return Published(*rows[0])


def read_runs(warehouse: Path) -> list[tuple[Any, ...]]:
    """Read the history of builds that published, oldest first; empty when nothing is published.

    Columns: run_id, started_at, finished_at (UTC), documents_seen, documents_read,
    documents_reused, documents_quarantined, version.
    """
    if not warehouse.exists():
        return []
    return _query(
        warehouse,
        "select run_id, started_at, finished_at, documents_seen, documents_read,"
        " documents_reused, documents_quarantined, version from audit.run order by started_at",
    )


def read_figures(warehouse: Path) -> list[tuple[str, int]]:
    """Read how many figures each published document has in cells: (document_id, figures).

    Empty when nothing is published. Figures in quarantine count: they are not lost.
    """
    if not warehouse.exists():
        return []
    rows = _query(
        warehouse,
        "select document_id, count(*) from raw.cell where role = 'amount' group by document_id"
        " order by document_id",
    )
    return [(str(document_id), int(figures)) for document_id, figures in rows]


_ADVICE = "move it away or name another WAREHOUSE"


def _query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()
    except duckdb.CatalogException as error:
        raise PublicationError(
            f"{warehouse} is a DuckDB file, but not a warehouse of gongkai; {_ADVICE}"
        ) from error
    except duckdb.IOException as error:
        text = str(error)
        if "lock" in text.lower():
            raise PublicationError(
                f"{warehouse} is open for writing in another program; close it there"
            ) from error
        if "not a valid DuckDB" in text:
            raise PublicationError(f"{warehouse} is not a DuckDB file; {_ADVICE}") from error
        raise PublicationError(f"{warehouse} cannot be read: {text.splitlines()[0]}") from error
    except duckdb.Error as error:
        raise PublicationError(
            f"{warehouse} cannot be read: {str(error).splitlines()[0]}; {_ADVICE}"
        ) from error

"""Looking at the warehouse that is published now."""

from collections.abc import Iterator
from contextlib import contextmanager
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


def read_remembered(warehouse: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Read what helps to say why a decision of a person does not fit any more.

    Returns the path of a file by document id, and what a decision's cell showed by decision id;
    both are empty when nothing is published.
    """
    if not warehouse.exists():
        return {}, {}
    paths = dict(_query(warehouse, "select document_id, min(file_path) from raw.source group by 1"))
    if not _query(
        warehouse,
        "select 1 from duckdb_tables() where schema_name = 'audit' and table_name = 'decision'",
    ):
        return paths, {}
    rows = _query(
        warehouse, "select content_id, file_path, decision_id, printed from audit.decision"
    )
    for content_id, file_path, _, _ in rows:
        if file_path is not None:
            paths.setdefault(content_id, file_path)
    return paths, {key: printed for _, _, key, printed in rows if printed is not None}


_ADVICE = "move it away or name another WAREHOUSE"


def _query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with explain_failures(warehouse), duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@contextmanager
def explain_failures(warehouse: Path) -> Iterator[None]:
    """Turn what DuckDB says of a published file that it cannot read into a PublicationError."""
    try:
        yield
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

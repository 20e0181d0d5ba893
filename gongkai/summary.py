"""The short summary at the end of a build."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from expectations.visible import counted, one_line
from gongkai.settling import Settled, describe_unfit
from publish.previous import read_changes

if TYPE_CHECKING:
    from rich.console import Console

_LINES_SHOWN = 20
_UNFIT_SHOWN = 3
_RULES_SHOWN = 8
_UNMATCHED = "no figure of it is printed"
_DETAIL_SHOWN = 120


@dataclass(frozen=True)
class QuarantineLine:
    """How much of one document was quarantined for one reason; a document may have many names."""

    file_names: str
    reason: str
    parts: int
    detail: str
    is_document: bool
    """Whether the whole document is in quarantine; otherwise pages, tables and cells of it are."""


def read_quarantine(warehouse: Path) -> list[QuarantineLine]:
    """Read what a published warehouse quarantined, one entry per file and reason."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select names.file_names, quarantine.reason, count(*),"
            " coalesce(first(quarantine.detail order by quarantine.page_number), ''),"
            " bool_or(document.status = 'quarantined')"
            " from audit.quarantine as quarantine"
            # the same bytes may lie under several names
            " inner join (select document_id, string_agg(file_path, ', ' order by file_path)"
            " as file_names from raw.source group by document_id) as names"
            " on quarantine.document_id = names.document_id"
            " inner join raw.document as document"
            " on quarantine.document_id = document.document_id"
            " group by names.file_names, quarantine.reason order by 1, 2"
        ).fetchall()
    return [QuarantineLine(*row) for row in rows]


def describe_quarantine(quarantine: Sequence[QuarantineLine], documents: int) -> str:
    """Say how much is in quarantine: whole documents, and parts of those that were read.

    A part is a page, a table or a cell, one row of `audit.quarantine`.
    """
    parts = sum(line.parts for line in quarantine if not line.is_document)
    if not documents and not parts:
        return "nothing in quarantine"
    return f"{counted(documents, 'document')} and {counted(parts, 'part')} in quarantine"


def print_summary(
    console: "Console", warehouse: Path, quarantine: Sequence[QuarantineLine]
) -> None:
    """Print how many rows each table of the warehouse has, and a line per quarantined part."""
    from rich import box
    from rich.table import Table

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counts = connection.execute(
            "select schema_name, table_name, estimated_size from duckdb_tables()"
            " where schema_name in ('core', 'marts', 'audit') order by schema_name, table_name"
        ).fetchall()
    table = Table(box=box.SIMPLE)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for schema, name, size in counts:
        table.add_row(f"{schema}.{name}", f"{size:,}")
    console.print(table)
    for line in quarantine[:_LINES_SHOWN]:
        parts = counted(line.parts, "part") if line.parts > 1 else line.detail
        if len(parts) > _DETAIL_SHOWN:
            parts = f"{parts[:_DETAIL_SHOWN]}… (all of it in audit.quarantine)"
        # names and details hold what files are called and what documents print
        console.print(one_line(f"quarantined: {line.file_names}: {line.reason}: {parts}"))
    if len(quarantine) > _LINES_SHOWN:
        console.print(
            f"quarantined: {len(quarantine) - _LINES_SHOWN} more lines are in audit.quarantine"
        )


def print_unmatched_rules(console: "Console", warehouse: Path) -> None:
    """Warn in one line of rules that no figure of any document matched; nothing without any."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rules = connection.execute(
            "select rules.identity_id from audit.rule as rules"
            " left join audit.identity_check as checks on rules.identity_id = checks.identity_id"
            " group by rules.identity_id"
            " having coalesce(bool_and(coalesce(checks.reason, '') = ?), true) order by 1",
            [_UNMATCHED],
        ).fetchall()
    if rules:
        names = ", ".join(name for (name,) in rules[:_RULES_SHOWN])
        more = f" and {len(rules) - _RULES_SHOWN} more" if len(rules) > _RULES_SHOWN else ""
        console.print(
            f"warning: {counted(len(rules), 'rule')} without a figure in any document:"
            f" {names}{more}"
        )


def print_decisions(console: "Console", settled: Settled) -> None:
    """Say in one line how many decisions apply, and which do not fit; nothing without any."""
    if not settled.decisions:
        return
    applied = len(settled.decisions) - settled.unfit
    line = f"decisions: {applied} applied"
    if settled.unfit:
        shown = list(describe_unfit(settled.decisions))
        more = f" and {len(shown) - _UNFIT_SHOWN} more" if len(shown) > _UNFIT_SHOWN else ""
        line += (
            f", {settled.unfit} do not fit: {'; '.join(shown[:_UNFIT_SHOWN])}{more}"
            " (all of them in audit.decision)"
        )
    console.print(line)


def print_changes(console: "Console", warehouse: Path) -> None:
    """Say in one line what the publication changes against the one before."""
    changes = read_changes(warehouse)
    if changes is None:
        console.print("first publication: nothing to compare with")
    else:
        console.print(changes.describe())

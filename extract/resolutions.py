"""Rows of the table `resolution`: how the reading of each settled figure was settled, and by what.

A figure is settled only where the candidates come from how such text breaks and one alone is left.
What the rules say of it is added: they are evaluated over the cells of the document as landed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.cells import CellRow, as_record
from extract.forms.naming import LabelledForms
from extract.page import Settled
from extract.reading import Reading
from extract.rules.checking import check_document
from extract.schema import TABLES, Record
from extract.tables import Table
from extract.vocabulary import Vocabulary

_READING = TABLES["cell"].names.index("reading")
_ONE = 1
"""A figure is settled where one solution is left; with more of them it is in quarantine."""


def settled_cells(table: Table, rows: Sequence[CellRow]) -> Iterator[tuple[str, Settled | None]]:
    """Ids of the cells of a table whose figure was settled, and how; ``rows`` are all its cells."""
    ways: dict[int, Settled | None] = {}
    if isinstance(table.labelled, LabelledForms):
        ways = {
            id(money.cell): money.settled for form in table.labelled.forms for money in form.money
        }
    for placed, (place, rest) in zip(table.labelled.cells, rows, strict=True):
        if rest is not None and rest[_READING - len(place)] == "resolved" and rest[-1] is None:
            yield str(place[0]), ways.get(id(placed.cell)) or placed.cell.settled


def candidates_of(table: Table, rows: Sequence[CellRow]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of the cells of a table that a recogniser read in several ways, and what they may be."""
    for placed, (place, _) in zip(table.labelled.cells, rows, strict=True):
        if placed.cell.candidates:
            yield str(place[0]), placed.cell.candidates


def resolution_records(
    document_id: str,
    reading: Reading,
    settled: Mapping[str, Settled | None],
    cells: Sequence[CellRow],
    table_funds: Mapping[str, str | None],
    vocabulary: Vocabulary,
) -> Iterator[Record]:
    """One row per settled figure, with the rules that hold with it and those that break."""
    if not settled:
        return
    records = [as_record(row) for row in cells]
    doubts = [
        (str(cell["table_kind"]), str(cell["cell_id"]))
        for cell in records
        if cell["quarantine_reason"] is not None
    ]
    kind = reading.settled.document_kind or ""
    rules: dict[tuple[str, str], list[str]] = defaultdict(list)
    for check in check_document(records, table_funds, vocabulary.kinds, kind, doubts):
        status = "holds" if check.status == "rounding" else check.status
        for cell_id in settled.keys() & set(check.cell_ids):
            if check.rule.name not in rules[(cell_id, status)]:
                rules[(cell_id, status)].append(check.rule.name)
    for cell_id, way in settled.items():
        yield {
            "cell_id": cell_id,
            "document_id": document_id,
            "method": way.method if way else None,
            "evidence": way.evidence if way else None,
            "solutions": _ONE,
            "rules_held": "|".join(rules[(cell_id, "holds")]) or None,
            "rules_broken": "|".join(rules[(cell_id, "broken")]) or None,
        }

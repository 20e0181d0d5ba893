"""Holding decisions against what was read: which apply, to what, and which no longer fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pyarrow import parquet

from gongkai.decisions import IDENTITY_FIELDS, Decision
from gongkai.documents import SourceFile
from gongkai.landing import Reading

Row = dict[str, Any]

_CELL = (
    "cell_id",
    "table_id",
    "text",
    "role",
    "printed",
    "value",
    "unit",
    "decimals",
    "reading",
    "row_kind",
    "quarantine_reason",
)


class Outcome(StrEnum):
    """What became of a decision; all but the first three were not applied."""

    SETTLED = "settled"
    AGREES = "agrees"
    OVERRULED = "overruled"
    DOCUMENT_UNKNOWN = "document_unknown"
    DOCUMENT_GONE = "document_gone"
    CONTENT_CHANGED = "content_changed"
    DOCUMENT_NOT_READ = "document_not_read"
    TABLE_GONE = "table_gone"
    CELL_GONE = "cell_gone"
    CELL_CHANGED = "cell_changed"
    CELL_HAS_NO_ROW = "cell_has_no_row"
    NOT_MONEY = "not_money"
    UNIT_UNKNOWN = "unit_unknown"
    NOTHING_IN_DOUBT = "nothing_in_doubt"


APPLIED = frozenset({Outcome.SETTLED, Outcome.AGREES, Outcome.OVERRULED})


@dataclass(frozen=True)
class Remembered:
    """What the publication to be replaced knew: it makes a decision's misfit plain.

    ``paths`` is the file of a content, ``prints`` what a decision's cell showed, by decision id.
    """

    paths: Mapping[str, str]
    prints: Mapping[str, str]


@dataclass(frozen=True)
class Settled:
    """What decisions make of the documents that were read.

    ``decisions`` are rows of `raw.decision`; ``documents`` and ``cells`` replace columns of the
    rows of `raw.document` and `raw.cell` that have their ids, ``tables`` those of `raw.table`.
    ``released`` are ids of documents whose identity is now whole; ``inherited`` replaces columns of
    `raw.document` of those that take it from their folder (`gongkai.folders`).
    """

    decisions: tuple[Row, ...] = ()
    documents: tuple[Row, ...] = ()
    tables: tuple[Row, ...] = ()
    cells: tuple[Row, ...] = ()
    released: frozenset[str] = frozenset()
    inherited: tuple[Row, ...] = ()

    @property
    def unfit(self) -> int:
        """How many decisions were not applied."""
        return sum(not row["applied"] for row in self.decisions)

    def readings(self, readings: Iterable[Reading]) -> list[Reading]:
        """The readings, with the documents that a decision released no longer in quarantine."""
        return [
            replace(reading, landed=replace(reading.landed, quarantined=False))
            if reading.landed is not None and reading.landed.document_id in self.released
            else reading
            for reading in readings
        ]


NOTHING_SETTLED = Settled()
"""Where no person has decided anything."""


def settle(
    decisions: Sequence[Decision],
    readings: Iterable[Reading],
    sources: Sequence[SourceFile],
    remembered: Remembered,
) -> Settled:
    """Hold every decision against the document that it is about.

    Only sets of documents with decisions are looked at. Nothing is written.
    """
    by_document: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_document.setdefault(decision.document_id, []).append(decision)
    landed = {
        reading.source.document_id: reading.landed
        for reading in readings
        if reading.source.document_id in by_document
    }
    parts = []
    for document_id, own in by_document.items():
        if document_id not in landed:
            parts.append(_without_document(document_id, own, sources, remembered))
            continue
        set_of_document = landed[document_id]
        path = next(s.relative_path for s in sources if s.document_id == document_id)
        directory = set_of_document.directory if set_of_document is not None else None
        document = _Document(
            document_id,
            path,
            directory,
            remembered,
            is_identity_alone=all(decision.what in IDENTITY_FIELDS for decision in own),
        )
        parts.append(document.settle(own))
    return Settled(
        decisions=tuple(row for part in parts for row in part.decisions),
        documents=tuple(row for part in parts for row in part.documents),
        tables=tuple(row for part in parts for row in part.tables),
        cells=tuple(row for part in parts for row in part.cells),
        released=frozenset().union(*(part.released for part in parts)),
    )


def _without_document(
    document_id: str,
    decisions: Sequence[Decision],
    sources: Sequence[SourceFile],
    remembered: Remembered,
) -> Settled:
    """Say of a content that is not held what became of its file."""
    rows = []
    for decision in decisions:
        path = remembered.paths.get(document_id)
        named = [
            source
            for source in sources
            if source.relative_path == path or source.name == decision.file_name
        ]
        outcome = Outcome.DOCUMENT_GONE if path else Outcome.DOCUMENT_UNKNOWN
        detail = f"{path} is gone" if path else "no document below DOCUMENTS has this content"
        if len({source.document_id for source in named}) == 1:
            outcome = Outcome.CONTENT_CHANGED
            detail = (
                f"{named[0].relative_path} has another content now; look at it and decide again"
            )
        row = _row(decision, outcome, detail, file_path=path or decision.file_name or None)
        if outcome is Outcome.CONTENT_CHANGED:
            row |= {"document_id": named[0].document_id, "file_path": named[0].relative_path}
        if decision.decision_id in remembered.prints:
            row["printed"] = remembered.prints[decision.decision_id]
        rows.append(row)
    return Settled(decisions=tuple(rows))


def _row(decision: Decision, outcome: Outcome, detail: str = "", **more: object) -> Row:
    return {
        "decision_id": decision.decision_id,
        "content_id": decision.document_id,
        "what": decision.what,
        "place": decision.place or None,
        "value": decision.value,
        "who": decision.who,
        "why": decision.why,
        "printed": decision.printed or None,
        "applied": outcome in APPLIED,
        "reason": outcome.value,
        "detail": detail or None,
        "decided_in": decision.file,
        "line_number": decision.line,
        **more,
    }


class _Document:
    """The set of one document while its decisions are held against it."""

    def __init__(
        self,
        document_id: str,
        path: str,
        directory: Path | None,
        remembered: Remembered,
        *,
        is_identity_alone: bool,
    ) -> None:
        self.document_id = document_id
        self.path = path
        self.prints = remembered.prints
        self.row: Row = {}
        self.was_read = self.in_doubt = False
        self.tables: dict[str, Row] = {}
        self.cells: dict[str, Row] = {}
        if directory is not None:
            self.row = _read(directory, "document")[0]
            reasons = {row["reason"] for row in _read(directory, "quarantine")}
            self.in_doubt = "identity_uncertain" in reasons
            self.was_read = self.row["status"] == "read" or self.in_doubt
        if directory is not None and self.was_read and not is_identity_alone:
            columns = ("table_id", "unit")
            self.tables = {row["table_id"]: row for row in _read(directory, "table", columns)}
            self.cells = {row["cell_id"]: row for row in _read(directory, "cell", _CELL)}
        self.changed: dict[str, Row] = {}
        self.changed_tables: dict[str, Row] = {}
        self.identity: Row = {}

    def settle(self, decisions: Sequence[Decision]) -> Settled:
        """Apply the decisions: units come before the figures that may need them."""
        ordered = sorted(decisions, key=lambda decision: decision.what == "cell")
        rows = [self._decide(decision) for decision in ordered]
        documents = []
        released: frozenset[str] = frozenset()
        if self.identity:
            whole = {**{name: self.row[name] for name in IDENTITY_FIELDS}, **self.identity}
            missing = [name for name, value in whole.items() if value is None]
            if self.in_doubt and not missing:
                released = frozenset({self.document_id})
            status = "quarantined" if missing else "read"
            documents.append(
                {**whole, "document_id": self.document_id, "status": status, "missing": missing}
            )
        return Settled(
            decisions=tuple(rows),
            documents=tuple(documents),
            tables=tuple(self.changed_tables.values()),
            cells=tuple(self.changed.values()),
            released=released,
        )

    def _decide(self, decision: Decision) -> Row:
        if not self.was_read:
            outcome, detail, read = Outcome.DOCUMENT_NOT_READ, "the document cannot be read", None
        elif decision.what == "cell":
            return self._decide_cell(decision)
        elif decision.what == "unit":
            outcome, detail, read = self._decide_unit(decision)
        else:
            outcome, detail, read = self._decide_identity(decision)
        return self._said(decision, outcome, detail, read_value=read)

    def _said(self, decision: Decision, outcome: Outcome, detail: str = "", **more: object) -> Row:
        held = {"document_id": self.document_id, "file_path": self.path}
        return _row(decision, outcome, detail, **held, **more)

    def _decide_identity(self, decision: Decision) -> tuple[Outcome, str, str | None]:
        value = int(decision.value) if decision.what == "fiscal_year" else decision.value
        own = self.row[decision.what]
        self.identity[decision.what] = value
        return _compared(own, value), "", None if own is None else str(own)

    def _decide_unit(self, decision: Decision) -> tuple[Outcome, str, str | None]:
        if decision.place and decision.place not in self.tables:
            return Outcome.TABLE_GONE, "the document has no such table", None
        tables = [
            table
            for table in self.tables.values()
            if table["table_id"] == decision.place or not (decision.place or table["unit"])
        ]
        own = tables[0]["unit"] if decision.place else None
        units = {table["table_id"]: table["unit"] for table in tables}
        touched = [
            cell
            for cell in self.cells.values()
            if cell["table_id"] in units
            and cell["row_kind"] is not None
            # a column may print a unit of its own
            and cell["unit"] in (None, units[cell["table_id"]])
        ]
        if not touched:
            return Outcome.NOTHING_IN_DOUBT, "no figure waits for a unit", own
        for table in tables:
            self.changed_tables[table["table_id"]] = {**table, "unit": decision.value}
        for cell in touched:
            doubt = cell["quarantine_reason"]
            doubt = None if doubt == "unit_unknown" else doubt
            reading = cell["reading"] if doubt or cell["value"] is None else "confirmed"
            self._change(cell, unit=decision.value, quarantine_reason=doubt, reading=reading)
        return _compared(own, decision.value), f"{len(touched)} figures", own

    def _decide_cell(self, decision: Decision) -> Row:
        cell = self.cells.get(decision.place)
        remembered = self.prints.get(decision.decision_id)
        expected = decision.printed or remembered
        if cell is None:
            detail = "the document has no such cell any more; find it in raw.cell and decide again"
            return self._said(
                decision, Outcome.CELL_GONE, detail, **({"printed": expected} if expected else {})
            )
        shown = cell["printed"] or (cell["text"] or "").strip()
        facts: Row = {"printed": expected or shown, "read_value": _as_text(cell["value"])}
        if expected and expected != shown:
            detail = f"the cell shows {shown!r}; the decision was about {expected!r}"
            return self._said(decision, Outcome.CELL_CHANGED, detail, **facts)
        if cell["row_kind"] is None:
            detail = f"the reader knows neither row nor column of it ({cell['role']})"
            return self._said(decision, Outcome.CELL_HAS_NO_ROW, detail, **facts)
        if cell["row_kind"] == "count" or cell["quarantine_reason"] == "not_money":
            return self._said(decision, Outcome.NOT_MONEY, "its row counts things", **facts)
        figure = decision.figure
        unit = figure.unit or cell["unit"]
        if unit is None:
            detail = "write 元 or 万元 behind the figure, or decide the unit of its table"
            return self._said(decision, Outcome.UNIT_UNKNOWN, detail, **facts)
        certain = cell["value"] is not None and cell["quarantine_reason"] is None
        own = (cell["value"], cell["unit"]) if certain else None
        self._change(
            cell,
            printed=shown,
            value=figure.value,
            decimals=figure.decimals,
            unit=unit,
            reading="confirmed",
            quarantine_reason=None,
        )
        return self._said(
            decision,
            _compared(own, (figure.value, unit)),
            cell["quarantine_reason"] or "",
            **facts,
        )

    def _change(self, cell: Row, **columns: object) -> None:
        self.cells[cell["cell_id"]] = self.changed[cell["cell_id"]] = {**cell, **columns}


def _compared(own: object, decided: object) -> Outcome:
    if own is None:
        return Outcome.SETTLED
    return Outcome.AGREES if own == decided else Outcome.OVERRULED


def _as_text(value: object) -> str | None:
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".")


def _read(directory: Path, name: str, columns: Sequence[str] | None = None) -> list[Row]:
    table = parquet.ParquetFile(directory / f"{name}.parquet").read(columns)
    rows: list[Row] = table.to_pylist()
    return rows


def describe_unfit(rows: Iterable[Row]) -> Iterator[str]:
    """Say of each decision that was not applied where it stands and why, in one line."""
    for row in rows:
        if not row["applied"]:
            place = f" {row['place']}" if row["place"] else ""
            yield (
                f"{row['decided_in']} line {row['line_number']} ({row['what']}{place}):"
                f" {row['reason']}: {row['detail']}"
            )

"""Cells of a text whose figure is damaged, settled by the identities of the whole document.

The rows of a table have been asked before; here all identities are, over all tables. Only what
the reader has put in doubt is looked at: a PDF with a text layer says which characters it prints,
and figures that are printed clearly stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extract.broken_figures import joined_readings, readings
from extract.cells import DAMAGED, CellRow, as_record, with_figure, without_figure
from extract.figures import decimals, parse_amount
from extract.page import Settled
from extract.rules.equations import equations_about
from extract.rules.placing import YUAN, place_figures
from extract.rules.residual import Candidate, Doubtful, Outcome, settle_doubtful
from extract.rules.tidying import tidy_figures
from extract.schema import TABLES, Record
from extract.text import squeeze
from extract.vocabulary import TableKind

MOST_NAMED = 4
"""So many readings of a figure that stays in doubt are named."""

NO_CANDIDATES: Mapping[str, Sequence[str]] = MappingProxyType({})
"""Where no recogniser has been asked."""

_PAGE = TABLES["cell"].names.index("page_number")
_STAND_IN = Decimal(1)
_PIECE = re.compile(r"[0-9.,]+", re.ASCII)


@dataclass(frozen=True)
class SettledCells:
    """The cells with what was settled; how, by cell id; and readings of those still in doubt.

    ``texts`` are the settled figures as they were printed.
    """

    cells: list[CellRow]
    settled: dict[str, Settled]
    evidence: dict[str, str]
    texts: list[str]


def settle_cells(
    cells: Sequence[CellRow],
    table_funds: Mapping[str, str | None],
    kinds: Mapping[str, TableKind],
    document_kind: str,
    pages: Collection[int | None] | None = None,
    candidates: Mapping[str, Sequence[str]] = NO_CANDIDATES,
) -> SettledCells:
    """Settle the damaged figures of a document that its identities leave one reading of.

    ``table_funds`` has the fund of each table by its id, ``kinds`` what is true of each kind. Only
    figures on these ``pages`` are asked (None: on all); ``candidates`` has, by cell id, what a
    recogniser takes a figure for: of other figures the damage says what they may be.
    """
    damaged = [
        at
        for at, row in enumerate(cells)
        if row[1] is not None
        and row[1][-1] in DAMAGED
        and (pages is None or row[0][_PAGE] in pages)
    ]
    if not damaged:
        return SettledCells(list(cells), {}, {}, [])
    records = [as_record(row) for row in cells]
    figures = list(_damaged_figures(damaged, records, kinds, candidates))
    in_doubt = {cell: figure for figure in figures for cell in figure.doubtful.cells}
    stand_ins = [
        _stand_in(record, in_doubt[cell])
        if (cell := str(record["cell_id"])) in in_doubt
        else record
        for record in records
    ]
    tidied = tidy_figures(place_figures(stand_ins, table_funds, kinds, document_kind))
    unplaced = {
        record["table_id"]
        for record in records
        if record["quarantine_reason"] is not None and str(record["cell_id"]) not in in_doubt
    }
    tables = {str(record["cell_id"]): record["table_id"] for record in records}
    equations = [
        equation
        for equation in equations_about(in_doubt, tidied, document_kind)
        if not any(tables[cell] in unplaced for cell in equation.signs)
    ]
    outcomes = settle_doubtful([figure.doubtful for figure in figures], equations)
    found = SettledCells(list(cells), {}, {}, [])
    numbers = {str(record["cell_id"]): at for at, record in enumerate(records)}
    for figure, outcome in zip(figures, outcomes, strict=True):
        if outcome.settled is None:
            if figure.doubtful.candidates:
                found.evidence.update(dict.fromkeys(figure.doubtful.cells, _said(outcome)))
            continue
        for cell in (*figure.doubtful.cells, *figure.pieces):
            at = numbers[cell]
            text = outcome.settled.texts.get(cell)
            if text is None:
                found.cells[at] = without_figure(found.cells[at])
            else:
                found.cells[at] = with_figure(found.cells[at], text)
                found.settled[cell] = _way(figure, outcome)
        found.texts.extend(squeeze(text) for text in figure.printed)
    return found


@dataclass(frozen=True)
class _Figure:
    """A damaged figure, what is printed of it, and the cells that hold no more than its rest.

    ``decimals`` are those that its table prints; ``recognised`` where a recogniser read it.
    """

    doubtful: Doubtful
    printed: tuple[str, ...]
    pieces: tuple[str, ...]
    decimals: int
    recognised: bool = False


def _damaged_figures(
    damaged: Sequence[int],
    records: Sequence[Record],
    kinds: Mapping[str, TableKind],
    candidates: Mapping[str, Sequence[str]],
) -> Iterator[_Figure]:
    """The damaged figures; two neighbouring pieces that are both in doubt are one."""
    places: dict[object, set[int]] = defaultdict(set)
    for record in records:
        if isinstance(record["value"], Decimal) and record["quarantine_reason"] is None:
            places[record["table_id"]].add(int(str(record["decimals"])))
    by_place = {
        (record["table_id"], record["row_no"], record["column_no"]): record for record in records
    }
    taken: set[str] = set()
    for at in damaged:
        record = records[at]
        cell = str(record["cell_id"])
        if cell in taken or not kinds[str(record["table_kind"])].facts or _is_nameless(record):
            continue
        beside = by_place.get(
            (record["table_id"], record["row_no"], int(str(record["column_no"])) + 1)
        )
        places_of = places[record["table_id"]]
        if cell in candidates:
            figure = _recognised(record, candidates[cell], places_of)
        else:
            figure = _figure_of(record, beside, places_of)
        taken.update(figure.doubtful.cells)
        yield figure


def _is_nameless(record: Record) -> bool:
    """True for an amount that would not be a fact if it were read."""
    of_project = record["form_id"] and record["row_kind"] == "line"
    return record["unit"] not in YUAN or bool(of_project and not record["project_name"])


def _figure_of(record: Record, beside: Record | None, places: set[int]) -> _Figure:
    cell, text = str(record["cell_id"]), str(record["text"])
    size = YUAN[str(record["unit"])]
    usual = max(places, default=0)
    if beside is None or not _is_rest(record, beside):
        found = [_candidate({cell: reading}, size) for reading in readings(text, places)]
        return _Figure(Doubtful((cell,), tuple(found)), (text,), (), usual)
    other, rest = str(beside["cell_id"]), str(beside["text"])
    joined = joined_readings(text, rest, places)
    if beside["quarantine_reason"] is None:
        # a piece in a cell that is no amount: it stands for nothing by itself
        texts = [{cell: reading} for reading in (*joined, *readings(text, places))]
        found = [_candidate(one, size) for one in texts]
        return _Figure(Doubtful((cell,), _distinct(found)), (text, rest), (other,), usual)
    texts = [{place: reading} for reading in joined for place in (cell, other)]
    texts += [
        {cell: one, other: two} for one in readings(text, places) for two in readings(rest, places)
    ]
    found = [_candidate(one, size) for one in texts]
    return _Figure(Doubtful((cell, other), _distinct(found)), (text, rest), (), usual)


def _recognised(record: Record, texts: Sequence[str], places: Collection[int]) -> _Figure:
    """A figure of which a recogniser says what it may be, with as many decimals as others have."""
    cell, size = str(record["cell_id"]), YUAN[str(record["unit"])]
    usual = [text for text in texts if not places or decimals(text) in places]
    found = [_candidate({cell: text}, size) for text in usual]
    text, least = str(record["text"]), max(places, default=0)
    return _Figure(Doubtful((cell,), _distinct(found)), (text,), (), least, recognised=True)


def _is_rest(record: Record, beside: Record) -> bool:
    """True if the cell at the right may hold a piece of the same figure."""
    text = squeeze(str(beside["text"] or ""))
    if beside["quarantine_reason"] is not None:
        return (
            record["quarantine_reason"] == beside["quarantine_reason"] == "split_figure"
            and beside["unit"] == record["unit"]
        )
    return (
        record["quarantine_reason"] == "split_figure"
        and beside["role"] == "text"
        and _PIECE.fullmatch(text) is not None
    )


def _candidate(texts: Mapping[str, str], size: Decimal) -> Candidate:
    amounts = {cell: (parse_amount(text) or Decimal(0)) * size for cell, text in texts.items()}
    return Candidate(amounts, texts)


def _distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates without those that say the same amounts of the same cells."""
    found = {tuple(sorted(one.amounts.items())): one for one in reversed(candidates)}
    return tuple(found.values())


def _stand_in(record: Record, figure: _Figure) -> Record:
    """The cell as if it held a figure, so that the rules find its place in them."""
    return record | {
        "role": "amount",
        "value": _STAND_IN,
        "decimals": figure.decimals,
        "quarantine_reason": None,
    }


def _way(figure: _Figure, outcome: Outcome) -> Settled:
    printed = " and ".join(repr(text) for text in figure.printed)
    rules = ", ".join(outcome.rules)
    count = len(figure.doubtful.candidates)
    method = "join" if len(figure.printed) > 1 else "damaged_sign"
    method = "recognised" if figure.recognised else method
    left = "its one reading agrees with" if count == 1 else f"of {count} readings one agrees with"
    return Settled(method, f"{printed}: {left} {rules}")


def _said(outcome: Outcome) -> str:
    """The readings of a figure that stays in doubt, and what became of them."""
    shown = [
        " and ".join(candidate.texts.values())
        for candidate in outcome.doubtful.candidates[:MOST_NAMED]
    ]
    more = " and others" if len(outcome.doubtful.candidates) > MOST_NAMED else ""
    if not outcome.rules:
        return f"may be {', '.join(shown)}{more}; no rule holds it among figures that are certain"
    fits = f"{len(outcome.fitting)} of them agree" if outcome.fitting else "none of them agrees"
    return f"may be {', '.join(shown)}{more}; {fits} with {', '.join(outcome.rules)}"

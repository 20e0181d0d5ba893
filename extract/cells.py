"""Rows of the table `cell`: where each cell stands, what it prints, and what its figure is worth.

A document has thousands of cells: a row is a tuple in the order of the table's columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.amounts import NO_WORDS, AmountWords
from extract.broken_figures import looks_like_figure, readings
from extract.columns import AMOUNT_ROLES, Column, conflicting_columns
from extract.figures import decimals, is_amount, money_among_words, parse_amount
from extract.identity import Identity
from extract.page import UNCERTAIN, GridCell
from extract.rows import Placed, Row
from extract.schema import TABLES, Record
from extract.tables import Table
from extract.text import squeeze, trim
from extract.units import printed_unit
from extract.vocabulary import Vocabulary

Values = tuple[object, ...]
"""The values of neighbouring columns."""

CellRow = tuple[Values, Values | None]
"""A cell's place; and its figure, its words and why it is not published, where it has any of them.

Most cells have none: they are written without the other columns being filled.
"""

DAMAGED = frozenset({"unreadable_figure", "several_figures", "split_figure", UNCERTAIN})
"""Doubts about what a figure is, in a column and a row that are certain."""

MONEY_LIMIT = Decimal(10) ** 15
"""No printed amount is this large; with more than six decimals it is no amount either."""

_NO_BOX = (None, None, None, None)
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


class Figure(NamedTuple):
    """A printed figure, in the order of the columns; nothing for other cells."""

    printed: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    decimals: int | None = None
    reading: str | None = None


NO_FIGURE = Figure()
_NO_REST = (*NO_FIGURE, *NO_WORDS, None)


def as_record(row: CellRow) -> Record:
    """A row with the names of its columns."""
    place, rest = row
    return dict(zip(TABLES["cell"].names, (*place, *(rest or _NO_REST)), strict=True))


def with_figure(row: CellRow, text: str) -> CellRow:
    """A row whose figure was settled to be this text; its words stay."""
    place, rest = row
    assert rest is not None
    figure = Figure(text, parse_amount(text), _unit_of(rest), decimals(text), "resolved")
    return (*place[:-1], "amount"), (*figure, *rest[len(figure) : -1], None)


def without_figure(row: CellRow) -> CellRow:
    """A row whose text is no more than a piece of the figure beside it."""
    return (*row[0][:-1], "text"), None


def _unit_of(rest: Values) -> str | None:
    unit = rest[Figure._fields.index("unit")]
    return unit if isinstance(unit, str) else None


def cell_places(document_id: str, number: int, table: Table) -> Iterator[Values]:
    """What is true of any printed cell of a table: its place, its text, its role."""
    table_id = f"{document_id}:t{number}"
    own = (document_id, table_id, number, table.kind)
    for page_number, row_no, cell, role, _ in table.labelled.cells:
        column_no = cell.column + 1
        yield (
            f"{table_id}:r{row_no}:c{column_no}",
            *own,
            page_number,
            row_no,
            column_no,
            cell.row_span,
            cell.column_span,
            *(cell.box or _NO_BOX),
            cell.confidence,
            trim(cell.text),
            role,
        )


def cell_rows(
    document_id: str, number: int, table: Table, identity: Identity, vocabulary: Vocabulary
) -> Iterator[CellRow]:
    """One row per printed cell of a table; amounts carry all that names them."""
    labelled = table.labelled
    held = {id(cell): (row, column) for row in labelled.rows for column, cell in row.amounts}
    nameless = {placed.row_no for placed in labelled.cells if _is_uncertain_code(placed)}
    conflicts = conflicting_columns([_figures_in(row) for row in labelled.rows])
    names = AmountWords(table, identity, vocabulary)
    places = cell_places(document_id, number, table)
    for placed, place in zip(labelled.cells, places, strict=True):
        cell, role = placed.cell, placed.role
        found = held.get(id(cell))
        figure: Values = NO_FIGURE
        words: Values = NO_WORDS
        doubt: str | None = None
        if role == "amount":
            own = printed_unit(placed.column.unit, vocabulary) if placed.column else ""
            figure, doubt = _figure(cell, own or table.unit)
            if found is not None:
                row, column = found
                words, unnamed = names.of(row, column, cell)
                doubt = unnamed or doubt
                if (column.block, column.number) in conflicts:
                    doubt = "column_unknown"
        elif found is not None and found[1].role in AMOUNT_ROLES and _may_be_figure(cell):
            # with its words, for whoever may decide what figure it is
            row, column = found
            words, unnamed = names.of(row, column, cell)
            figure = Figure(unit=printed_unit(column.unit, vocabulary) or table.unit or None)
            doubt = unnamed or _why_unread(cell)
            if (column.block, column.number) in conflicts:
                doubt = "column_unknown"
        if role == "amount" and placed.row_no in nameless:
            doubt = "code_uncertain"
        if (
            role in ("name", "text", "code")
            and not _is_change(placed)
            and money_among_words(cell.text)
            and not (doubt in DAMAGED and readings(cell.text))
        ):
            doubt = cell.doubt or "ambiguous_column"
        is_plain = figure is NO_FIGURE and doubt is None
        yield place, None if is_plain else (*figure, *words, doubt)


def _may_be_figure(cell: GridCell) -> bool:
    return cell.doubt == UNCERTAIN or looks_like_figure(cell.text)


def _is_uncertain_code(placed: Placed) -> bool:
    """True for a code in a picture that is not certain: nobody knows whose row it is."""
    return placed.role == "code" and placed.cell.doubt == UNCERTAIN


def _is_change(placed: Placed) -> bool:
    """True in a column of changes or shares: its figures are no amounts of their own."""
    return placed.column is not None and placed.column.role == "change"


def _figures_in(row: Row) -> list[tuple[Column, str]]:
    return [(column, squeeze(cell.text)) for column, cell in row.amounts if is_amount(cell.text)]


def _figure(cell: GridCell, unit: str) -> tuple[Figure, str | None]:
    """The figure in the unit of its own column where that prints one, else of its table.

    The second part is the doubt about its reading, None if there is none.
    """
    text = cell.text
    value, places = parse_amount(text), decimals(text)
    if value is not None and (abs(value) >= MONEY_LIMIT or places > 6):
        value = None
    figure = Figure(trim(text), value, unit or None, places, cell.reading)
    return figure, _doubt(cell, value, unit)


def _doubt(cell: GridCell, value: Decimal | None, unit: str) -> str | None:
    if cell.doubt:
        return cell.doubt
    if len(cell.lines) > 1 and len([line for line in cell.lines if is_amount(line)]) > 1:
        return "several_figures"
    if value is None:
        return "unreadable_figure"
    return None if unit else "unit_unknown"


def _why_unread(cell: GridCell) -> str:
    figures = _FIGURE.findall(" ".join(cell.lines))
    return cell.doubt or ("several_figures" if len(figures) > 1 else "unreadable_figure")

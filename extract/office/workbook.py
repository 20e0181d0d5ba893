"""A workbook as a person sees it: sheets of cells with the texts that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.figures import is_amount, parse_amount
from extract.office.number_format import shown_number, stored_number

MOST_CELLS = 2_000_000
"""So many stored cells of a sheet are read, empty ones with a format too; then it is not read."""

Place = tuple[int, int]
"""Row and column, from 0."""


class Span(NamedTuple):
    """A merged cell: first row and column, and the row and column behind its last ones."""

    row: int
    column: int
    end_row: int
    end_column: int


class SheetCell(NamedTuple):
    """What a cell shows; ``doubt`` is a quarantine reason, ``ruled`` a cell with a border."""

    text: str
    doubt: str = ""
    ruled: bool = False


@dataclass(frozen=True)
class WorkSheet:
    """One sheet: its cells by place (those without text only where they are ruled).

    ``unread`` says why its cells were not read, in words; '' for nearly all sheets.
    """

    name: str
    hidden: bool
    cells: Mapping[Place, SheetCell]
    spans: Sequence[Span] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unread: str = ""


def cell_name(row: int, column: int) -> str:
    """A place as spreadsheets name it.

    >>> cell_name(0, 0), cell_name(11, 27)
    ('A1', 'AB12')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The letters of a column.

    >>> column_name(25), column_name(26)
    ('Z', 'AA')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def show_number(text: str, code: str, *, from_1904: bool, zeros: bool) -> tuple[str, str]:
    """What a stored number shows, and the doubt about it.

    A format that is not known, or that shows another sign than the number has, leaves the number
    as it is stored, in doubt. Without ``zeros`` the sheet shows none.
    """
    value = stored_number(text)
    if value == 0 and not zeros:
        return "", ""
    shown = shown_number(value, code, from_1904=from_1904)
    figure = parse_amount(shown) if shown is not None and is_amount(shown) else None
    if shown is not None and (figure is None or figure * value >= 0):
        return shown, ""
    doubt = "display_uncertain"
    return format(value, "f"), doubt

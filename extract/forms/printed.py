"""The printed rows of a sheet: which cells begin in a row, and which cover it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.forms.words import Label, find_label
from extract.page import GridCell
from extract.sheet import Sheet
from extract.text import has_chinese, trim


@dataclass(frozen=True)
class PrintedRow:
    """A row of a sheet: the cells that begin in it, and all that cover it, from left to right."""

    page_number: int | None
    first_of_part: bool
    origin: str
    starting: tuple[GridCell, ...]
    covering: tuple[GridCell, ...]


def printed_rows(sheet: Sheet) -> Iterator[PrintedRow]:
    """The rows of a sheet that are not empty, over all its pages."""
    for part in sheet.parts:
        first = True
        for number, row in enumerate(part.rows):
            held: list[GridCell] = []
            for cell in part.covering(number):
                if cell is not None and not any(cell is other for other in held):
                    held.append(cell)
            starting = tuple(cell for cell in row if cell.text.strip())
            if starting:
                yield PrintedRow(part.page_number, first, part.grid.origin, starting, tuple(held))
                first = False


def unit_beside(row: PrintedRow) -> Label | None:
    """The label of money that covers a row and prints a unit (`项目资金（万元）`), if any."""
    for cell in row.covering:
        label = find_label(cell.text)
        if label is not None and label.field in ("money_head", "money") and label.unit:
            return label
    return None


def flat(text: str) -> str:
    """A printed text in one line; spaces inside of Chinese are of the print.

    >>> flat("项目 支出"), flat("Tier 2")
    ('项目支出', 'Tier 2')
    """
    return trim(text).replace(" ", "") if has_chinese(text) else trim(text)


def joined(cell: GridCell) -> str:
    """The lines of a cell as one text."""
    return trim("".join(cell.lines))

"""Cells that say how many rows and columns they go over, laid out as a grid (HTML, Word)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.errors import DocumentError
from extract.page import GridCell

MOST_WIDE = 200
"""A cell does not go over more columns than this."""
MOST_PLACES = 300_000
"""A table has no more places (rows × columns): a document of a thousand pages has fewer in all."""


class Spanned(NamedTuple):
    """A cell as it stands in the file: its lines, and how many rows and columns it goes over."""

    lines: tuple[str, ...]
    row_span: int = 1
    column_span: int = 1


def lay_out(rows: Sequence[Sequence[Spanned]]) -> tuple[GridCell, ...]:
    """Give each cell the first free column of its row, as HTML does; empty cells fill the rest.

    A cell ends at the last row, and at a place that a cell from above holds. Cells come by row
    and column. Raises DocumentError (`too_large`) beyond MOST_PLACES.
    """
    held: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    width = 0
    for at, row in enumerate(rows):
        column = 0
        for lines, row_span, column_span in row:
            while (at, column) in held:
                column += 1
            tall = min(max(row_span, 1), len(rows) - at)
            wide = min(max(column_span, 1), MOST_WIDE)
            _check(len(held) + tall * wide)
            wide = next((w for w in range(wide) if (at, column + w) in held), wide)
            held |= {(at + down, column + over) for down in range(tall) for over in range(wide)}
            cells.append(GridCell(at, column, tall, wide, lines))
            column += wide
            width = max(width, column)
    _check(width * len(rows))
    cells += [
        GridCell(at, column, 1, 1, ())
        for at in range(len(rows))
        for column in range(width)
        if (at, column) not in held
    ]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _check(places: int) -> None:
    if places > MOST_PLACES:
        raise DocumentError(
            "too_large", f"a table has {places:,} places or more; expected {MOST_PLACES:,} at most"
        )

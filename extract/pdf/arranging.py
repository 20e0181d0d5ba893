"""Characters and rulings of a page into grids and lines, in reading order.

It does not matter where they come from: from the file, or from a recogniser of pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.page import Grid, Line
from extract.pdf.filling import fill_lattices
from extract.pdf.glyphs import Letters
from extract.pdf.gutter import find_gutter, halves
from extract.pdf.lattice import Lattice
from extract.pdf.paint import Ruling
from extract.pdf.seams import seam_lattices
from extract.pdf.stream import Columns, find_streams, may_hold_table
from extract.pdf.writing import Span, rows_of, runs_of


class Arranged(NamedTuple):
    """What a page, or one of two printed side by side, holds in reading order; what is odd."""

    items: tuple[Line | Grid, ...] = ()
    doubts: tuple[str, ...] = ()


def arrange_items(
    letters: Letters,
    runs: Sequence[Span],
    lattices: Sequence[Lattice],
    rulings: Sequence[Ruling],
    before: Columns | None,
) -> tuple[Arranged, Columns | None]:
    """What a page, or each of two that are printed side by side, holds.

    ``before`` are the columns of a table without upright rulings that ends the page before; the
    second value are those for the page after.
    """
    gutter = find_gutter(letters, runs, lattices)
    if gutter is None:
        return _find(letters, runs, lattices, rulings, before)
    found = Arranged()
    for side, half in zip((False, True), halves(letters, gutter), strict=True):
        own = [lattice for lattice in lattices if (lattice.box.x0 > gutter) is side]
        near = [ruling for ruling in rulings if (_middle(ruling) > gutter) is side]
        more, _ = _find(half, runs_of(half), own, near, None)
        found = Arranged(found.items + more.items, found.doubts + more.doubts)
    return found, None


def _middle(ruling: Ruling) -> float:
    return (ruling.start + ruling.end) / 2 if ruling.horizontal else ruling.at


def _find(
    letters: Letters,
    runs: Sequence[Span],
    lattices: Sequence[Lattice],
    rulings: Sequence[Ruling],
    before: Columns | None,
) -> tuple[Arranged, Columns | None]:
    """Grids and lines; and the columns of a table without upright rulings that ends the page."""
    columned = [lattice for lattice in lattices if len(lattice.xs) > 2]
    columned += seam_lattices(rulings, columned, letters) if runs else []
    grids, rest, doubts = fill_lattices(columned, letters, runs)
    lines, streams, columns = rows_of(rest), list[Grid](), None
    if before is not None or may_hold_table(lines):
        singles = [single for piece in rest for single in piece.split()]
        streams, outside, columns = find_streams(singles, rulings, before)
    if streams:
        grids, lines = [*grids, *streams], rows_of(outside)
    elif len(columned) < len(lattices):
        grids, rest, doubts = fill_lattices(lattices, letters, runs)
        lines = rows_of(rest)
    items: list[tuple[float, Line | Grid]] = [
        (grid.box.y0 if grid.box else 0.0, grid) for grid in grids
    ]
    items += [(row.box.middle[1], Line(row.text, row.box)) for row in lines]
    items.sort(key=lambda item: item[0])
    return Arranged(tuple(item for _, item in items), tuple(doubts)), columns

"""How far cells and lines of a picture are to be trusted: as far as their readings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from extract.figures import is_amount
from extract.page import UNCERTAIN, Box, Grid, GridCell, Line
from extract.scan.readings import Read, has_digit
from extract.text import has_chinese, squeeze

_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}|[0-9]{2}")
"""Looks like a code of a class, or a part of one."""


def with_trust(grid: Grid, reads: Sequence[Read], scale: float) -> Grid:
    """The grid with what is known of the reading of its cells."""
    held: dict[int, list[Read]] = {}
    boxes = [(cell.box, at) for at, cell in enumerate(grid.cells) if cell.box is not None]
    for read in reads:
        around = [(box.area, at) for box, at in boxes if box.holds(*read.span.middle(scale))]
        if around:
            held.setdefault(min(around)[1], []).append(read)
    cells = tuple(_trusted(cell, held.get(at, [])) for at, cell in enumerate(grid.cells))
    return replace(grid, cells=cells)


def is_odd(item: Line | Grid, odd: Sequence[Box]) -> TypeGuard[Grid]:
    """True for a grid with cells that fill no rectangle: a ruling is broken, or is none.

    Without any such lattice all grids of a page that is odd are.
    """
    if not isinstance(item, Grid) or item.box is None:
        return False
    x, y = item.box.middle
    return not odd or any(box.holds(x, y) for box in odd)


def unsettled(grid: Grid) -> Grid:
    """The grid with all its figures in doubt, codes apart: only sums say that they stand right."""
    figures = {cell.column for cell in grid.cells if _is_figure(cell) and not _is_code(cell)}
    cells = tuple(
        replace(cell, doubt=UNCERTAIN, candidates=(cell.text,) * is_amount(cell.text))
        if cell.column in figures and _is_figure(cell) and not cell.doubt
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=cells)


def _is_figure(cell: GridCell) -> bool:
    return has_digit(cell.text) and not has_chinese(cell.text)


def _is_code(cell: GridCell) -> bool:
    return _CODE.fullmatch(cell.text) is not None


def with_sureness(line: Line, reads: Sequence[Read], scale: float) -> Line:
    """A line outside of tables with what is known of its reading."""
    box = line.box
    own = [read for read in reads if box is not None and box.holds(*read.span.middle(scale))]
    return replace(line, confidence=_confidence(own)) if own else line


def _confidence(reads: Sequence[Read]) -> float:
    return round(min(read.confidence for read in reads), 3)


def _trusted(cell: GridCell, reads: Sequence[Read]) -> GridCell:
    if not reads:
        return cell
    alone = reads[0] if len(reads) == 1 else None
    torn = _is_figure(cell) and not _is_as_read(cell, reads)
    doubt = cell.doubt or (UNCERTAIN if torn or any(read.doubt for read in reads) else "")
    settled = alone.settled if alone is not None else None
    return replace(
        cell,
        reading="resolved" if settled is not None else cell.reading,
        doubt=doubt,
        settled=settled or cell.settled,
        confidence=_confidence(reads),
        candidates=_candidates(alone, torn),
    )


def _is_as_read(cell: GridCell, reads: Sequence[Read]) -> bool:
    """False for a cell in pieces beside each other, or whose signs are out of place.

    Dirt before a figure does that. A code may be wrapped: its pieces lie below each other.
    """
    down = sorted(reads, key=lambda read: read.span.y0)
    apart = all(one.span.y1 <= two.span.y0 + one.span.high / 2 for one, two in pairwise(down))
    return apart and squeeze("".join(read.text for read in down)) == squeeze(cell.text)


def _candidates(alone: Read | None, torn: bool) -> tuple[str, ...]:
    """What the figure of a cell may be: as it was read, if its signs are out of place."""
    if alone is None:
        return ()
    return alone.candidates or ((alone.text,) if torn else ())

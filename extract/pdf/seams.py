"""Tables whose rulings are drawn cell by cell, but only above and below the cells.

Word processors and browsers draw the border of each cell as a line of its own. Where no upright
ruling is drawn, the ends of these lines (seams) still say where one cell ends and the next
begins: upright rulings are put there, and the table is read as any other lattice. A cell over
several columns shows by a line that passes the seam above and below it, by its text that lies
over the seam, or, in a header, by its text that is centred over them. What fits none of this in
one way is left to the reading by white space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.page import Box
from extract.pdf.glyphs import Letters
from extract.pdf.lattice import Lattice
from extract.pdf.paint import Ruling
from extract.pdf.seam_cells import CENTRED, END, join_cells
from extract.pdf.stream_columns import SPACED
from extract.titles import is_title_like

LEVEL = 1.6
"""Lines whose heights differ by fewer points are one."""
NARROWEST = 6.0
"""Columns are wider than so many points."""
FEWEST_LEVELS = 3
"""A table has lines at so many heights at least; a single row (two heights) so many columns."""
MOST_SEAMS = 40
CLOSE = 0.12
"""Characters nearer than this share of their height are one word, also over a seam."""
EVEN = 1.2
"""In a letter-spaced word no gap is wider than so many times the others."""

_FIGURE = re.compile(r"[0-9][.,][0-9]", re.ASCII)
_UNIT = re.compile(r"单\s*位\s*[:：].*元")


@dataclass(frozen=True)
class _Level:
    """The lines at one height: their pieces as (start, end), from the left."""

    at: float
    pieces: tuple[tuple[float, float], ...]

    @property
    def left(self) -> float:
        return self.pieces[0][0]

    @property
    def right(self) -> float:
        return max(end for _, end in self.pieces)

    def reaches(self, x: float) -> bool:
        return any(start - END <= x <= end + END for start, end in self.pieces)

    def passes(self, x: float) -> bool:
        """True if a line goes on over ``x``."""
        return any(start + END < x < end - END for start, end in self.pieces)

    def is_like(self, other: _Level) -> bool:
        """True if the lines at two heights are the same: a single row."""
        return len(self.pieces) == len(other.pieces) and all(
            abs(a - c) <= END and abs(b - d) <= END
            for (a, b), (c, d) in zip(self.pieces, other.pieces, strict=True)
        )

    def ends_at(self, x: float) -> bool:
        return any(abs(x - end) <= END for piece in self.pieces for end in piece)


def seam_lattices(
    rulings: Sequence[Ruling], lattices: Sequence[Lattice], letters: Letters
) -> list[Lattice]:
    """The tables whose columns only the ends of their horizontal lines show.

    ``lattices`` are those that are known: their rulings are left out. Points from the upper left
    corner of the page.
    """
    free = [ruling for ruling in rulings if ruling.horizontal]
    for box in [lattice.box for lattice in lattices]:
        free = [ruling for ruling in free if not _is_in(ruling, box)]
    if len(free) < 2 * (FEWEST_LEVELS - 1):
        return []
    upright = [ruling for ruling in rulings if not ruling.horizontal]
    found = []
    for stack in _stacks(_levels(free), letters):
        lattice = _lattice(stack, upright, letters)
        if lattice is not None:
            found.append(lattice)
    return found


def _is_in(ruling: Ruling, box: Box) -> bool:
    return box.y0 - 2 <= ruling.at <= box.y1 + 2 and ruling.end > box.x0 and ruling.start < box.x1


def _levels(rulings: Sequence[Ruling]) -> list[_Level]:
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda item: item.at):
        if groups and ruling.at - groups[-1][0].at <= LEVEL:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [
        _Level(
            sum(ruling.at for ruling in group) / len(group),
            tuple(sorted({(r.start, r.end) for r in group if r.end - r.start > END})),
        )
        for group in groups
        if any(r.end - r.start > END for r in group)
    ]


def _stacks(levels: Sequence[_Level], letters: Letters) -> list[list[_Level]]:
    """Lines that are one table: as wide as its first, with no title and no unit between."""
    stacks: list[list[_Level]] = []
    for level in levels:
        own = stacks[-1] if stacks else None
        if (
            own
            and level.left >= own[0].left - END
            and level.right <= own[0].right + END
            and not _is_between_tables(letters, own[-1].at, level.at, own[0])
        ):
            own.append(level)
        else:
            stacks.append([level])
    return [
        stack
        for stack in stacks
        if len(stack) >= FEWEST_LEVELS
        or (
            len(stack) == 2 and stack[0].is_like(stack[1]) and len(stack[0].pieces) >= FEWEST_LEVELS
        )
    ]


def _is_between_tables(letters: Letters, top: float, bottom: float, level: _Level) -> bool:
    for line in _lines(letters, _inside(letters, Box(level.left, top, level.right, bottom))):
        text = "".join(letters.text[at] for at in line)
        if _UNIT.search(text) or is_title_like(text):
            return True
    return False


def _inside(letters: Letters, box: Box) -> list[int]:
    x, y = letters.middles()
    held = (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
    return [at for at in np.flatnonzero(held).tolist() if letters.text[at].strip()]


def _lines(letters: Letters, at: Sequence[int]) -> list[list[int]]:
    """Characters as lines from the top, each from the left."""
    lines: list[list[int]] = []
    for one in sorted(at, key=lambda n: letters.y0[n] + letters.y1[n]):
        y = (letters.y0[one] + letters.y1[one]) / 2
        last = lines[-1][0] if lines else None
        high = letters.y1[one] - letters.y0[one]
        if last is not None and y - (letters.y0[last] + letters.y1[last]) / 2 <= 0.4 * high:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda n: float(letters.x0[n])) for line in lines]


def _seams(stack: Sequence[_Level]) -> list[float]:
    """Where lines end at several heights, without those that are too near to another."""
    ends = sorted(end for level in stack for piece in level.pieces for end in piece)
    groups: list[list[float]] = []
    for end in ends:
        if groups and end - groups[-1][0] <= END:
            groups[-1].append(end)
        else:
            groups.append([end])
    places = [sum(group) / len(group) for group in groups]
    return [x for x in places if sum(1 for level in stack if level.ends_at(x)) > 1]


def _lattice(
    stack: Sequence[_Level], upright: Sequence[Ruling], letters: Letters
) -> Lattice | None:
    seams = _seams(stack)
    box = Box(stack[0].left, stack[0].at, stack[0].right, stack[-1].at)
    if not 3 <= len(seams) <= MOST_SEAMS or min(b - a for a, b in pairwise(seams)) < NARROWEST:
        return None
    if any(box.x0 + 3 < r.at < box.x1 - 3 and r.start < box.y1 and r.end > box.y0 for r in upright):
        return None
    flat = [Ruling(True, level.at, start, end) for level in stack for start, end in level.pieces]
    walls: list[Ruling] = []
    for x in seams:
        for above, under in pairwise([level for level in stack if level.reaches(x)]):
            outer = x in (seams[0], seams[-1])
            if not outer:
                if not (above.ends_at(x) and under.ends_at(x)):
                    continue
                passed = above.passes(x) and under.passes(x)
                crossed = _crossing(letters, x, above.at, under.at, seams, passed=passed)
                if _FIGURE.search(crossed):
                    return None
                if crossed:
                    continue
            walls.append(Ruling(False, x, above.at, under.at))
    return join_cells(flat, walls, letters)


def _crossing(
    letters: Letters,
    x: float,
    top: float,
    bottom: float,
    seams: Sequence[float],
    *,
    passed: bool,
) -> str:
    """The text of a cell over a seam between two heights; '' if two cells meet there.

    Where lines pass the seam (``passed``) it is two cells only if a text stands on either side.
    """
    left = max(other for other in seams if other < x)
    right = min(other for other in seams if other > x)
    held = _inside(letters, Box(left, top, right, bottom))
    if passed and len({letters.x0[at] + letters.x1[at] < 2 * x for at in held}) < 2:
        return "one cell"
    for line in _lines(letters, held):
        before = [at for at in line if letters.x0[at] + letters.x1[at] < 2 * x]
        after = [at for at in line if letters.x0[at] + letters.x1[at] >= 2 * x]
        if before and letters.x1[before[-1]] > x + 0.4 and not after:
            return letters.text[before[-1]]
        if after and letters.x0[after[0]] < x - 0.4 and not before:
            return letters.text[after[0]]
        if not before or not after:
            continue
        one, two = before[-1], after[0]
        gap = letters.x0[two] - letters.x1[one]
        inner = [letters.x0[b] - letters.x1[a] for a, b in (*pairwise(before), *pairwise(after))]
        even = EVEN * min(inner) if len(inner) > 1 else 0.0
        if gap <= max(CLOSE * (letters.y1[two] - letters.y0[two]), even):
            return "".join(letters.text[at] for at in line)
        spaced = letters.text[one] + letters.text[two] in SPACED and len(line) == 2
        if spaced and abs(letters.x0[one] + letters.x1[two] - 2 * x) <= 2 * CENTRED:
            return letters.text[one] + letters.text[two]
    return ""

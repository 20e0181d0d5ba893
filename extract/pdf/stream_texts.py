"""The words of a header: which printed lines are one cell.

A wrapped text is centred in its cell, and its lines are as far apart as those of other cells. A
group and the text below its middle look alike: the columns beside tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.page import Box, bounds
from extract.pdf.glyphs import Glyph
from extract.pdf.paint import Ruling
from extract.pdf.stream_columns import SPACED, em_of
from extract.pdf.writing import Row

LEVEL = 0.35
"""Texts whose heights differ by less than this share of an em stand at the same height."""
PITCH = (0.55, 1.95)
"""Lines of one cell are so many ems apart."""


@dataclass
class HeaderText:
    """Words that are one cell, and the columns that it is over."""

    lines: list[Row]
    em: float
    span: tuple[int, ...] = ()

    @property
    def box(self) -> Box:
        """The smallest box around the words."""
        return bounds([line.box for line in self.lines])

    @property
    def top(self) -> float:
        """Where the first line begins, by the size of its characters."""
        return height_of(self.lines[0]) - self.em / 2

    @property
    def bottom(self) -> float:
        """Where the last line ends, by the size of its characters."""
        return height_of(self.lines[-1]) + self.em / 2

    @property
    def middle(self) -> float:
        """The height of the middle of all lines."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The middle from left to right."""
        return self.box.middle[0]


def fragments_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Runs of characters on one base line, from the top; spaced words put together."""
    if not glyphs:
        return []
    em = em_of(glyphs)
    levels: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: item.box.middle[1]):
        if levels and glyph.box.middle[1] - levels[-1][0].box.middle[1] <= LEVEL * em:
            levels[-1].append(glyph)
        else:
            levels.append([glyph])
    fragments: list[Row] = []
    for level in levels:
        runs: list[list[Glyph]] = []
        for glyph in sorted(level, key=lambda item: item.box.x0):
            near = runs and glyph.box.x0 - runs[-1][-1].box.x1 <= 0.3 * em
            if near or (runs and _is_spaced(runs[-1], glyph, em)):
                runs[-1].append(glyph)
            else:
                runs.append([glyph])
        fragments += [Row(tuple(run)) for run in runs]
    return fragments


def _is_spaced(run: Sequence[Glyph], glyph: Glyph, em: float) -> bool:
    return (
        len(run) == 1
        and run[0].text + glyph.text in SPACED
        and glyph.box.x0 - run[0].box.x1 <= 4.5 * em
    )


def inner_rulings(
    rulings: Sequence[Ruling], fragments: Sequence[Row], bottom: float
) -> list[Ruling]:
    """The rulings between the first and the last line of the header."""
    if not fragments:
        return []
    first, last = height_of(fragments[0]), max(height_of(line) for line in fragments)
    left = min(line.box.x0 for line in fragments)
    right = max(line.box.x1 for line in fragments)
    return [
        ruling
        for ruling in rulings
        if ruling.horizontal
        and first < ruling.at < min(last, bottom)
        and ruling.end > left
        and ruling.start < right
    ]


def is_ruled(inner: Sequence[Ruling], x: float, above: float, under: float) -> bool:
    """True if a ruling passes over ``x`` between two heights."""
    return any(r.start <= x <= r.end and above < r.at < under for r in inner)


def texts_of_header(fragments: Sequence[Row], inner: Sequence[Ruling]) -> list[HeaderText]:
    """Put the lines of wrapped texts together."""
    cells: list[HeaderText] = []
    for line in fragments:
        em = em_of(line.glyphs)
        above = [cell for cell in cells if _continues(cell, line, em, fragments, inner)]
        if above:
            max(above, key=lambda cell: height_of(cell.lines[-1])).lines.append(line)
        else:
            cells.append(HeaderText([line], em))
    if not inner:
        usual = _usual_pitch(cells)
        cells = [part for cell in cells for part in _parted(cell, cells, usual)]
    return sorted(cells, key=lambda cell: (cell.middle, cell.box.x0))


def _continues(
    cell: HeaderText, line: Row, em: float, fragments: Sequence[Row], inner: Sequence[Ruling]
) -> bool:
    last = cell.lines[-1]
    step = (height_of(line) - height_of(last)) / em
    if not PITCH[0] <= step <= PITCH[1] or not 0.8 <= cell.em / em <= 1.25:
        return False
    shared = min(last.box.x1, line.box.x1) - max(last.box.x0, line.box.x0)
    if shared < 0.5 * min(last.box.x1 - last.box.x0, line.box.x1 - line.box.x0):
        return False
    centred = abs(last.box.middle[0] - line.box.middle[0]) <= 0.5 * em
    if not centred and abs(last.box.x0 - line.box.x0) > 0.3 * em:
        return False
    if is_ruled(inner, line.box.middle[0], height_of(last), height_of(line)):
        return False
    return _alone(last, line, em, fragments) and _alone(line, last, em, fragments)


def _alone(wide: Row, other: Row, em: float, fragments: Sequence[Row]) -> bool:
    """True if ``wide`` lies over no second text at the height of ``other``."""
    beside = [
        line
        for line in fragments
        if abs(height_of(line) - height_of(other)) <= LEVEL * em
        and min(line.box.x1, wide.box.x1) - max(line.box.x0, wide.box.x0) > 0.3 * em
    ]
    return len(beside) <= 1


def _usual_pitch(cells: Sequence[HeaderText]) -> float | None:
    """How far apart the lines of one cell are set, in points, where three pairs of lines agree."""
    steps = sorted(height_of(b) - height_of(a) for cell in cells for a, b in pairwise(cell.lines))
    for at in range(len(steps) - 2):
        if steps[at + 2] - steps[at] <= 0.6:
            return steps[at + 1]
    return None


def _parted(cell: HeaderText, cells: Sequence[HeaderText], usual: float | None) -> list[HeaderText]:
    """Cut a group from the text below its middle: the columns beside stand as low as that text."""
    others = [other for other in cells if other is not cell]
    if len(cell.lines) == 1:
        return [cell]
    if usual is None and any(_are_twins(cell, other) for other in others):
        return [cell]
    if usual is None and any(
        len(other.lines) == 1
        and abs(height_of(other.lines[0]) - height_of(cell.lines[0])) <= 0.1 * cell.em
        for other in others
        if _wide(cell.lines[1]) > _wide(cell.lines[0])
    ):
        return [replace(cell, lines=cell.lines[:1]), replace(cell, lines=cell.lines[1:])]
    for cut in range(1, len(cell.lines)):
        step = height_of(cell.lines[cut]) - height_of(cell.lines[cut - 1])
        low = replace(cell, lines=cell.lines[cut:])
        beside = [
            min(side, key=lambda other: abs(other.centre - cell.centre))
            for side in (
                [o for o in others if o.centre < cell.centre and o.bottom > low.top],
                [o for o in others if o.centre > cell.centre and o.bottom > low.top],
            )
            if side
        ]
        near = LEVEL * cell.em
        lower = [abs(other.middle - low.middle) <= near for other in beside]
        whole = any(abs(other.middle - cell.middle) <= near for other in beside)
        is_usual = usual is not None and abs(step - usual) <= 0.6
        is_cut = usual is not None and step > usual + 2.0
        if is_cut or (not whole and (sum(lower) == 2 or (any(lower) and not is_usual))):
            return [replace(cell, lines=cell.lines[:cut]), low]
    return [cell]


def _wide(line: Row) -> float:
    return line.box.x1 - line.box.x0


def _are_twins(one: HeaderText, two: HeaderText) -> bool:
    """True if the lines of two cells stand at the same heights."""
    return len(one.lines) == len(two.lines) > 1 and all(
        abs(height_of(a) - height_of(b)) <= 0.2 * one.em
        for a, b in zip(one.lines, two.lines, strict=True)
    )


def below(cell: HeaderText, cells: Sequence[HeaderText]) -> list[HeaderText]:
    """The cells that stand lower and at least in part under this one."""
    return [
        other
        for other in cells
        if other.middle > cell.middle + 0.5 * cell.em
        and min(other.box.x1, cell.box.x1) - max(other.box.x0, cell.box.x0) > 0.3 * cell.em
    ]


def height_of(line: Row) -> float:
    """The height at which a line stands, in points from the top of the page."""
    return line.box.middle[1]

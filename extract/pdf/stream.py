"""Tables without upright rulings: columns by the white space that all their rows leave.

Careful on purpose: a column whose figures do not line up, that two figures of one row share, or
that has no header word of its own is in doubt (`ambiguous_column`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.figures import is_amount
from extract.page import Box, Grid, bounds
from extract.pdf.glyphs import Glyph
from extract.pdf.open_rows import Draft, finish_cell, join_wrapped_figures, split_open_rows
from extract.pdf.paint import Ruling
from extract.pdf.writing import Row, rows_of

DOUBT = "ambiguous_column"
WORD_GAP = 0.7
"""A gap wider than this share of the line's height parts two words of a row."""
ALIGNED = 3.0
"""Figures of one column end, begin or are centred within this many points."""
CENTRED = 8.0
"""A word over several columns is centred over them within this many points."""
FEWEST_ROWS = 3

MOST_HEADER_LINES = 2
"""With more lines it is not certain which words are one: wrapped, merged, or centred between."""

Span = tuple[int, int]
"""First and last column."""

_MONEY = re.compile(r"[0-9][.,][0-9]", re.ASCII)
_NO_HEADER = re.compile(r"单\s*位\s*[:：]|部\s*门\s*[:：]|编制|填报|表\s*[0-9]*$")


_GROUP = re.compile(r"[^年表局厅委办部院省市县区:：]{2,8}")
"""A header word that may stand in a line of its own: short, and neither title nor name."""


@dataclass(frozen=True)
class Strip:
    """A column: its left and right end."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """The centre of the column."""
        return (self.left + self.right) / 2

    def overlaps(self, box: Box) -> bool:
        """True if the box lies over the column, in part at least."""
        return box.x0 < self.right and box.x1 > self.left


@dataclass(frozen=True)
class Printed:
    """A printed line and its words."""

    line: Row
    words: tuple[Row, ...]

    @property
    def is_body(self) -> bool:
        """True if a figure stands in it by itself beside something else."""
        return len(self.words) > 1 and any(is_amount(word.text) for word in self.words)


def find_streams(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling]
) -> tuple[list[Grid], list[Glyph]]:
    """The tables among characters that no lattice holds, and the characters outside of them."""
    printed = [Printed(line, tuple(split_words(line))) for line in rows_of(glyphs)]
    grids: list[Grid] = []
    taken: set[int] = set()
    for first, last in _blocks(printed):
        head = _header_start(printed, first)
        body = printed[first : last + 1]
        grid = _build(printed[head:first], body, rulings)
        if grid is not None:
            grids.append(grid)
            taken |= {id(glyph) for line in printed[head : last + 1] for glyph in line.line.glyphs}
    return grids, [glyph for glyph in glyphs if id(glyph) not in taken]


def split_words(line: Row) -> list[Row]:
    """The words of a line: characters that no wide gap parts."""
    height = max(line.box.y1 - line.box.y0, 4.0)
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words and glyph.box.x0 - words[-1][-1].box.x1 <= WORD_GAP * height:
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [Row(tuple(word)) for word in words]


def _blocks(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """First and last line of each run of rows with figures of money."""
    runs: list[list[int]] = []
    for number, line in enumerate(printed):
        if not line.is_body:
            continue
        if runs and _goes_on(printed[runs[-1][-1] : number + 1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    found = []
    for run in runs:
        words = [word.text for number in run for word in printed[number].words]
        money = sum(1 for text in words if is_amount(text) and _MONEY.search(text))
        if len(run) >= FEWEST_ROWS and money >= FEWEST_ROWS:
            found.append((run[0], run[-1]))
    return found


def _goes_on(lines: Sequence[Printed]) -> bool:
    """True if the lines between two rows are few and no prose."""
    between = lines[1:-1]
    height = lines[0].line.box.y1 - lines[0].line.box.y0
    far = lines[-1].line.box.y0 - lines[0].line.box.y1 > 8 * max(height, 4.0)
    return not far and len(between) <= 3 and all(len(line.line.text) <= 30 for line in between)


def _header_start(printed: Sequence[Printed], first: int) -> int:
    """The first line of the header above the row ``first``."""
    start = first
    while start and first - start < 4:
        line, below = printed[start - 1], printed[start]
        height = max(line.line.box.y1 - line.line.box.y0, 4.0)
        if line.is_body or _NO_HEADER.search(line.line.text):
            break
        if len(line.words) < 2 and not _GROUP.fullmatch(line.line.text):
            break
        if below.line.box.y0 - line.line.box.y1 > 3 * height:
            break
        start -= 1
    return start


def _build(
    header: Sequence[Printed], body: Sequence[Printed], rulings: Sequence[Ruling]
) -> Grid | None:
    strips = _strips([word.box for line in body if line.is_body for word in line.words])
    leaves = [word for line in header for word in line.words]
    for word in leaves:
        if not any(strip.overlaps(word.box) for strip in strips):
            strips.append(Strip(word.box.x0, word.box.x1))
    strips = sorted(strips, key=lambda strip: strip.left)
    if len(strips) < 2:
        return None
    spans = [
        [_span(word, at, header, strips) for word in line.words] for at, line in enumerate(header)
    ]
    every = set(range(len(strips)))
    if len(header) > MOST_HEADER_LINES or _mixed_columns(strips, body):
        doubtful = every
    else:
        doubtful = _crooked_columns(strips, body) | _unsure_groups(spans)
        doubtful |= every - _leaves(spans)
    box = bounds([line.line.box for line in [*header, *body]])
    xs = [box.x0, *(_between(strips)), box.x1]
    head_rows, head_drafts, head_bottom = _header_cells(header, spans, xs, box, body)
    ys = [head_bottom, *_row_borders(rulings, box, head_bottom), box.y1]
    drafts: list[Draft] = []
    for row in range(len(ys) - 1):
        for column in range(len(strips)):
            place = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
            glyphs = [
                glyph
                for line in body
                for glyph in line.line.glyphs
                if place.holds(*glyph.box.middle)
            ]
            lines = tuple(rows_of(glyphs))
            doubt = DOUBT if column in doubtful else ""
            drafts.append(Draft(row, column, 1, 1, place, lines, doubt))
    borders, drafts = split_open_rows(ys, join_wrapped_figures(drafts))
    drafts = head_drafts + [replace(draft, row=draft.row + head_rows) for draft in drafts]
    return Grid(
        rows=len(borders) - 1 + head_rows,
        columns=len(strips),
        cells=tuple(finish_cell(draft) for draft in drafts),
        box=box,
        origin="stream",
    )


def _strips(boxes: Sequence[Box]) -> list[Strip]:
    """The columns that words cover; white space in all rows parts them."""
    strips: list[Strip] = []
    for box in sorted(boxes, key=lambda item: item.x0):
        if strips and box.x0 <= strips[-1].right + 1.0:
            strips[-1] = Strip(strips[-1].left, max(strips[-1].right, box.x1))
        else:
            strips.append(Strip(box.x0, box.x1))
    return strips


def _between(strips: Sequence[Strip]) -> list[float]:
    return [(one.right + two.left) / 2 for one, two in pairwise(strips)]


def _mixed_columns(strips: Sequence[Strip], body: Sequence[Printed]) -> bool:
    """True if a row has two figures, or a figure and words, in one column: no column is certain."""
    for line in body:
        for strip in strips:
            words = [word for word in line.words if strip.overlaps(word.box)]
            if len(words) > 1 and any(is_amount(word.text) for word in words):
                return True
    return False


def _crooked_columns(strips: Sequence[Strip], body: Sequence[Printed]) -> set[int]:
    """Columns whose figures do not line up: they may be two."""
    crooked: set[int] = set()
    for number, strip in enumerate(strips):
        figures = [
            word.box
            for line in body
            for word in line.words
            if strip.overlaps(word.box) and is_amount(word.text)
        ]
        if figures and not _lined_up(figures):
            crooked.add(number)
    return crooked


def _leaves(spans: Sequence[Sequence[Span]]) -> set[int]:
    """Columns that have a word of their own in the last line of the header."""
    return {first for first, last in spans[-1] if first == last} if spans else set()


def _lined_up(boxes: Sequence[Box]) -> bool:
    ends = (
        [box.x1 for box in boxes],
        [box.x0 for box in boxes],
        [box.middle[0] for box in boxes],
    )
    return any(max(places) - min(places) <= ALIGNED for places in ends)


def _row_borders(rulings: Sequence[Ruling], box: Box, top: float) -> list[float]:
    """Where rulings over the whole width part the rows."""
    wide = 0.8 * (box.x1 - box.x0)
    places = sorted(
        ruling.at
        for ruling in rulings
        if ruling.horizontal
        and min(ruling.end, box.x1) - max(ruling.start, box.x0) >= wide
        and top + 4 < ruling.at < box.y1 - 4
    )
    borders: list[float] = []
    for place in places:
        if not borders or place - borders[-1] > 4:
            borders.append(place)
    return borders


def _header_cells(
    header: Sequence[Printed],
    spans: Sequence[Sequence[Span]],
    xs: Sequence[float],
    box: Box,
    body: Sequence[Printed],
) -> tuple[int, list[Draft], float]:
    """The rows of the header, its cells, and where it ends."""
    if not header:
        return 0, [], box.y0
    bottoms = [line.line.box.y1 for line in header]
    tops = [line.line.box.y0 for line in header[1:]] + [body[0].line.box.y0]
    edges = [box.y0, *((end + top) / 2 for end, top in zip(bottoms, tops, strict=True))]
    drafts: list[Draft] = []
    for row, line in enumerate(header):
        free = set(range(len(xs) - 1))
        for word, (first, last) in zip(line.words, spans[row], strict=True):
            columns = [column for column in range(first, last + 1) if column in free]
            if not columns:
                continue
            free -= set(columns)
            place = Box(xs[columns[0]], edges[row], xs[columns[-1] + 1], edges[row + 1])
            drafts.append(Draft(row, columns[0], 1, len(columns), place, (word,)))
        for column in sorted(free):
            place = Box(xs[column], edges[row], xs[column + 1], edges[row + 1])
            drafts.append(Draft(row, column, 1, 1, place, ()))
    return len(header), drafts, edges[-1]


def _span(word: Row, at: int, header: Sequence[Printed], strips: Sequence[Strip]) -> Span:
    """First and last column of a header word: those it covers, or those it is centred over.

    It can only be centred over columns that all have words of their own below.
    """
    middle = word.box.middle[0]
    over = _covered(word, strips)
    if not over:
        over = [min(range(len(strips)), key=lambda number: abs(strips[number].middle - middle))]
    others = {n for other in header[at].words if other is not word for n in _covered(other, strips)}
    below = {
        n for line in header[at + 1 :] for other in line.words for n in _covered(other, strips)
    }
    best = (over[0], over[-1])
    for first in range(over[0], -1, -1):
        for last in range(over[-1], len(strips)):
            columns = set(range(first, last + 1))
            centre = (strips[first].left + strips[last].right) / 2
            if others & columns or not columns <= below or abs(centre - middle) > CENTRED:
                continue
            if last - first > best[1] - best[0]:
                best = (first, last)
    return best


def _covered(word: Row, strips: Sequence[Strip]) -> list[int]:
    return [number for number, strip in enumerate(strips) if strip.overlaps(word.box)]


def _unsure_groups(spans: Sequence[Sequence[Span]]) -> set[int]:
    """Columns of which it is not sure whether a word of a line above stands over them too.

    They have a word in the last line, none above, and lie beside columns that have both.
    """
    if len(spans) < 2:
        return set()
    last = {n for first, end in spans[-1] for n in range(first, end + 1)}
    above = {n for line in spans[:-1] for first, end in line for n in range(first, end + 1)}
    grouped, alone = last & above, last - above
    edge = {n for n in alone if {n - 1, n + 1} & grouped}
    return edge | {n for n in grouped if {n - 1, n + 1} & edge}

"""From characters to lines and words: the order in which a person reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, repeat
from operator import and_, le

import numpy as np

from extract.figures import is_amount
from extract.page import Box, Word, bounds, boxes_of
from extract.pdf.calls import Flags, Indexes, Numbers
from extract.pdf.glyphs import Glyph, Letters, single_glyphs

GAP = 0.3
"""A gap wider than this share of the line's height is a space."""
SET_CLOSE = 0.1
"""Characters nearer than this share of their height are one piece in all that follows."""
LEVEL = 0.01
"""Characters of one piece end and begin at the same height, but for so many points."""

FIRST_WIDE = "\u2e80"
"""Characters from here on are as wide as they are high, most of them."""
WORD_SPACE = 0.6
"""A figure that stands by itself is farther than this from the word before, in their widths."""
LEAST_SPACE = 0.05
"""With less than this share of their height between them a figure and a word are one."""

_MONEY = re.compile(r"[0-9０-９][.,，．][0-9０-９]")
_SIGNS = frozenset("-−－–+＋")
_FIGURE = frozenset("0123456789.,，．０１２３４５６７８９")
_FIGURE_LIKE = _SIGNS | _FIGURE

Span = tuple[int, int]
"""Characters of a page, from the first to before the second."""


class Row:
    """Characters of one line, from left to right; ``box`` is the smallest one around them."""

    __slots__ = ("_text", "box", "glyphs")

    def __init__(self, glyphs: tuple[Glyph, ...]) -> None:
        self.glyphs = glyphs
        self._text: str | None = None
        if len(glyphs) == 1:
            self._text, self.box, _, _ = glyphs[0]
        else:
            self.box = bounds([glyph.box for glyph in glyphs])

    @property
    def text(self) -> str:
        """The text of the line; a wide gap is one space, but not inside of a figure."""
        if self._text is None:
            self._text = self._read()
        return self._text

    def _read(self) -> str:
        height = max(self.box.y1 - self.box.y0, 4.0)
        wide = GAP * height
        gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(self.glyphs)]
        if max(gaps) <= wide or _is_one_figure(self.glyphs, height):
            return "".join([glyph.text for glyph in self.glyphs])
        parts = [self.glyphs[0].text]
        for gap, after in zip(gaps, self.glyphs[1:], strict=True):
            if gap > wide:
                parts.append(" ")
            parts.append(after.text)
        return "".join(parts)


def lone_figure(row: Row) -> str:
    """A figure that stands by itself in a line of several words: the most telling one, or ''.

    Fast and generous: what is no figure is sorted out later. One with a separator tells most.
    """
    if len(row.glyphs) < 2 or not any(is_figure_like(glyph.text) for glyph in row.glyphs):
        return ""
    wide = [
        (piece.box.x1 - piece.box.x0) / len(piece.text)
        for piece in row.glyphs
        if piece.text[0] >= FIRST_WIDE
    ]
    apart = (
        WORD_SPACE * min(wide) if wide else GAP * min(y1 - y0 for _, y0, _, y1 in _boxes_of(row))
    )
    found, figure, right = "", "", -math.inf
    for glyph in row.glyphs:
        x0, y0, x1, y1 = glyph.box
        gap = x0 - right
        if figure and gap > LEAST_SPACE * (y1 - y0) and is_amount(figure):
            if has_separator(figure):
                return figure
            found = figure
        if not is_figure_like(glyph.text):
            figure = ""
        elif gap > apart:
            figure = glyph.text
        elif figure:
            figure += glyph.text
        right = x1
    return figure if is_amount(figure) else found


def _boxes_of(row: Row) -> list[Box]:
    return [glyph.box for glyph in row.glyphs]


def has_separator(figure: str) -> bool:
    """True for a figure with a point or a comma between its digits."""
    return _MONEY.search(figure) is not None


def _is_one_figure(pieces: Sequence[Glyph], height: float) -> bool:
    """True for a figure that is set with space between its characters, or its sign apart.

    Letter spacing is even; a gap that stands out parts two figures, or a figure from a dash.
    """
    if not all(is_figure_like(piece.text) for piece in pieces):
        return False
    glyphs = [glyph for piece in pieces for glyph in piece.split()]
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(glyphs)]
    signed = glyphs[0].text in _SIGNS
    body = gaps[1:] if signed else gaps
    digits = glyphs[1:] if signed else glyphs
    if not digits or not all(glyph.text in _FIGURE for glyph in digits):
        return False
    if signed and gaps[0] > max(1.2 * height, 1.5 * max(body, default=0.0)):
        return False
    if max(body, default=0.0) <= GAP * height:
        return True
    return len(body) >= 3 and max(body) <= min(1.6 * min(body) + 0.1 * height, 1.5 * height)


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Cut characters into lines by their vertical overlap; top to bottom, left to right."""
    if len(glyphs) < 2:
        return [Row((glyph,)) for glyph in glyphs]
    rows: list[list[Glyph]] = []
    spans: list[tuple[float, float]] = []
    known: dict[float, list[Glyph]] = {}  # most stand at the very height of one before
    for glyph in _sorted(glyphs, [glyph.box.y0 - glyph.box.y1 for glyph in glyphs]):
        _, y0, _, y1 = glyph.box
        y = (y0 + y1) / 2
        row = known.get(y)
        if row is None:
            for index, (top, bottom) in enumerate(spans):
                if top <= y <= bottom:
                    row = rows[index]
                    break
            else:
                row = []
                rows.append(row)
                spans.append((y0, y1))
            known[y] = row
        row.append(glyph)
    lines = [Row(tuple(_sorted(row, [glyph.box.x0 for glyph in row]))) for row in rows]
    return sorted(lines, key=lambda line: line.box.middle[1])


def _sorted(glyphs: Sequence[Glyph], keys: Sequence[float]) -> Sequence[Glyph]:
    """Characters by their keys; nearly all are in order as they come."""
    if all(map(le, keys, islice(keys, 1, None))):
        return glyphs
    return [glyphs[at] for at in sorted(range(len(keys)), key=keys.__getitem__)]


def runs_of(letters: Letters) -> list[Span]:
    """Runs of characters without a gap, by content order: independent of any grid.

    A figure that is set with space between its characters is one run.
    """
    if not len(letters):
        return []
    starts = np.flatnonzero(np.append(True, ~_follow(letters))).tolist()
    runs = list(pairwise([*starts, len(letters)]))
    alone = [end - start == 1 and letters.text[start] in _FIGURE_LIKE for start, end in runs]
    if not any(map(and_, alone, islice(alone, 1, None))):
        return runs
    return list(_with_spaced_figures(runs, letters))


def _follow(letters: Letters) -> Flags:
    """For each character but the first if it goes on with the run of the one before.

    The height of a run is that of its last four characters.
    """
    gap = letters.x0[1:] - letters.x1[:-1]
    rise = abs(letters.y1[1:] - letters.y1[:-1])
    own = letters.y1 - letters.y0
    tallest = own.copy()
    for back in (1, 2, 3):
        tallest[back:] = np.maximum(tallest[back:], own[:-back])

    def near(height: Numbers) -> Flags:
        height = np.maximum(height, 4.0)
        near: Flags = (rise <= 0.5 * height) & (gap >= -0.4 * height) & (gap <= GAP * height)
        return near

    follow = near(own[:-1])
    for at in np.flatnonzero(near(tallest[:-1]) & ~follow).tolist():
        first = at
        while first > 0 and at - first < 3 and follow[first - 1]:
            first -= 1
        height = max(float(own[first : at + 1].max()), 4.0)
        follow[at] = rise[at] <= 0.5 * height and -0.4 * height <= gap[at] <= GAP * height
    return follow


def words_of(letters: Letters, runs: Sequence[Span]) -> list[Word]:
    """The words that the runs are."""
    if not runs:
        return []
    boxes = _boxes(letters, np.array([start for start, _ in runs]))
    text = letters.text
    texts = [text[start:end] for start, end in runs]
    return list(map(tuple.__new__, repeat(Word), zip(texts, boxes, strict=True)))


def pieces_of(
    letters: Letters, runs: Sequence[Span], places: Indexes | None
) -> tuple[list[Glyph], list[int]]:
    """The runs as pieces that have one place, one level and no gap inside; and their places.

    ``places`` says for each character where it stands (a number for each cell); None: all at -1.
    """
    if not runs:
        return [], []
    x0, y0, x1, y1 = letters.sides()
    breaks = np.zeros(len(letters), bool)
    breaks[[start for start, _ in runs]] = True
    if places is not None:
        breaks[1:] |= places[1:] != places[:-1]
    breaks[1:] |= (
        (abs(y0[1:] - y0[:-1]) > LEVEL)
        | (abs(y1[1:] - y1[:-1]) > LEVEL)
        | (x0[1:] - x1[:-1] > SET_CLOSE * (y1[:-1] - y0[:-1]))
        | (x0[1:] < x0[:-1])
    )
    starts = np.flatnonzero(breaks)
    first = starts.tolist()
    texts = [letters.text[start:end] for start, end in pairwise([*first, len(letters)])]
    fields = zip(texts, _boxes(letters, starts), repeat(letters), first, strict=False)
    pieces = list(map(tuple.__new__, repeat(Glyph), fields))
    return pieces, [-1] * len(pieces) if places is None else places[starts].tolist()


def _boxes(letters: Letters, starts: Indexes) -> Iterator[Box]:
    """The boxes around the characters from each start to before the next one."""
    sides = (
        np.minimum.reduceat(letters.x0, starts),
        np.minimum.reduceat(letters.y0, starts),
        np.maximum.reduceat(letters.x1, starts),
        np.maximum.reduceat(letters.y1, starts),
    )
    return boxes_of(*(side.tolist() for side in sides))


def is_figure_like(text: str) -> bool:
    """True if there is nothing but digits, separators and signs."""
    return _FIGURE_LIKE.issuperset(text)


def _with_spaced_figures(runs: Sequence[Span], letters: Letters) -> Iterator[Span]:
    """Put together the characters of figures that stand apart one by one."""
    held: list[Glyph] = []
    for start, end in runs:
        if end - start > 1 or letters.text[start] not in _FIGURE_LIKE:
            if held:
                yield from _as_runs(held)
                held = []
            yield start, end
            continue
        (glyph,) = single_glyphs(letters, start, end)
        if held and not _goes_on(held[-1], glyph):
            yield from _as_runs(held)
            held = []
        held.append(glyph)
    yield from _as_runs(held)


def _as_runs(held: Sequence[Glyph]) -> Iterator[Span]:
    if len(held) > 1 and _is_one_figure(held, max(held[0].box.y1 - held[0].box.y0, 4.0)):
        yield held[0].start, held[-1].start + 1
    else:
        yield from ((glyph.start, glyph.start + 1) for glyph in held)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.box.y1 - last.box.y0, 4.0)
    level = abs(glyph.box.y1 - last.box.y1) <= 0.5 * height
    return level and 0 < glyph.box.x0 - last.box.x1 <= 1.5 * height

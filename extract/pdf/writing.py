"""From characters to lines and words: the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extract.page import Box, Word, bounds
from extract.pdf.glyphs import Glyph

GAP = 0.3
"""A gap wider than this share of the line's height is a space."""


_SIGNS = frozenset("-−－–+＋")
_FIGURE = frozenset("0123456789.,，．０１２３４５６７８９")


@dataclass(frozen=True)
class Row:
    """Characters of one line, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around the characters."""
        return bounds([glyph.box for glyph in self.glyphs])

    @cached_property
    def text(self) -> str:
        """The text of the line; a wide gap is one space, but not inside of a figure."""
        height = max(self.box.y1 - self.box.y0, 4.0)
        wide = GAP * height
        gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(self.glyphs)]
        if max(gaps, default=0.0) <= wide:
            return "".join([glyph.text for glyph in self.glyphs])
        if _is_one_figure(self.glyphs, gaps, height):
            return "".join([glyph.text for glyph in self.glyphs])
        parts = [self.glyphs[0].text]
        for gap, after in zip(gaps, self.glyphs[1:], strict=True):
            if gap > wide:
                parts.append(" ")
            parts.append(after.text)
        return "".join(parts)


def _is_one_figure(glyphs: Sequence[Glyph], gaps: Sequence[float], height: float) -> bool:
    """True for a figure that is set with space between its characters, or its sign apart.

    Letter spacing is even; a gap that stands out parts two figures, or a figure from a dash.
    """
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
    rows: list[list[Glyph]] = []
    spans: list[tuple[float, float]] = []
    tall = sorted(glyphs, key=lambda glyph: -(glyph.box.y1 - glyph.box.y0))
    for glyph in tall:
        y = glyph.box.middle[1]
        for index, (top, bottom) in enumerate(spans):
            if top <= y <= bottom:
                rows[index].append(glyph)
                break
        else:
            rows.append([glyph])
            spans.append((glyph.box.y0, glyph.box.y1))
    lines = [Row(tuple(sorted(row, key=lambda glyph: glyph.box.x0))) for row in rows]
    return sorted(lines, key=lambda line: line.box.middle[1])


def runs_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Runs of characters without a gap, by content order: independent of any grid.

    A figure that is set with space between its characters is one run.
    """
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return list(_with_spaced_figures(runs))


def words_of(runs: Sequence[Sequence[Glyph]]) -> list[Word]:
    """The words that the runs are."""
    return [
        Word("".join([glyph.text for glyph in run]), bounds([glyph.box for glyph in run]))
        for run in runs
    ]


def is_figure_like(glyphs: Sequence[Glyph]) -> bool:
    """True if there is nothing but digits, separators and signs."""
    return all(glyph.text in _FIGURE or glyph.text in _SIGNS for glyph in glyphs)


def _with_spaced_figures(words: Sequence[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Put together the characters of figures that stand apart one by one."""
    run: list[Glyph] = []
    for word in words:
        single = len(word) == 1 and (word[0].text in _FIGURE or word[0].text in _SIGNS)
        if single and run and _goes_on(run[-1], word[0]):
            run.extend(word)
            continue
        yield from _as_words(run)
        run = list(word) if single else []
        if not single:
            yield word
    yield from _as_words(run)


def _as_words(run: list[Glyph]) -> Iterator[list[Glyph]]:
    if not run:
        return
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(run)]
    if gaps and _is_one_figure(run, gaps, max(run[0].box.y1 - run[0].box.y0, 4.0)):
        yield run
    else:
        yield from ([glyph] for glyph in run)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.box.y1 - last.box.y0, 4.0)
    level = abs(glyph.box.y1 - last.box.y1) <= 0.5 * height
    return level and 0 < glyph.box.x0 - last.box.x1 <= 1.5 * height


def _follows(word: list[Glyph], glyph: Glyph) -> bool:
    last = word[-1]
    height = max(max(item.box.y1 - item.box.y0 for item in word[-4:]), 4.0)
    gap = glyph.box.x0 - last.box.x1
    level = abs(glyph.box.y1 - last.box.y1) <= 0.5 * height
    return level and -0.4 * height <= gap <= GAP * height

"""From characters to lines and words: the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.page import Box, Word, bounds
from extract.pdf.glyphs import Glyph

GAP = 0.3
"""A gap wider than this share of the line's height is a space."""


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
        """The text of the line; a wide gap is one space."""
        height = max(self.box.y1 - self.box.y0, 4.0)
        parts = [self.glyphs[0].text]
        for before, after in zip(self.glyphs, self.glyphs[1:], strict=False):
            if after.box.x0 - before.box.x1 > GAP * height:
                parts.append(" ")
            parts.append(after.text)
        return "".join(parts)


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


def words_of(glyphs: Sequence[Glyph]) -> list[Word]:
    """Runs of characters without a gap, by content order: independent of any grid."""
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        if words and _follows(words[-1], glyph):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [
        Word("".join(glyph.text for glyph in word), bounds([glyph.box for glyph in word]))
        for word in words
    ]


def _follows(word: list[Glyph], glyph: Glyph) -> bool:
    last = word[-1]
    height = max(max(item.box.y1 - item.box.y0 for item in word[-4:]), 4.0)
    gap = glyph.box.x0 - last.box.x1
    level = abs(glyph.box.y1 - last.box.y1) <= 0.5 * height
    return level and -0.4 * height <= gap <= GAP * height

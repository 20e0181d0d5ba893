"""The columns of a table without upright rulings, by the words of its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.figures import is_amount
from extract.page import Box
from extract.pdf.glyphs import Glyph
from extract.pdf.writing import Row

WORD_GAP = 0.7
"""A gap wider than this share of an em parts two words of a row."""
FIGURE_GAP = 0.15
"""The same between a figure of money and the words after it."""
ALIGNED = 3.0
"""Figures of one column end, begin or are centred within this many points."""

_MONEY = re.compile(r"[0-9][.,][0-9]", re.ASCII)
_CODE = re.compile(r"[0-9]{2}|[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_LEADING_MONEY = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{2,6}", re.ASCII)


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

    @classmethod
    def of(cls, line: Row) -> Printed:
        """A line cut into its words."""
        return cls(line, tuple(split_words(line)))

    @property
    def texts(self) -> list[str]:
        """The words as text."""
        return [word.text for word in self.words]

    @property
    def middle(self) -> float:
        """The height at which the line stands."""
        return self.line.box.middle[1]

    @property
    def top(self) -> float:
        """Where the line's characters begin, by their size (their boxes may be higher)."""
        return self.middle - em_of(self.line.glyphs) / 2

    @property
    def is_body(self) -> bool:
        """True if a figure stands in it by itself beside something else."""
        return len(self.words) > 1 and any(is_amount(word.text) for word in self.words)


def is_wide(text: str) -> bool:
    """True for characters as wide as they are high (Chinese ones)."""
    return unicodedata.east_asian_width(text[0]) in "WF"


def em_of(glyphs: Sequence[Glyph]) -> float:
    """The size of the characters in points: fonts give boxes that are higher than their print."""
    wide = [glyph.box.x1 - glyph.box.x0 for glyph in glyphs if is_wide(glyph.text)]
    if wide:
        return max(median(wide), 3.0)
    high = median(glyph.box.y1 - glyph.box.y0 for glyph in glyphs)
    across = 2.0 * median(glyph.box.x1 - glyph.box.x0 for glyph in glyphs)
    return max(min(high, across), 3.0)


def is_money(text: str) -> bool:
    """True for a figure that has separators: no code, no ordinal, no number of a page."""
    return is_amount(text) and _MONEY.search(text) is not None


def split_words(line: Row) -> list[Row]:
    """The words of a line: characters that no wide gap parts, a figure apart from words."""
    em = em_of(line.glyphs)
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words:
            gap = glyph.box.x0 - words[-1][-1].box.x1
            if gap <= WORD_GAP * em and not _ends_figure(words[-1], glyph, gap, em):
                words[-1].append(glyph)
                continue
        words.append([glyph])
    return [Row(tuple(word)) for word in words]


def _ends_figure(word: Sequence[Glyph], after: Glyph, gap: float, em: float) -> bool:
    """True if a whole figure of money ends here and a word begins."""
    if gap < FIGURE_GAP * em or not (is_wide(after.text) or after.text.isdigit()):
        return False
    inner = max((b.box.x0 - a.box.x1 for a, b in pairwise(word)), default=0.0)
    if gap < inner + FIGURE_GAP * em:
        return False
    return _LEADING_MONEY.fullmatch("".join(glyph.text for glyph in word)) is not None


def columns_of(body: Sequence[Printed]) -> tuple[list[Strip], frozenset[int]]:
    """The columns that the words of rows cover, and the words that lie over several of them.

    The second value are the ids of those words: labels that run over a border (合计 in the middle
    of code and name, a name longer than its column). Figures never do.
    """
    words = [(line, word) for line in body for word in line.words]
    bridges: set[int] = set()
    for _ in range(max(3, len(body) // 3)):
        strips = _strips([word.box for _, word in words if id(word) not in bridges])
        shared = _shared(strips, body, bridges)
        widest = max(shared, key=lambda word: word.box.x1 - word.box.x0, default=None)
        if widest is None:
            return strips, frozenset(bridges)
        bridges.add(id(widest))
    return _strips([word.box for _, word in words]), frozenset()


def _shared(strips: Sequence[Strip], body: Sequence[Printed], bridges: set[int]) -> list[Row]:
    """Words in columns in which a row has a figure beside another word."""
    mixed = [strip for strip in strips if any(_is_mixed(strip, line, bridges) for line in body)]
    return [
        word
        for strip in mixed
        for line in body
        for word in line.words
        if id(word) not in bridges and strip.overlaps(word.box) and not is_amount(word.text)
    ]


def _is_mixed(strip: Strip, line: Printed, bridges: Sequence[int] | set[int]) -> bool:
    words = [w for w in line.words if id(w) not in bridges and strip.overlaps(w.box)]
    return len(words) > 1 and any(is_amount(word.text) for word in words)


def _strips(boxes: Sequence[Box]) -> list[Strip]:
    strips: list[Strip] = []
    for box in sorted(boxes, key=lambda item: item.x0):
        if strips and box.x0 <= strips[-1].right + 1.0:
            strips[-1] = Strip(strips[-1].left, max(strips[-1].right, box.x1))
        else:
            strips.append(Strip(box.x0, box.x1))
    return strips


def mixed_columns(
    strips: Sequence[Strip], body: Sequence[Printed], bridges: frozenset[int]
) -> bool:
    """True if a row has two figures, or a figure and words, in one column: no column is certain."""
    return any(_is_mixed(strip, line, set(bridges)) for line in body for strip in strips)


def amount_columns(strips: Sequence[Strip], body: Sequence[Printed]) -> list[bool]:
    """Which columns hold figures of money, not codes or words."""
    found = []
    for strip in strips:
        texts = [w.text for line in body for w in line.words if strip.overlaps(w.box)]
        figures = [text for text in texts if is_amount(text)]
        codes = [text for text in figures if _CODE.fullmatch(text)]
        found.append(len(figures) * 10 >= 6 * len(texts) > 0 and len(codes) < len(figures))
    return found


def crooked_columns(strips: Sequence[Strip], body: Sequence[Printed]) -> set[int]:
    """Columns whose figures do not line up: they may be two."""
    return {
        number
        for number, strip in enumerate(strips)
        if (figures := _figures_in(strip, body)) and not _lined_up(figures)
    }


def _figures_in(strip: Strip, body: Sequence[Printed]) -> list[Box]:
    return [
        word.box
        for line in body
        for word in line.words
        if strip.overlaps(word.box) and is_amount(word.text)
    ]


def _lined_up(boxes: Sequence[Box]) -> bool:
    ends = (
        [box.x1 for box in boxes],
        [box.x0 for box in boxes],
        [box.middle[0] for box in boxes],
    )
    return any(max(places) - min(places) <= ALIGNED for places in ends)


def fits(before: Sequence[Strip], own: Sequence[Strip], body: Sequence[Printed]) -> bool:
    """True if rows without a header stand in the columns of the page before.

    Every column of figures ends where one of those ends, and none lies over two of them.
    """
    for strip in own:
        over = [other for other in before if _meet(other, strip)]
        figures = _figures_in(strip, body)
        if figures and not any(
            abs(box.x1 - other.right) <= ALIGNED or abs(box.middle[0] - other.middle) <= ALIGNED
            for other in over
            for box in figures
        ):
            return False
        if len(over) != 1 and figures:
            return False
    return True


def borders_of(strips: Sequence[Strip], box: Box) -> list[float]:
    """The borders between columns, the outer ones included."""
    inner = [(one.right + two.left) / 2 for one, two in pairwise(strips)]
    return [min(box.x0, strips[0].left), *inner, max(box.x1, strips[-1].right)]


def widened(before: Sequence[Strip], own: Sequence[Strip]) -> list[Strip]:
    """The columns of the page before, as wide as the words of this page need them."""
    wide = list(before)
    for strip in own:
        under = [at for at, other in enumerate(before) if _meet(other, strip)]
        if len(under) == 1:
            old = wide[under[0]]
            wide[under[0]] = Strip(min(old.left, strip.left), max(old.right, strip.right))
    return wide


def _meet(one: Strip, two: Strip) -> bool:
    return one.left < two.right and two.left < one.right

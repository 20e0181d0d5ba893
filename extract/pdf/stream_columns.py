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

EDGE = 3.0
"""Space between a text and the border of its cell, in points."""

_MONEY = re.compile(r"[0-9][.,][0-9]", re.ASCII)
_CODE = re.compile(r"[0-9]{2}|[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_MONEY_INSIDE = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{2}", re.ASCII)
_CODE_PARTS = frozenset("类款项")
SPACED = frozenset(
    {"合计", "收入", "支出", "项目", "金额", "小计", "总计", "名称", "科目", "编码", "单位"}
)
"""Words that are set with a wide space between their two characters."""


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
    wide = [
        (glyph.box.x1 - glyph.box.x0) / len(glyph.text)
        for glyph in glyphs
        if is_wide(glyph.text[0]) and is_wide(glyph.text[-1])
    ]
    if wide:
        return max(median(wide), 3.0)
    high = median(glyph.box.y1 - glyph.box.y0 for glyph in glyphs)
    across = 2.0 * median((glyph.box.x1 - glyph.box.x0) / len(glyph.text) for glyph in glyphs)
    return max(min(high, across), 3.0)


def is_money(text: str) -> bool:
    """True for a figure that has separators: no code, no ordinal, no number of a page."""
    return is_amount(text) and _MONEY.search(text) is not None


def is_code(text: str) -> bool:
    """True for what may be the code of a class, or part of one."""
    return _CODE.fullmatch(text) is not None


def split_words(line: Row) -> list[Row]:
    """The words of a line: characters that no wide gap parts, a figure apart from words."""
    em = em_of(line.glyphs)
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words and _is_near(words[-1], glyph, em):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [Row(tuple(part)) for word in words for part in _cut_at_money(word, em)]


def _is_near(word: Sequence[Glyph], glyph: Glyph, em: float) -> bool:
    gap = glyph.box.x0 - word[-1].box.x1
    if len(word) == 1 and word[0].text + glyph.text in SPACED:
        return gap <= 6 * em
    if word[-1].text in _CODE_PARTS and glyph.text in _CODE_PARTS:
        return gap <= 0.3 * em
    return gap <= WORD_GAP * em


def _cut_at_money(word: Sequence[Glyph], em: float) -> list[Sequence[Glyph]]:
    """Cut whole figures of money from what stands close before and after them."""
    text = "".join(glyph.text for glyph in word)
    if len(text) != len(word):
        return [word]
    cuts = [0]
    for match in _MONEY_INSIDE.finditer(text):
        start, end = match.span()
        inner = max((b.box.x0 - a.box.x1 for a, b in pairwise(word[start:end])), default=0.0)
        for at in (start, end):
            wide = FIGURE_GAP * em + max(inner, 0.0)
            if 0 < at < len(word) and word[at].box.x0 - word[at - 1].box.x1 >= wide:
                cuts.append(at)
    return [word[a:b] for a, b in pairwise([*cuts, len(word)]) if b > a]


def columns_of(body: Sequence[Printed]) -> tuple[list[Strip], frozenset[int]]:
    """The columns that the words of rows cover, and the words that lie over several of them.

    The second value are the ids of those words: labels that run over a border (合计 in the middle
    of code and name, a name longer than its column). Figures never do.
    """
    words = [(line, word) for line in body for word in line.words if word.text not in _CODE_PARTS]
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


def edges_of(
    strips: Sequence[Strip], body: Sequence[Printed], heads: Sequence[Box | None]
) -> list[tuple[float, float]]:
    """Left and right end of the cells of each column, as far as its texts show them.

    Figures stand at the right end of their cells, names and codes at the left; a header word
    (``heads``) is centred. Where a column shows neither, its border is half way to the next.
    """
    boxes = [
        [word.box for line in body for word in line.words if _only(strips, at, word.box)]
        for at in range(len(strips))
    ]
    rights = [_same([box.x1 for box in held], [box.x0 for box in held]) for held in boxes]
    lefts = [_same([box.x0 for box in held], [box.x1 for box in held]) for held in boxes]
    wide = [
        (min(strip.left, head.x0), max(strip.right, head.x1)) if head else (strip.left, strip.right)
        for strip, head in zip(strips, heads, strict=True)
    ]
    borders = [wide[0][0] - EDGE]
    for at in range(len(strips) - 1):
        low, high = wide[at][1], wide[at + 1][0]
        right, left = rights[at], lefts[at + 1]
        middle = (low + high) / 2
        if right is not None and left is None and right + EDGE < high:
            middle = max(right + EDGE, low)
        elif left is not None and right is None and left - EDGE > low:
            middle = min(left - EDGE, high)
        borders.append(middle)
    borders.append(wide[-1][1] + EDGE)
    first, last = heads[0], heads[-1]
    if first is not None and len(borders) > 2:
        borders[0] = min(borders[0], 2 * first.middle[0] - borders[1])
    if last is not None and len(borders) > 2 and rights[-1] is None:
        borders[-1] = max(borders[-1], 2 * last.middle[0] - borders[-2])
    return list(pairwise(borders))


def _only(strips: Sequence[Strip], at: int, box: Box) -> bool:
    return strips[at].overlaps(box) and not any(
        other.overlaps(box) for number, other in enumerate(strips) if number != at
    )


def _same(ends: Sequence[float], others: Sequence[float]) -> float | None:
    """Where all texts of a column end (or begin), if that is no accident."""
    if len(ends) < 2 or max(ends) - min(ends) > 2.0 or max(others) - min(others) <= 4.0:
        return None
    return median(ends)


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

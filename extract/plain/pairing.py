"""Rows of tables with sides next to each other (收入 | 支出) and no line numbers between them.

When the cells of a side are blank, nothing in the line says on which side a label stands. Its
number does (it goes on from the one above on its side), and words such as 支出.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from extract.text import squeeze

_ORDINAL = re.compile(
    r"([(]?)((?:[二三四五六七八九]?十|廿|卅)?[一二三四五六七八九]?|[0-9]{1,2})[、).]"
)
_INCOME = ("收入", "上年结转", "年初")
_EXPENDITURE = ("支出", "结转下年", "年末", "年终")
_OPENS = re.compile(
    r"[(]?[一二三四五六七八九十廿卅]+[、)]|[(]?[0-9]{1,2}[、).][^0-9]|其中[:：]|"
    r".*(收入|支出|总|本年|当年)(小计|合计|总计)"
)


@dataclass(frozen=True)
class Entry:
    """A label with the figures after it."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Flank:
    """What a side is for: the words over it, and how many columns of figures it has."""

    heading: str
    amounts: int


def opens_entry(word: str) -> bool:
    """True if a label begins with the word: it is numbered, or a total, or 其中.

    >>> opens_entry("三、国防支出"), opens_entry("收入总计"), opens_entry("款")
    (True, True, False)
    """
    return bool(_OPENS.match(squeeze(word)))


def entries_of(words: Sequence[str], is_figure: Callable[[str], bool]) -> list[Entry]:
    """The words of a row as labels with their figures.

    A label begins after a figure, or at a word that opens one. A label without a figure before
    another one was followed by blanks.
    """
    entries: list[tuple[list[str], list[str]]] = []
    for word in words:
        if is_figure(word):
            if entries:
                entries[-1][1].append(word)
            continue
        if not entries or entries[-1][1] or opens_entry(word):
            entries.append(([], []))
        entries[-1][0].append(word)
    return [Entry("".join(label), tuple(figures)) for label, figures in entries]


def ordinal(label: str) -> tuple[str, int]:
    """The number before a label and how it is written; ('', 0) without one.

    >>> ordinal("二十四、预备费"), ordinal("廿一、其他支出"), ordinal("2.政府性基金")
    (('一', 24), ('一', 21), ('1', 2))
    """
    match = _ORDINAL.match(squeeze(label))
    if match is None or not match[2]:
        return "", 0
    if match[2].isdigit():
        return match[1] + "1", int(match[2])
    text = match[2].replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    digits = "零一二三四五六七八九"
    number = (digits.index(tens or "一") * 10 if ten else 0) + (digits.index(ones) if ones else 0)
    return match[1] + "一", number


class Sides:
    """Puts the entries of one row after the other on the sides of a table."""

    def __init__(self, flanks: Sequence[Flank]) -> None:
        """A table with these sides, from left to right, and no rows yet."""
        self.flanks = tuple(flanks)
        self.last: list[dict[str, int]] = [{} for _ in flanks]

    def place(self, entries: Sequence[Entry]) -> tuple[int, ...] | None:
        """The side of each entry of the next row; None if that is not certain."""
        count = len(self.flanks)
        if not 0 < len(entries) <= count:
            return None
        scored: list[tuple[int, tuple[int, ...]]] = []
        for way in combinations(range(count), len(entries)):
            pairs = list(zip(entries, way, strict=True))
            if all(len(entry.figures) <= self.flanks[side].amounts for entry, side in pairs):
                scored.append((sum(self._score(entry, side) for entry, side in pairs), way))
        scored.sort(reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        if len(scored) > 1 and scored[0][0] <= 0:
            return None
        for entry, side in zip(entries, scored[0][1], strict=True):
            style, number = ordinal(entry.label)
            if number:
                self.last[side][style] = number
        return scored[0][1]

    def _score(self, entry: Entry, side: int) -> int:
        """How well an entry fits a side: its number, its words, how many figures it has."""
        flank = self.flanks[side]
        style, number = ordinal(entry.label)
        score = 0
        if number > 1 and self.last[side].get(style) == number - 1:
            score += 2
        elif number > 1:
            score -= 2
        for own, other in ((_INCOME, _EXPENDITURE), (_EXPENDITURE, _INCOME)):
            if own[0] in flank.heading and other[0] not in flank.heading:
                mine = any(word in entry.label for word in own)
                theirs = any(word in entry.label for word in other)
                score += 3 * (mine - theirs)
        if entry.figures:
            score += len(entry.figures) == flank.amounts
        return score

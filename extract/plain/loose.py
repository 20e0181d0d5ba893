"""Figures of lines that look like rows of a table and are in none: named, so that none is missed.

A title too far away, a header in pieces, a row that a converter has torn from its table: such lines
stay lines of text. Their figures are no prose; they are left over (``extract.conservation``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from extract.figures import fold, is_amount
from extract.page import Box, Grid, Line, Word
from extract.plain.lines import CODE
from extract.text import has_chinese, squeeze
from extract.titles import find_unit

_MONEY = re.compile(r"[0-9](?:\.[0-9]|,[0-9]{3})", re.ASCII)
_NUMBERS = re.compile(r"[栏行]次")
_SENTENCE = re.compile(r"[。；，;！？]|[\u4e00-\u9fff],|[0-9] ?(?:万元|亿元|元)(?![/／)）])")
_GOES_ON = re.compile(
    r"万元|亿元|平方米|百分点|[%％，。；、,;]|(?:万|亿|元|个|人|辆|批|次|项|台|倍)[^\u4e00-\u9fff]"
)
_LEADS = re.compile(r".*(?:为|是|约|达|达到|增加|减少|增长|下降|上升|占|共计|完成)")
_LARGE = re.compile(r"[0-9]{4,}", re.ASCII)
FEWEST = 2
"""A row without a point or a comma in its figures has so many of them, one after the other."""

Item = Line | Grid


def loose_figures(items: Sequence[Item]) -> list[Word]:
    """The figures of lines that look like rows of a table, each at the left of its line.

    There no cell is: the account of the page finds them left over. Lines of sentences are none.
    """
    found: list[Word] = []
    lines = [item for item in items if isinstance(item, Line) and item.text.strip()]
    for at, line in enumerate(lines):
        before = lines[at - 1].text if at else ""
        after = lines[at + 1].text if at + 1 < len(lines) else ""
        if _continues(before) or _GOES_ON.match(after.strip()):
            continue
        top = line.box.y0 if line.box is not None else 0.0
        found += [Word(text, Box(-1.0, top, 0.0, top + 1)) for text in row_figures(line.text)]
    return found


def row_figures(text: str) -> list[str]:
    """The figures of a line that looks like a row of a table; none of those of a sentence.

    >>> row_figures("二、事业收入 120.00 二、教育支出 98.50")
    ['120.00', '98.50']
    >>> row_figures("收入预算为 120.00 万元，")
    []
    """
    words = fold(text).split()
    if _SENTENCE.search(text) or find_unit(text) or _NUMBERS.match(squeeze(text)):
        return []
    runs = list(_runs(words))
    for start, stop in runs:
        money = any(_MONEY.search(word) for word in words[start:stop])
        if money and start and _LEADS.fullmatch(squeeze(words[start - 1])):
            return []
        if money and stop < len(words) and _GOES_ON.match(words[stop]):
            return []
    found: list[str] = []
    for start, stop in runs:
        run = words[start:stop]
        named = has_chinese(" ".join(words[:start])) or any(_LARGE.fullmatch(word) for word in run)
        last = stop == len(words) and len(run) >= FEWEST and named
        if any(_MONEY.search(word) for word in run):
            codes = 0 if start else sum(1 for _ in takewhile(CODE.fullmatch, run))
            found += run[codes:]
        elif last:
            found += run
    return found


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where figures stand one after the other."""
    start = 0
    for at, word in enumerate([*words, ""]):
        if not is_amount(word):
            if at > start:
                yield start, at
            start = at + 1


def _continues(before: str) -> bool:
    """True if a line is the middle of a sentence, so that the next one goes on with it."""
    text = before.strip()
    return bool(_SENTENCE.search(text)) and text[-1:] not in "。；;：:"

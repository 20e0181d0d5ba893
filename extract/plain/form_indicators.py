"""Indicators of an evaluation form in spaced text: names, targets and results that are wrapped.

Such text holds the cells of a row one after the other. Cells of one line each follow each other on
a line; a cell of several lines has these lines for itself. So every row ends with a line on which
its points stand, and what the words before them are follows from how the cells were broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.figures import is_amount, parse_amount
from extract.forms.words import indicator_level
from extract.plain.form_parts import FormLine
from extract.text import squeeze

_POINTS = re.compile(r"\([0-9.]+分?\)")
_SIGN = re.compile("[≥≤＞＜<>=＝≧≦]")
_TOTALS = ("小计", "合计", "总分")
MOST = 100
"""A form has so many points; more than an indicator has are printed as they are."""
LEVEL_LINES = 8
"""The name of a class is not wrapped over more lines than this."""
WHOLE = 3
"""So many lines are one cell: two cells of several lines each have four at least."""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator as far as its words are certain; '' for what is not.

    ``line`` is the line of its points; ``unplaced`` are words of the row that may belong to one of
    several of its cells, ``reason`` those behind the points.
    """

    line: int
    level_1: str
    level_2: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    reason: str = ""
    unplaced: str = ""


@dataclass(frozen=True)
class _Points:
    """A line with points: the words before them, weight and score, the words behind."""

    before: tuple[str, ...]
    weight: str
    score: str
    behind: str


def find_points(line: FormLine) -> tuple[tuple[str, ...], str, str, str] | None:
    """The words before the points of a row, weight, score, and the words behind; None without.

    >>> find_points(FormLine(0, ("合格率", "≥95%", "97%", "10", "9.5", "无")))
    (('合格率', '≥95%', '97%'), '10', '9.5', '无')
    """
    words = line.words
    for at in range(len(words) - 2, max(len(words) - 4, -1), -1):
        weight, score = words[at], words[at + 1]
        behind = words[at + 2 :]
        if not (is_amount(weight) and is_amount(score)) or any(map(is_amount, behind)):
            continue
        points, reached = parse_amount(weight), parse_amount(score)
        if points is None or reached is None or not (0 <= points <= MOST and 0 <= reached <= MOST):
            return None
        return words[:at], weight, score, "".join(behind)
    return None


def is_total(line: FormLine) -> bool:
    """True for the lines below the indicators: 小计, 总分."""
    return squeeze(line.words[0]) in _TOTALS


def read_indicators(lines: Sequence[FormLine]) -> tuple[list[IndicatorRow], list[str]]:
    """The indicators between the header and the totals, and the words that no row holds.

    Words before the first class belong to the header.
    """
    rows: list[IndicatorRow] = []
    level_1 = level_2 = ""
    group: list[FormLine] = []
    head: list[str] = []
    closed = True  # the row before printed its reason on its line, or there is none before
    for line in lines:
        found = find_points(line)
        if found is None:
            group.append(line)
            continue
        points = _Points(*found)
        block = [*group, FormLine(line.number, points.before)] if points.before else list(group)
        below = _below_classes(block)
        own, rest, new_1, new_2 = below.own, below.before, below.level_1, below.level_2
        if new_1:
            level_1, level_2 = new_1, ""
        level_2 = new_2 or level_2
        classed = bool(new_1 or new_2)
        cells = _cells(own, bool(points.before), closed or classed or not rows, below.is_named)
        if rest and rows:
            rows[-1] = _with_rest(rows[-1], _text(rest))
        elif rest:
            head = [_text([one]) for one in rest]
        if cells.behind and rows:
            rows[-1] = _with_rest(rows[-1], cells.behind)
        rows.append(
            IndicatorRow(
                line.number, level_1, level_2, cells.name, cells.target, cells.actual,
                points.weight, points.score, points.behind, cells.unplaced,
            )
        )  # fmt: skip
        closed = bool(points.behind)
        group = []
    if rows and group:
        rows[-1] = _with_rest(rows[-1], _text(group))
        group = []
    return rows, [*head, *(_text([line]) for line in group)]


def _with_rest(row: IndicatorRow, text: str) -> IndicatorRow:
    return IndicatorRow(
        row.line, row.level_1, row.level_2, row.name, row.target, row.actual, row.weight,
        row.score, row.reason + text, row.unplaced,
    )  # fmt: skip


@dataclass(frozen=True)
class _Below:
    """Lines behind the names of classes and before them, the names, and whether a word follows
    them on their line: that is a cell of one line.
    """

    own: list[FormLine]
    before: list[FormLine]
    level_1: str = ""
    level_2: str = ""
    is_named: bool = False


def _below_classes(block: Sequence[FormLine]) -> _Below:
    for at in range(len(block)):
        stop, rest, names = _classes(block, at)
        if not names:
            continue
        level = indicator_level(names[0])
        level_1 = names[0] if level is not None and level[0] == 1 else ""
        level_2 = names[-1] if len(names) > 1 or not level_1 else ""
        own = list(block[stop:])
        if rest:
            own.insert(0, FormLine(block[stop - 1].number, rest))
        return _Below(own, list(block[:at]), level_1, level_2, bool(rest))
    return _Below(list(block), [])


def _classes(block: Sequence[FormLine], at: int) -> tuple[int, tuple[str, ...], list[str]]:
    """The names of classes that begin at a line: the line after them, words left on the last."""
    names: list[str] = []
    stop, rest = at, tuple[str, ...]()
    for wanted in (1, 2):
        best: tuple[int, tuple[str, ...], str] | None = None
        if rest:
            name = _class_name(rest[0], wanted)
            if name:
                best = stop, rest[1:], name
        else:
            joined = ""
            for size in range(min(LEVEL_LINES, len(block) - stop)):
                words = block[stop + size].words
                name = _class_name(joined + words[0], wanted)
                if name:
                    best = stop + size + 1, words[1:], name
                if len(words) > 1:
                    break
                joined += words[0]
        if best is not None:
            stop, rest = best[0], best[1]
            names.append(best[2])
    return stop, rest, names


def _class_name(text: str, wanted: int) -> str:
    flat = _POINTS.sub("", squeeze(text))
    level = indicator_level(flat)
    return flat if level is not None and level[0] == wanted else ""


@dataclass(frozen=True)
class _Cells:
    name: str = ""
    target: str = ""
    actual: str = ""
    unplaced: str = ""
    behind: str = ""


def _cells(own: Sequence[FormLine], inline: bool, closed: bool, named: bool) -> _Cells:
    """Name, target and result of a row from its lines, the last of which holds ``inline`` words.

    ``closed`` says that nothing of the row before stands here, ``named`` that the first word is a
    cell of one line.
    """
    last = own[-1].words if inline and own else ()
    above = own[:-1] if inline else own
    if len(last) > 3 or any(len(line.words) > 1 for line in above[1:]):
        return _Cells(unplaced=_text(own))
    if len(last) == 3:
        behind = _text(above)
        clear = not above or not closed
        return _Cells(*last, behind=behind) if clear else _Cells(unplaced=_text(own))
    signs = [at for at, line in enumerate(above) if _SIGN.match(squeeze(line.words[-1]))]
    if len(last) == 2:
        if (
            signs
            or not above
            or any(len(line.words) > 1 for line in above)
            or (named and len(above) > 1)
        ):
            return _Cells(unplaced=_text(own))
        name, behind = _name(above, closed)
        if name:
            return _Cells(name, last[0], last[1], behind=behind)
        return _Cells("", last[0], last[1], unplaced=_text(above))
    if len(last) == 1:
        if named and len(above) > 1 and len(above[0].words) == 1:
            return _Cells(_text(above[:1]), _text(above[1:]), last[0])
        return _wrapped_target(above, last[0], closed)
    return _wrapped_actual(own, closed)


def _wrapped_target(above: Sequence[FormLine], actual: str, closed: bool) -> _Cells:
    """A row whose target has several lines: it begins with a sign, or behind a name of one line."""
    whole = _Cells(actual=actual, unplaced=_text(above))
    at = next((n for n, line in enumerate(above) if _SIGN.match(squeeze(line.words[0]))), None)
    if at is not None and 0 < at < len(above) - 1:
        if any(len(line.words) > 1 for line in above):
            return whole
        target = _text(above[at:])
        name, behind = _text(above[:at]), ""
        if at > 1:
            name, behind = _name(above[:at], closed, WHOLE - 1)
        return _Cells(name, target, actual, "" if name else _text(above[:at]), behind)
    return whole


def _wrapped_actual(own: Sequence[FormLine], closed: bool) -> _Cells:
    """A row whose result has several lines, behind name and target on one line."""
    if own and closed and len(own[0].words) == 2 and _SIGN.match(squeeze(own[0].words[1])):
        return _Cells(own[0].words[0], own[0].words[1], _text(own[1:]))
    return _Cells(unplaced=_text(own))


def _name(lines: Sequence[FormLine], closed: bool, whole: int = WHOLE) -> tuple[str, str]:
    """The name that lines above the points are, and the words of the row before ahead of it.

    A sentence that ends with a line is no name: it belongs to the row before. Without one,
    ``whole`` lines are one cell; with more of them nobody knows where the name begins.
    """
    if closed:
        return _text(lines), ""
    ends = [at for at, line in enumerate(lines) if line.words[-1].endswith("。")]
    if ends and 1 <= ends[-1] < len(lines) - 2:
        return _text(lines[ends[-1] + 1 :]), _text(lines[: ends[-1] + 1])
    widths = [len(line.flat) for line in lines[:-1]]
    if ends or not 1 < len(lines) <= whole or max(widths) - min(widths) > 1:
        return "", ""
    return _text(lines), ""


def _text(lines: Sequence[FormLine]) -> str:
    return "".join(word for line in lines for word in line.words)

"""Rows that begin with a class code, in one block or in several next to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.plain.lines import (
    CODE,
    Row,
    Side,
    TextLine,
    ends_table,
    is_closed,
    is_figure,
    is_foot,
    may_wrap,
    runs_of,
    single_row,
)
from extract.text import has_chinese, squeeze

_PART = re.compile(r"[0-9]{2}", re.ASCII)
_LEAD = re.compile(r"[2-5][0-9]{2}(?: ?[0-9]{2}){0,2}", re.ASCII)
_TOTAL = re.compile(r".*(合计|总计|小计)")


def coded_rows(
    lines: Sequence[TextLine], sides: Sequence[Side], families: Sequence[str]
) -> tuple[list[Row], int]:
    """Rows that begin with a class code, or with a label of a total."""
    if len(sides) == 1:
        read, taken = _one_side(lines, sides[0], families)
        return read, taken
    return _read_coded(lines, sides, families)


def _one_side(
    lines: Sequence[TextLine], side: Side, families: Sequence[str]
) -> tuple[list[Row], int]:
    """Rows of one block; rows that run into one another on a line are taken apart first."""
    parted: list[TextLine] = []
    owners: list[int] = []
    for at, line in enumerate(lines):
        for words in part_rows(line.words):
            parted.append(TextLine(line.number, words))
            owners.append(at)
    rows, taken = _read_coded(parted, (side,), families)
    return rows, owners[taken] if taken < len(owners) else len(lines)


def part_rows(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of one block that a converter has written on one line.

    After the figures of a row a code with a name, or the word of a total, begins the next one.

    >>> part_rows("201 甲 5.00 5.00 201 05 乙 3.00 合计 8.00".split())
    [('201', '甲', '5.00', '5.00'), ('201', '05', '乙', '3.00'), ('合计', '8.00')]
    """
    starts = [0]
    for at in range(2, len(words)):
        if not has_chinese(words[at]) or not is_figure(words[at - 1]):
            continue
        begin = at
        for size in (3, 2, 1):
            code = words[at - size : at] if at - size > starts[-1] else ()
            if code and _LEAD.fullmatch(" ".join(code)):
                begin = at - size
                break
        named = any(has_chinese(word) for word in words[starts[-1] : begin])
        closed = is_figure(words[begin - 1])
        if named and closed and (begin < at or _TOTAL.fullmatch(squeeze(words[at]))):
            starts.append(begin)
    ends = [*starts[1:], len(words)]
    return [tuple(words[one:two]) for one, two in zip(starts, ends, strict=True)]


def _read_coded(
    lines: Sequence[TextLine], sides: Sequence[Side], families: Sequence[str]
) -> tuple[list[Row], int]:
    rows: list[Row] = []
    group: list[str] = []
    last: list[str] = [""] * len(sides)
    parts = "part" in families
    first, at = 0, 0

    def close() -> None:
        if not group:
            return
        if len(sides) == 1:
            rows.append(single_row(first, group, sides[0], families, {}))
        else:
            rows.append(_blocks_row(first, group, sides, last))

    while at < len(lines) and not ends_table(lines[at]):
        words = lines[at].words
        begins = CODE.fullmatch(words[0]) is not None and (
            len(words) == 1 or not is_figure(words[1]) or (parts and bool(_PART.match(words[1])))
        )
        label = "".join(word for word in words if not is_figure(word))
        total = _TOTAL.match(squeeze(label)) is not None and not CODE.match(words[0])
        if begins or (total and (not group or is_closed(group) or _complete(group))):
            close()
            group, first = list(words), lines[at].number
        elif is_foot(lines[at]):
            pass
        elif not group or (is_closed(group) and len(sides) == 1) or not may_wrap(lines[at]):
            break
        else:
            group = [*group, *words]
        at += 1
    close()
    return rows, at


def _complete(group: Sequence[str]) -> bool:
    """True if a row already has a code and a name."""
    return len(group) > 1 and CODE.fullmatch(group[0]) is not None


def _blocks_row(line: int, words: Sequence[str], sides: Sequence[Side], last: list[str]) -> Row:
    """A row of several blocks of code, name and amount; a block without a code is not there."""
    labels: dict[int, str] = {}
    figures: list[tuple[str, ...]] = [()] * len(sides)
    parts: list[list[str]] = []
    for at, word in enumerate(words):
        named = at + 1 < len(words) and has_chinese(words[at + 1])
        if not parts or (named and CODE.fullmatch(word)):
            parts.append([])
        parts[-1].append(word)
    if not CODE.fullmatch(words[0]):
        return _totals_row(line, words, sides)
    if len(parts) > len(sides):
        labels[sides[0].labels[0]] = "".join(word for word in words if not is_figure(word))
        figures[0] = tuple(word for word in words[1:] if is_figure(word))
        return Row(line, labels, tuple(figures), doubt="ambiguous_column")
    free = 0
    doubt = ""
    for index, part in enumerate(parts):
        code = part[0]
        room = range(free, len(sides) - (len(parts) - 1 - index))
        fits = [side for side in room if last[side] < code]
        if not fits:
            doubt, fits = "ambiguous_column", list(room)[:1]
        side = max(fits, key=lambda at: (last[at], -at)) if any(last) else fits[0]
        last[side], free = code, side + 1
        stop = len(part)
        while stop > 1 and is_figure(part[stop - 1]):
            stop -= 1
        labels[sides[side].labels[0]] = code
        labels[sides[side].labels[-1]] = "".join(part[1:stop])
        figures[side] = tuple(part[stop:])
    return Row(line, labels, tuple(figures), doubt=doubt)


def _totals_row(line: int, words: Sequence[str], sides: Sequence[Side]) -> Row:
    """A row of totals below blocks: the last one reaches over the blocks that are left."""
    labels: dict[int, str] = {}
    spans: dict[int, int] = {}
    figures: list[tuple[str, ...]] = [()] * len(sides)
    runs = runs_of(words)
    for at, (label, texts) in enumerate(runs[: len(sides)]):
        final = len(sides) - 1 if at == len(runs) - 1 and at > 0 else at
        start = sides[at].labels[0]
        labels[start] = label
        spans[start] = sides[final].labels[-1] - start + 1
        figures[final] = texts
    return Row(line, labels, tuple(figures), spans)

"""Cells of forms in text with spaces between cells: joined over line breaks, cut at spaces.

Such text ends a cell with a space; a line that breaks inside of a cell ends without one. Some
spaces stand inside of a cell, where a digit meets a Chinese character (`2023 年 8 月`): these are
``soft``, and the table says whether a cell ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.text import has_chinese

_WORD = re.compile(r"\S+")
_DATE_PART = re.compile(r"[年月日]")
_DATE_HEAD = re.compile(r".*[0-9][年月]", re.ASCII | re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)


@dataclass(frozen=True)
class Cell:
    """A run of words of one cell: its text, its first and last line.

    ``is_soft`` is true where the space before it may stand inside of a cell, ``is_indented``
    where its line begins with a space, the trace of a blank cell.
    """

    text: str
    line: int
    last: int
    is_soft: bool = False
    is_indented: bool = False


def read_cells(lines: Sequence[str]) -> list[Cell]:
    """The cells of a text, line breaks inside of them taken out; lines with all their spaces."""
    spread = _is_spread(lines)
    cells: list[Cell] = []
    is_open = False
    before = -1
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        indented = line[0].isspace()
        goes_on = is_open and not indented and not (spread and number == before + 1)
        for cell in _cut(line, number):
            if goes_on:
                cells[-1] = replace(cells[-1], text=cells[-1].text + cell.text, last=number)
                goes_on = False
            else:
                cells.append(replace(cell, is_indented=indented and not cell.is_soft))
                indented = False
        is_open = not line[-1].isspace()
        before = number
    return list(_with_dates(cells))


def _is_spread(lines: Sequence[str]) -> bool:
    """True for text that has an empty line at every break inside of a cell."""
    apart = together = 0
    for line, below in pairwise(lines):
        if line.strip() and not line[-1].isspace():
            apart += not below.strip()
            together += bool(below.strip())
    return apart > together


def _cut(line: str, number: int) -> Iterator[Cell]:
    end = 0
    before = ""
    for match in _WORD.finditer(line):
        soft = bool(before) and match.start() - end == 1 and _may_join(before, match[0])
        yield Cell(match[0], number, number, soft)
        before, end = match[0], match.end()


def _may_join(before: str, after: str) -> bool:
    """True where text of two scripts meets, which converters set apart by a space."""
    left, right = before[-1], after[0]
    latin = [char.isascii() and char.isalnum() for char in (left, right)]
    return latin[0] != latin[1] and has_chinese(left + right)


def _with_dates(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells with the parts of dates, which are in one cell, joined (`2023 年 8 月`)."""
    held: Cell | None = None
    for at, cell in enumerate(cells):
        below = cells[at + 1].text if at + 1 < len(cells) else ""
        if held is not None and cell.is_soft:
            unit = held.text[-1].isdigit() and _DATE_PART.match(cell.text)
            part = _NUMBER.fullmatch(cell.text) and _DATE_PART.match(below)
            part = part or re.match(r"[0-9]{1,2}[月日]", cell.text, re.ASCII)
            if unit or (part and _DATE_HEAD.fullmatch(held.text)):
                held = _together(held, cell)
                continue
        if held is not None:
            yield held
        held = cell
    if held is not None:
        yield held


def _together(first: Cell, second: Cell) -> Cell:
    return replace(first, text=first.text + second.text, last=second.last)


def join_soft(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with those joined that a soft space sets apart."""
    joined: list[Cell] = []
    for cell in cells:
        if joined and cell.is_soft:
            joined[-1] = _together(joined[-1], cell)
        else:
            joined.append(cell)
    return joined


def fit_cells(cells: Sequence[Cell], count: int) -> list[Cell] | None:
    """The cells as ``count`` of them, None where that is not certain.

    Either they are so many, or they are when every soft space is inside of a cell.
    """
    if len(cells) == count:
        return list(cells)
    joined = join_soft(cells[:1] and [replace(cells[0], is_soft=False), *cells[1:]])
    return joined if len(joined) == count else None

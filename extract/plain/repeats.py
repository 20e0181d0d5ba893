"""Tables that a text holds twice: hidden copies in a PDF come out of converters like the print.

A PDF may draw a table, cover it and draw it again; no reader sees the first one, every converter
writes both. What stands a second time under the same title is not counted twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.figures import is_amount, parse_amount
from extract.page import Grid, GridCell, Line
from extract.plain.lines import CODE
from extract.text import squeeze
from extract.titles import Heading, clean_title, find_heading, title_kind
from extract.vocabulary import Vocabulary

_CODE = re.compile(r"[0-9]{3,}", re.ASCII)
ALIKE = 0.8
"""Tables with so many labels in common are prints of one table."""
FEWEST = 3
"""Fewer rows than this may be alike by chance."""

Item = Line | Grid
Rows = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Seen:
    """A grid under a title: its place among the items of the pages, and its rows."""

    page: int
    at: int
    key: tuple[str, str, str]
    agency: str
    rows: Rows


def mark_repeats(pages: Sequence[Sequence[Item]], vocabulary: Vocabulary) -> list[list[Item]]:
    """The items of each page; figures of a table that stands a second time are in doubt.

    Those of the second print where it says the same in all its rows, row for row; where it says
    other figures beside the same labels, those of both: one of them is hidden, and the text does
    not say which.
    """
    marked = [list(page) for page in pages]
    seen: list[_Seen] = []
    for grid in _titled(pages, vocabulary):
        for before in seen:
            if before.key != grid.key or _differ(before.agency, grid.agency):
                continue
            if not _is_print_of(before.rows, grid.rows):
                continue
            doubtful = [grid] if set(grid.rows) <= set(before.rows) else [before, grid]
            for one in doubtful:
                item = marked[one.page][one.at]
                assert isinstance(item, Grid)
                marked[one.page][one.at] = _in_doubt(item)
        seen.append(grid)
    return marked


def _titled(pages: Sequence[Sequence[Item]], vocabulary: Vocabulary) -> list[_Seen]:
    """The grids below a title of a table of facts, in reading order."""
    found: list[_Seen] = []
    above: list[str] = []
    for number, page in enumerate(pages):
        for at, item in enumerate(page):
            if isinstance(item, Line):
                above.append(item.text)
                continue
            heading: Heading = find_heading(above, vocabulary)
            above = []
            kind = title_kind(heading.title, vocabulary)
            if kind is None or not vocabulary.kinds[kind].facts:
                continue
            if vocabulary.kinds[kind].family == "form":
                continue
            key = (kind, clean_title(heading.title), heading.unit_text)
            found.append(_Seen(number, at, key, squeeze(heading.agency), _rows(item)))
    return found


def _rows(grid: Grid) -> Rows:
    """The rows that hold figures: their labels, and their figures as values."""
    rows: list[tuple[str, tuple[str, ...]]] = []
    for row in grid.by_row():
        texts = [squeeze(cell.text) for cell in row if cell.text]
        label = "".join(text for text in texts if not is_amount(text) or CODE.fullmatch(text))
        code = _CODE.match(label)
        values = [
            str(parse_amount(text))
            for text in texts
            if is_amount(text) and not CODE.fullmatch(text)
        ]
        if values and label:
            rows.append((code[0] if code else label, tuple(values)))
    return tuple(rows)


def _differ(one: str, two: str) -> bool:
    """True if two tables name different agencies."""
    return bool(one and two and one != two)


def _is_print_of(one: Rows, two: Rows) -> bool:
    """True if two tables have the same labels, but for few; or all their rows in common."""
    if not one or not two:
        return False
    if one == two:
        return True
    if min(len(one), len(two)) < FEWEST:
        return False
    labels = [Counter(label for label, _ in rows) for rows in (one, two)]
    common = sum((labels[0] & labels[1]).values())
    return common >= ALIKE * max(len(one), len(two)) or (
        set(two) <= set(one)
        and sum(1 for _, values in two if any(map(_is_money, values))) >= FEWEST
    )


def _is_money(value: str) -> bool:
    return value.strip("0.") != ""


def _in_doubt(grid: Grid) -> Grid:
    return replace(grid, cells=tuple(_doubtful(cell) for cell in grid.cells))


def _doubtful(cell: GridCell) -> GridCell:
    return replace(cell, doubt=cell.doubt or "printed_again") if is_amount(cell.text) else cell

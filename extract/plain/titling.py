"""Titles that a converter has written below their tables, found by what the tables hold.

Some PDFs draw the title of a page last, and their text has it after the rows. Read from the top,
every table then gets the title of the one before it. Class codes tell: a table by economic class
(301) under the title of one by functional class (201) shows that titles do not stand above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.figures import is_amount
from extract.page import Grid, GridCell, Line
from extract.text import squeeze
from extract.titles import find_heading, is_title_like, title_kind
from extract.vocabulary import Vocabulary

NEAR = 3
"""A title below a table is not further from it than so many lines."""
_CODE = re.compile(r"([235])[0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_FAMILIES = {"2": frozenset({"income", "expenditure"}), "3": frozenset({"economic"})}
_PLAIN = frozenset({"income", "expenditure", "economic", "summary", "fiscal_summary"})

Item = Line | Grid


def settle_titles(pages: Sequence[Sequence[Item]], vocabulary: Vocabulary) -> list[list[Item]]:
    """The items of each page, titles above their tables; tables without a certain one in doubt.

    Nothing changes where no table contradicts the title above it. One that does, where titles are
    not below, has a title that the vocabulary takes for another: it alone is in doubt.
    """
    contradicting = _contradictions(pages, vocabulary)
    if not contradicting:
        return [list(page) for page in pages]
    moved = [_titles_up(page, vocabulary) for page in pages]
    if not _contradictions(moved, vocabulary):
        return moved
    doubted = contradicting if len(contradicting) == 1 else _grids(pages)
    return [
        [
            _in_doubt(item) if isinstance(item, Grid) and id(item) in doubted else item
            for item in page
        ]
        for page in pages
    ]


def _grids(pages: Sequence[Sequence[Item]]) -> set[int]:
    return {id(item) for page in pages for item in page if isinstance(item, Grid)}


def _contradictions(pages: Sequence[Sequence[Item]], vocabulary: Vocabulary) -> set[int]:
    """The tables that hold codes of other classes than their titles say, by `id`."""
    found: set[int] = set()
    above: list[str] = []
    for page in pages:
        for item in page:
            if isinstance(item, Line):
                above.append(item.text)
                continue
            kind = title_kind(find_heading(above, vocabulary).title, vocabulary)
            above = []
            family = vocabulary.kinds[kind].family if kind else ""
            held = _classes(item)
            if held and family in _PLAIN and family not in _FAMILIES[held]:
                found.add(id(item))
    return found


def _classes(grid: Grid) -> str:
    """The kind of class codes of a grid: `2` functional, `3` economic, '' for none or both."""
    digits: list[str] = []
    for row in grid.by_row():
        match = next(
            (found for cell in row[:2] if (found := _CODE.fullmatch(squeeze(cell.text)))), None
        )
        if match is not None and len(row) > 2:
            digits.append("2" if match[1] == "2" else "3")
    if len(digits) < NEAR or len(set(digits)) > 1:
        return ""
    return digits[0]


def _titles_up(page: Sequence[Item], vocabulary: Vocabulary) -> list[Item]:
    """The items of a page with the title below each table put right above it."""
    found: list[Item] = []
    taken: set[int] = set()
    for at, item in enumerate(page):
        if at in taken:
            continue
        if isinstance(item, Line):
            found.append(item)
            continue
        title = _title_below(page, at, vocabulary)
        if title is None:
            found.append(_in_doubt(item))
            continue
        taken.add(title)
        found += [page[title], item]
    return found


def _title_below(page: Sequence[Item], at: int, vocabulary: Vocabulary) -> int | None:
    for below in range(at + 1, min(at + 1 + NEAR, len(page))):
        item = page[below]
        if not isinstance(item, Line):
            return None
        if is_title_like(item.text) and title_kind(item.text, vocabulary):
            return below
    return None


def _in_doubt(grid: Grid) -> Grid:
    return replace(grid, cells=tuple(_doubtful(cell) for cell in grid.cells))


def _doubtful(cell: GridCell) -> GridCell:
    return replace(cell, doubt=cell.doubt or "title_uncertain") if is_amount(cell.text) else cell

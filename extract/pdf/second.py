"""The second reader: pages that the first one doubts are read again with pdfplumber.

The two share nothing but the file. Figures are compared row by row: where both read the same
figures in the same order, the print stands; where they differ, the row is in doubt
(`readers_differ`). It takes ten times as long as a first reading, so that few pages come here.
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber

from extract.figures import fold, is_amount
from extract.page import Grid, GridCell, Page
from extract.text import squeeze

Figures = tuple[str, ...]


def confirm_pages(
    path: Path, pages: Sequence[Page], numbers: Collection[int | None]
) -> tuple[Page, ...]:
    """Read the pages of these numbers again; all pages come back, those with what was found.

    A page that the second reader cannot read stays as it is, with ``second_reader`` None.
    """
    wanted = [page.number for page in pages if page.number in numbers and page.number is not None]
    if not wanted:
        return tuple(pages)
    seen = dict(_read_again(path, wanted))
    return tuple(
        _confirm(page, seen[page.number]) if page.number in seen else page for page in pages
    )


def _read_again(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, Counter[Figures]]]:
    """The rows of figures on each page, by pdfplumber's tables and by its lines of words."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(path, pages=list(numbers)) as document:
                for page in document.pages:
                    yield page.page_number, _rows_on(page)
                    page.close()
    except Exception:  # pdfminer raises errors of any class on broken files: no second opinion
        return


def _rows_on(page: Any) -> Counter[Figures]:
    rows: Counter[Figures] = Counter()
    shown = page.dedupe_chars()
    for table in shown.find_tables():
        for cells in table.extract():
            rows[_figures(text for cell in cells for text in _whole(cell or ""))] += 1
    lines: Counter[Figures] = Counter()
    for line in shown.extract_text_lines(return_chars=False):
        lines[_figures(line["text"].split())] += 1
    return rows | lines


def _whole(text: str) -> list[str]:
    """The texts of a cell: one where its lines are one figure only together, else each line."""
    lines = text.split("\n")
    return lines if any(is_amount(line) for line in lines) else ["".join(lines)]


def _figures(texts: Iterator[str] | Sequence[str]) -> Figures:
    return tuple(squeeze(fold(text)) for text in texts if is_amount(text))


def _confirm(page: Page, seen: Counter[Figures]) -> Page:
    left = Counter(seen)
    agrees = True
    items = []
    for item in page.items:
        if isinstance(item, Grid):
            cells: list[GridCell] = []
            for row in item.by_row():
                figures = _figures([cell.text for cell in row])
                if left[figures] > 0:
                    left[figures] -= 1
                elif figures:
                    agrees = False
                    row = tuple(_in_doubt(cell) for cell in row)
                cells.extend(row)
            item = replace(item, cells=tuple(cells))
        items.append(item)
    return replace(page, items=tuple(items), second_reader="agrees" if agrees else "differs")


def _in_doubt(cell: GridCell) -> GridCell:
    return replace(cell, doubt=cell.doubt or "readers_differ") if is_amount(cell.text) else cell

"""Rows of tables whose header was not understood: kept as grids with every figure in doubt.

Without this the figures of such a table would be lines of text like those of sentences, and nobody
would miss them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.figures import is_amount
from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.header import text_cell
from extract.text import has_chinese
from extract.titles import LOOK_BACK, find_unit, is_title_like, title_kind
from extract.vocabulary import Vocabulary

_MONEY = re.compile(r"[0-9][.,][0-9]", re.ASCII)
_SENTENCE = re.compile(r"[。；]")
FEWEST = 3
"""So many rows with figures one after the other are a table."""
MAX_HEADER = 60
"""A header does not run over more lines than this."""
NEAR = 4
"""Rows of one table are not further apart than so many lines."""

Item = Line | Grid


def keep_unread(items: Sequence[Item], vocabulary: Vocabulary) -> tuple[list[Item], list[Word]]:
    """The items of a text, with runs of rows below a table's title as grids; the words of those."""
    kept: list[Item] = []
    words: list[Word] = []
    above: list[str] = []
    at = 0
    while at < len(items):
        item = items[at]
        if isinstance(item, Grid):
            above = []
        elif _is_row(item) and (title := _title_of(above, vocabulary)):
            rows = _rows(items, at)
            if len(rows) >= FEWEST:
                far = title not in above[-LOOK_BACK:]
                grid = _grid([items[row] for row in rows], title if far else "")
                words += _words(grid)
                kept += [*(items[n] for n in range(at, rows[-1]) if n not in rows), grid]
                above = []
                at = rows[-1] + 1
                continue
        if isinstance(item, Line):
            above.append(item.text)
        kept.append(item)
        at += 1
    return kept, words


def _is_row(item: Item) -> bool:
    """True for a line of words that ends with a figure of money."""
    if isinstance(item, Grid) or _SENTENCE.search(item.text):
        return False
    words = item.text.split()
    return (
        len(words) > 1
        and is_amount(words[-1])
        and _MONEY.search(words[-1]) is not None
        and has_chinese(item.text)
    )


def _title_of(above: Sequence[str], vocabulary: Vocabulary) -> str:
    """The title of a table of facts above a row, with a unit below it; '' if there is none.

    A header whose words are wrapped may have many lines.
    """
    for at in range(len(above) - 1, max(len(above) - 1 - MAX_HEADER, -1), -1):
        kind = title_kind(above[at], vocabulary) if is_title_like(above[at]) else None
        if kind is None:
            continue
        known = vocabulary.kinds[kind]
        said = any(find_unit(line) for line in above[at : at + LOOK_BACK])
        return above[at] if known.facts and known.family != "form" and said else ""
    return ""


def _rows(items: Sequence[Item], first: int) -> list[int]:
    rows = [first]
    for at in range(first + 1, len(items)):
        item = items[at]
        if isinstance(item, Grid) or at - rows[-1] > NEAR or _SENTENCE.search(item.text):
            break
        if _is_row(item):
            rows.append(at)
    return rows


def _grid(rows: Sequence[Item], title: str) -> Grid:
    """Rows as a grid, below the title where that stands too far above to be found."""
    texts = [row.text.split() for row in rows if isinstance(row, Line)]
    width = 1 + max(sum(1 for word in words if is_amount(word)) for words in texts)
    tops = [int(row.box.y0) for row in rows if row.box is not None]
    cells: list[GridCell] = []
    if title:
        cells.append(text_cell(0, 0, title, tops[0] - 1, column_span=width))
    for at, (words, line) in enumerate(zip(texts, tops, strict=True), start=bool(title)):
        label = "".join(word for word in words if not is_amount(word))
        figures = [word for word in words if is_amount(word)]
        cells.append(text_cell(at, 0, label, line))
        for column in range(1, width):
            text = figures[column - 1] if column <= len(figures) else ""
            doubt = "column_unknown" if text else ""
            cells.append(text_cell(at, column, text, line, doubt=doubt))
    box = Box(0.0, float(tops[0]), float(width), float(tops[-1] + 1))
    return Grid(len(texts) + bool(title), width, tuple(cells), box, "unread")


def _words(grid: Grid) -> list[Word]:
    return [
        Word(cell.text, cell.box)
        for cell in grid.cells
        if cell.box is not None and cell.column and is_amount(cell.text)
    ]

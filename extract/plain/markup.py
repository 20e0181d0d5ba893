"""Tables that a Markdown text writes in HTML, with merged cells: converters do where bars fail."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.building import grid_words
from extract.plain.tabbed import read_tabbed
from extract.spans import Spanned, lay_out
from extract.text import trim

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def has_markup(text: str) -> bool:
    """True if a text holds a table in HTML."""
    return _TABLE.search(text) is not None


def read_markup(text: str) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a text with HTML tables, in order, and the words of both.

    What stands between the tables is read as Markdown.
    """
    grids: list[Grid] = []

    def blank(match: re.Match[str]) -> str:
        line = text.count("\n", 0, match.start())
        grid = _grid(match[0], line)
        if grid is not None:
            grids.append(grid)
        return "\n" * match[0].count("\n")

    rest = _TABLE.sub(blank, text)
    items, words = read_tabbed(re.split(r"\r\n|\r|\n", rest))
    items = sorted([*items, *grids], key=lambda item: item.box.y0 if item.box else 0.0)
    for grid in grids:
        words += grid_words(grid)
    return items, words


class _Cells(HTMLParser):
    """The cells of a table by row, each with its text and spans."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[list[str], int, int]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            spans = dict(attrs)
            self.rows[-1].append(([""], _span(spans.get("rowspan")), _span(spans.get("colspan"))))
            self.inside = True
        elif tag in ("br", "p", "div") and self.inside and self.rows[-1][-1][0][-1].strip():
            self.rows[-1][-1][0].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1][0][-1] += re.sub(r"\s+", " ", data)


def _span(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() else 1


def _grid(markup: str, line: int) -> Grid | None:
    """The grid of an HTML table that begins at a line; None if it has no cells."""
    parser = _Cells()
    parser.feed(markup)
    rows = [
        [
            Spanned(tuple(text for part in texts if (text := trim(part))), tall, wide)
            for texts, tall, wide in row
        ]
        for row in parser.rows
        if row
    ]
    if not rows:
        return None
    cells = tuple(_placed(cell, line) for cell in lay_out(rows))
    width = max(cell.column + cell.column_span for cell in cells)
    box = Box(0.0, float(line), float(width), float(line + len(rows)))
    return Grid(len(rows), width, cells, box, "markup")


def _placed(cell: GridCell, line: int) -> GridCell:
    """A cell with its place in the text: columns, and rows as lines."""
    top, left = float(line + cell.row), float(cell.column)
    box = Box(left, top, left + cell.column_span, top + cell.row_span)
    return replace(cell, box=box, line_tops=tuple(top for _ in cell.lines))

"""Tables that a Markdown text writes in HTML, with merged cells: converters do where bars fail."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.building import grid_words
from extract.plain.tabbed import read_tabbed
from extract.text import trim

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
MOST_SPAN = 200
"""A cell does not reach over more rows or columns than this."""


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
    return min(max(int(text), 1), MOST_SPAN) if text and text.strip().isdigit() else 1


def _grid(markup: str, line: int) -> Grid | None:
    """The grid of an HTML table that begins at a line; None if it has no cells."""
    parser = _Cells()
    parser.feed(markup)
    rows = [row for row in parser.rows if row]
    held: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for at, row in enumerate(rows):
        column = 0
        for texts, tall, wide in row:
            while (at, column) in held:
                column += 1
            tall = min(tall, len(rows) - at)
            free = next((w for w in range(wide) if (at, column + w) in held), wide)
            held |= {(at + down, column + over) for down in range(tall) for over in range(free)}
            lines = tuple(text for part in texts if (text := trim(part)))
            box = Box(
                float(column), float(line + at), float(column + free), float(line + at + tall)
            )
            tops = tuple(float(line + at) for _ in lines)
            cells.append(GridCell(at, column, tall, free, lines, box, tops))
            column += free
    if not cells:
        return None
    width = max(cell.column + cell.column_span for cell in cells)
    for at in range(len(rows)):
        for column in range(width):
            if (at, column) not in held:
                box = Box(float(column), float(line + at), float(column + 1), float(line + at + 1))
                cells.append(GridCell(at, column, 1, 1, (), box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    box = Box(0.0, float(line), float(width), float(line + len(rows)))
    return Grid(len(rows), width, tuple(cells), box, "markup")

"""Text and tables in the order of a file without pages (Word, web), as lines and grids.

Tables inside of tables are told apart: one that only arranges others on the page is taken away,
and what it holds follows in its order; one inside of a cell of data is text of that cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.figures import money_among_words
from extract.page import FILE_ORIGIN, Box, Grid, GridCell, Line, Notice
from extract.spans import Spanned, lay_out
from extract.text import trim

MOST_LAYOUT_ROWS = 2
LONG_CELL = 200
MANY_LINES = 5
"""A table of so few rows, with a cell of so many characters and lines, arranges a page of text."""


@dataclass
class _Cell:
    row_span: int
    column_span: int
    content: list[Line | Grid] = field(default_factory=list)


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    is_in_cell: bool = False


def count_hidden(texts: Iterable[str]) -> int:
    """How many figures of money hidden texts hold; years and numbers of menus are none."""
    return sum(len(money_among_words(text)) for text in texts)


def hidden_notices(figures: int) -> tuple[Notice, ...]:
    """What a file that hides figures is named for; nothing where it hides none."""
    if not figures:
        return ()
    said = f"texts that are not shown hold {figures} figures; they are not published"
    return (Notice("hidden_part", said),)


class Flow:
    """Collects what a file prints, from its first word to its last."""

    def __init__(self) -> None:
        self._items: list[Line | Grid] = []
        self._tables: list[_Table] = []
        self._pending: list[str] = []

    @property
    def is_in_table(self) -> bool:
        """True inside of a table, in a cell or between its cells."""
        return bool(self._tables)

    def add_text(self, text: str) -> None:
        """Go on with the line."""
        if text:
            self._pending.append(text)

    def begin_mark(self) -> int:
        """Begin a raised or lowered text; gives what ``end_mark`` asks for."""
        return len(self._pending)

    def end_mark(self, begin: int) -> None:
        """End a raised text: behind a digit a number is a mark and no part of the figure.

        It is set in brackets, so that a figure with it is not read as another one.
        """
        raised = "".join(self._pending[begin:]).strip()
        before = "".join(self._pending[:begin]).rstrip()
        if before[-1:].isdigit() and raised[:1].isdigit():
            self._pending[begin:] = [f"[{raised}]"]

    def end_line(self) -> None:
        """End the line; nothing if it is empty."""
        text = trim("".join(self._pending))
        self._pending.clear()
        if text:
            self._sink().append(Line(text, None))

    def add_items(self, items: list[Line | Grid]) -> None:
        """Take over lines and grids that were read elsewhere."""
        self.end_line()
        self._sink().extend(items)

    def open_table(self) -> None:
        """Begin a table, inside of a cell or not."""
        self.end_line()
        self._tables.append(_Table())

    def open_row(self) -> None:
        """Begin a row of the table."""
        self.close_cell()
        self._tables[-1].rows.append([])

    def open_cell(self, row_span: int = 1, column_span: int = 1) -> None:
        """Begin a cell; a row is begun where none was."""
        self.close_cell()
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(_Cell(row_span, column_span))
        table.is_in_cell = True

    def close_cell(self) -> None:
        """End the cell, if one is open."""
        self.end_line()
        self._tables[-1].is_in_cell = False

    def close_table(self) -> None:
        """End the table: its grid, or what it arranges, follows what came before it."""
        self.close_cell()
        self._sink_below().extend(_read_table(self._tables.pop()))

    def items(self) -> tuple[Line | Grid, ...]:
        """All that was collected, each with its place; tables that are still open end here."""
        while self._tables:
            self.close_table()
        self.end_line()
        return tuple(_place(self._items))

    def _sink(self) -> list[Line | Grid]:
        """Where the line goes: text between the cells of a table stands before it."""
        return self._cell_sink(len(self._tables))

    def _sink_below(self) -> list[Line | Grid]:
        return self._cell_sink(len(self._tables) - 1)

    def _cell_sink(self, depth: int) -> list[Line | Grid]:
        for table in reversed(self._tables[:depth]):
            if table.is_in_cell:
                return table.rows[-1][-1].content
        return self._items


def _place(items: Iterable[Line | Grid]) -> Iterator[Line | Grid]:
    """The items with boxes that count in columns and rows: what comes later stands below."""
    top = 0
    for item in items:
        if isinstance(item, Line):
            yield replace(item, box=_box(top, 0, 1, 1))
            top += 1
            continue
        cells = tuple(
            replace(cell, box=_box(top + cell.row, cell.column, cell.row_span, cell.column_span))
            for cell in item.cells
        )
        yield replace(item, cells=cells, box=_box(top, 0, item.rows, item.columns))
        top += item.rows


def _box(row: int, column: int, rows: int, columns: int) -> Box:
    return Box(float(column), float(row), float(column + columns), float(row + rows))


def _read_table(table: _Table) -> list[Line | Grid]:
    cells = [cell for row in table.rows for cell in row]
    if _arranges(table, cells):
        return [item for cell in cells for item in cell.content]
    rows = [
        [Spanned(_lines(cell), cell.row_span, cell.column_span) for cell in row]
        for row in table.rows
    ]
    grid = _grid(lay_out(rows))
    if grid is None:
        return []
    if grid.columns == 1:
        return [Line(text, None) for cell in grid.cells for text in cell.lines]
    return [grid]


def _arranges(table: _Table, cells: list[_Cell]) -> bool:
    """True for a table that holds no data of its own."""
    inner = [item for cell in cells for item in cell.content if isinstance(item, Grid)]
    own = sum(1 for cell in cells if any(isinstance(item, Line) for item in cell.content))
    if sum(1 for grid in inner for cell in grid.cells if cell.lines) > own:
        return True
    filled = sum(1 for row in table.rows if any(cell.content for cell in row))
    return filled <= MOST_LAYOUT_ROWS and any(
        len(lines := _lines(cell)) >= MANY_LINES and sum(map(len, lines)) > LONG_CELL
        for cell in cells
    )


def _lines(cell: _Cell) -> tuple[str, ...]:
    """The lines of a cell; each row of a table inside of it is one."""
    lines: list[str] = []
    for item in cell.content:
        if isinstance(item, Line):
            lines.append(item.text)
            continue
        rows = (" ".join(inner.text for inner in row if inner.text) for row in item.by_row())
        lines += [text for text in rows if text]
    return tuple(lines)


def _grid(cells: tuple[GridCell, ...]) -> Grid | None:
    """A grid without empty rows and columns at its end; None for one without text.

    A column in which no cell begins is none: files count one wherever any border stands.
    """
    filled = [cell for cell in cells if cell.lines]
    if not filled:
        return None
    height = max(cell.row for cell in filled) + 1
    kept = [cell for cell in cells if cell.row < height]
    starts = sorted({cell.column for cell in kept})
    last = max(cell.column + (cell.column_span if cell.lines else 1) for cell in filled)
    starts = starts[: bisect_left(starts, last)]
    placed = tuple(
        replace(
            cell,
            row_span=min(cell.row_span, height - cell.row),
            column=(at := bisect_left(starts, cell.column)),
            column_span=bisect_left(starts, cell.column + cell.column_span) - at,
        )
        for cell in kept
        if cell.column < last
    )
    return Grid(height, len(starts), placed, origin=FILE_ORIGIN)

"""Grids of forms in text: rows are added as they are read, places get the lines of the text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page import FORM_ORIGIN, Box, Grid, GridCell
from extract.plain.form_cells import Cell
from extract.text import trim

STEP = 0.01
"""Rows that stand on one line of the text are set apart by so much of a line."""
ORIGIN = FORM_ORIGIN


class GridBuilder:
    """A grid of ``columns`` under way. Every place that no cell is put into is blank."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._tops: list[float] = []
        self._cells: list[tuple[int, int, int, int, tuple[str, ...], str]] = []

    def begin(self, cell: Cell) -> None:
        """Begin a row with the line of a cell."""
        above = self._tops[-1] + STEP if self._tops else 0.0
        self._tops.append(max(float(cell.line), above))

    def put(self, column: int, cell: Cell | None, row_span: int = 1, column_span: int = 1) -> None:
        """Put a cell into the row under way; None for a blank one."""
        texts = (trim(cell.text),) if cell is not None else ()
        row = len(self._tops) - 1
        self._cells.append((row, column, row_span, column_span, texts, ""))

    def put_together(self, column: int, cells: Sequence[Cell], doubt: str) -> None:
        """Put cells whose columns are not certain into one cell up to the right edge."""
        row = len(self._tops) - 1
        text = " ".join(trim(cell.text) for cell in cells)
        self._cells.append((row, column, 1, self.columns - column, (text,), doubt))

    def add_row(self, cells: Sequence[Cell]) -> None:
        """Add a row with one cell in each column."""
        self.begin(cells[0])
        for column, cell in enumerate(cells):
            self.put(column, cell)

    def add_pairs(self, pairs: Sequence[tuple[Cell, Cell | None]]) -> None:
        """Add labels with their values, so many in a row as fit; the last cell reaches right."""
        size = self.columns // 2
        for first in range(0, len(pairs), size):
            own = pairs[first : first + size]
            self.begin(own[0][0])
            for at, (label, value) in enumerate(own):
                last = self.columns - 2 * at if label is own[-1][0] else 2
                alone = value is None and len(own) == 1
                self.put(2 * at, label, column_span=last if alone else 1)
                if not alone:
                    self.put(2 * at + 1, value, column_span=last - 1)

    def grid(self, stop: int) -> Grid:
        """The grid, which ends before the line ``stop`` of the text."""
        tops = [*self._tops, max(float(stop), self._tops[-1] + STEP)]
        rows = len(self._tops)
        held: set[tuple[int, int]] = set()
        cells: list[GridCell] = []
        for row, column, row_span, column_span, texts, doubt in self._cells:
            box = Box(float(column), tops[row], float(column + column_span), tops[row + row_span])
            cells.append(
                GridCell(
                    row, column, row_span, column_span, texts, box,
                    (tops[row],) if texts else (), "printed", doubt,
                )
            )  # fmt: skip
            held |= {
                (row + down, column + right)
                for down in range(row_span)
                for right in range(column_span)
            }
        for row in range(rows):
            for column in range(self.columns):
                if (row, column) not in held:
                    box = Box(float(column), tops[row], float(column + 1), tops[row + 1])
                    cells.append(GridCell(row, column, 1, 1, (), box))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        box = Box(0.0, tops[0], float(self.columns), tops[-1])
        return Grid(rows, self.columns, tuple(cells), box, FORM_ORIGIN)

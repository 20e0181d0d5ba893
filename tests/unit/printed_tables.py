"""Made-up pages: grids from rows of texts with spans, and their figures as records."""

from collections.abc import Sequence
from dataclasses import replace

from extract.cells import as_record, cell_rows
from extract.identity import Identity
from extract.naming import name_sheet
from extract.page import Box, Grid, GridCell, Line, Page, Word
from extract.rows import Labelled
from extract.schema import Record
from extract.sheet import Part, Sheet, collect_sheets
from extract.tables import Table
from extract.titles import Heading
from extract.vocabulary import load_vocabulary

WIDTH = 600.0
"""All grids are this wide, as the tables of one print are."""

Printed = str | tuple[str, int] | tuple[str, int, int]
"""A text, with the columns and then the rows that its cell spans."""


def draw_grid(
    *rows: Sequence[Printed],
    origin: str = "lattice",
    top: float = 100.0,
    shares: Sequence[int] | None = None,
) -> Grid:
    """A grid of these rows; places that a cell above spans are left out of a row.

    ``shares`` are the widths of the columns in proportion (all alike without it).
    """
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        column = 0
        for printed in row:
            text, across, down = _spans(printed)
            while (number, column) in taken:
                column += 1
            places = {(number + y, column + x) for y in range(down) for x in range(across)}
            assert not places & taken, f"{text!r} lies over another cell"
            taken |= places
            cells.append(GridCell(number, column, down, across, tuple(text.split("\n"))))
            column += across
    width = 1 + max(column for _, column in taken)
    assert len(taken) == width * len(rows), f"{width * len(rows) - len(taken)} places are empty"
    shares = shares or [1] * width
    edges = [WIDTH * sum(shares[:at]) / sum(shares) for at in range(width + 1)]
    boxed = tuple(
        replace(
            cell,
            box=Box(
                edges[cell.column],
                top + 20 * cell.row,
                edges[cell.column + cell.column_span],
                top + 20 * (cell.row + cell.row_span),
            ),
        )
        for cell in cells
    )
    return Grid(len(rows), width, boxed, Box(0, top, WIDTH, top + 20 * len(rows)), origin)


def _spans(printed: Printed) -> tuple[str, int, int]:
    if isinstance(printed, str):
        return printed, 1, 1
    return (*printed, 1) if len(printed) == 2 else printed


def draw_page(*items: str | Grid, number: int | None = 1) -> Page:
    """A page of lines and grids in this order; each cell of a grid is a word of the page."""
    drawn = tuple(
        Line(item, Box(0, 10.0 * at, WIDTH, 10.0 * at + 8)) if isinstance(item, str) else item
        for at, item in enumerate(items)
    )
    words = tuple(
        Word(line, cell.box)
        for item in drawn
        if isinstance(item, Grid)
        for cell in item.cells
        for line in cell.lines
        if line and cell.box is not None
    )
    return Page(number, WIDTH, 800.0, "lattice", drawn, words)


def find_tables(*pages: Page) -> list[Labelled]:
    """All tables of these pages, named."""
    vocabulary = load_vocabulary()
    return [name_sheet(sheet, vocabulary) for sheet in collect_sheets(pages, vocabulary)]


def find_table(*pages: Page) -> Labelled:
    """The one table of these pages."""
    (table,) = find_tables(*pages)
    return table


def draw_table(title: str, *rows: Sequence[Printed]) -> Labelled:
    """One table on one page under this title."""
    return find_table(draw_page(title, draw_grid(*rows)))


def part_of(*rows: Sequence[Printed]) -> Part:
    """A grid as one part of a table."""
    grid = draw_grid(*rows)
    return Part(1, grid.columns, tuple(tuple(row) for row in grid.by_row()), 0, grid)


def sheet_of(kind: str, part: Part) -> Sheet:
    """A table of this kind that is one part."""
    return Sheet(Heading(), kind, [part])


def records_of(
    table: Labelled, unit: str = "wan_yuan", identity: Identity | None = None
) -> list[Record]:
    """The records of the table's cells."""
    named = Table(table, unit, "万元" if unit == "wan_yuan" else "")
    rows = cell_rows("d", 1, named, identity or Identity(), load_vocabulary())
    return [as_record(row) for row in rows]


def figures_of_table(table: Labelled, identity: Identity | None = None) -> dict[str, Record]:
    """The records of the amounts by their printed text (each is printed once)."""
    amounts = [record for record in records_of(table, identity=identity) if record.get("printed")]
    by_text = {str(record["printed"]): record for record in amounts}
    assert len(by_text) == len(amounts), "the made-up table prints a figure twice"
    return by_text


def pick(record: Record, *names: str) -> tuple[object, ...]:
    """Some values of a record."""
    return tuple(record[name] for name in names)

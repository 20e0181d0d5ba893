"""Turn a table into a grid of cells: widths, wrapped texts, heights, merged headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from typeset.facts import printed_amount
from typeset.model import CODE_ROLES, Column, Row, Table
from typeset.text import add_up, break_lines, text_width

PADDING = 2.6
LEADING = 1.28
FONT_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
INDENT = "　"
LANE = "栏次"
NARROWEST_NAME = 5.0
CENTRED_ROLES = CODE_ROLES | {"index"}


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its place, how far it spans, its lines of text and their alignment."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]
    align: str


@dataclass(frozen=True)
class Band:
    """Rows of a grid that stay together (a header, or one body row): their cells and heights."""

    cells: tuple[Cell, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return add_up(self.heights)


@dataclass(frozen=True)
class Grid:
    """A laid-out table: font size and column widths in points, header, a band per body row."""

    size: float
    widths: tuple[float, ...]
    header: Band
    rows: tuple[Band, ...]


def lay_out(table: Table, width: float, fill: Callable[[str], str], indent: bool) -> Grid:
    """Lay a table out to a width in points; `fill` puts agency and years into header texts.

    The largest font is taken in which every amount stands on one line.
    """
    size, widths = _fit(table, width, fill)
    header = _header(table.columns, widths, size, fill)
    rows = tuple(_body_row(table, row, widths, size, indent) for row in table.rows)
    return Grid(size, widths, header, rows or (_blank_row(len(widths), size),))


def _fit(table: Table, width: float, fill: Callable[[str], str]) -> tuple[float, tuple[float, ...]]:
    """Share the width among the columns: what amounts and codes need, the rest by wish."""
    for size in FONT_SIZES:
        floors = [_floor(table, column, size, fill) for column in table.columns]
        spare = width - add_up(floors)
        if spare >= 0 or size == FONT_SIZES[-1]:
            break
    wishes = [
        max(column.width - floor, 0.01) for column, floor in zip(table.columns, floors, strict=True)
    ]
    share = spare / add_up(wishes)
    return size, tuple(floor + wish * share for floor, wish in zip(floors, wishes, strict=True))


def _floor(table: Table, column: Column, size: float, fill: Callable[[str], str]) -> float:
    cells = [row.cells[column.field] for row in table.rows]
    if column.is_amount:
        cells = [printed_amount(cell, table.grouping) for cell in cells]
    whole = column.is_amount or column.role in CENTRED_ROLES
    longest = max((text_width(cell, size) for cell in cells), default=0.0) if whole else 0.0
    if column.role in ("name", "project_name", "function_text", "catalogue", "government_name"):
        longest = NARROWEST_NAME * size
    words = max(text_width(part, size) for part in (column.lane, fill(column.header[-1])[:2]))
    return max(longest, words) + 2 * PADDING + 0.5


def _header(
    columns: Sequence[Column], widths: Sequence[float], size: float, fill: Callable[[str], str]
) -> Band:
    depth = max(len(column.header) for column in columns)
    cells: list[Cell] = []
    for level in range(depth):
        start = 0
        while start < len(columns):
            path = columns[start].header[: level + 1]
            end = start + 1
            while end < len(columns) and columns[end].header[: level + 1] == path:
                end += 1
            if len(path) == level + 1:
                leaf = len(columns[start].header) == level + 1
                lines = break_lines(fill(path[-1]), add_up(widths[start:end]) - 2 * PADDING, size)
                cells.append(
                    Cell(level, start, depth - level if leaf else 1, end - start, lines, "centre")
                )
            start = end
    if any(column.lane for column in columns):
        cells += _lane_cells(columns, depth)
        depth += 1
    return Band(tuple(cells), _heights(cells, depth, size))


def _lane_cells(columns: Sequence[Column], row: int) -> list[Cell]:
    cells: list[Cell] = []
    for index, column in enumerate(columns):
        if cells and column.lane == LANE and cells[-1].lines == (LANE,):
            last = cells.pop()
            cells.append(Cell(row, last.column, 1, last.column_span + 1, (LANE,), "centre"))
        else:
            cells.append(Cell(row, index, 1, 1, (column.lane,), "centre"))
    return cells


def _body_row(table: Table, row: Row, widths: Sequence[float], size: float, indent: bool) -> Band:
    cells: list[Cell] = []
    for start, end, column in _spans(table, row):
        text = row.cells[column.field]
        merged = end - start > 1
        align = "left"
        if column.is_amount:
            text, align = printed_amount(text, table.grouping), "right"
        elif merged or column.role in CENTRED_ROLES or _is_total(text):
            align = "centre"
        elif indent and column.role == "name":
            text = INDENT * _indent_of(table, row) + text
        lines = break_lines(text, add_up(widths[start:end]) - 2 * PADDING, size)
        cells.append(Cell(0, start, 1, end - start, lines, align))
    return Band(tuple(cells), _heights(cells, 1, size))


def _spans(table: Table, row: Row) -> list[tuple[int, int, Column]]:
    """Cells of a body row; with `total_merged` a total's name runs over blank cells beside it."""
    columns = table.columns
    spans = [(index, index + 1, column) for index, column in enumerate(columns)]
    if not table.total_merged:
        return spans
    for index in range(len(columns) - 1, -1, -1):
        if not _is_total(row.cells[columns[index].field]):
            continue
        start, end = index, index + 1
        while start > 0 and not row.cells[columns[start - 1].field]:
            start -= 1
        while (
            end < len(columns) and not columns[end].is_amount and not row.cells[columns[end].field]
        ):
            end += 1
        spans[start:end] = [(start, end, columns[index])]
    return spans


def _is_total(text: str) -> bool:
    return "".join(text.split()).endswith(("合计", "总计"))


def _indent_of(table: Table, row: Row) -> int:
    codes = [row.cells[column.field] for column in table.columns if column.role == "function_code"]
    return {5: 1, 7: 2}.get(len(codes[0]), 0) if codes else 0


def _blank_row(columns: int, size: float) -> Band:
    cells = tuple(Cell(0, index, 1, 1, ("",), "left") for index in range(columns))
    return Band(cells, _heights(cells, 1, size))


def _heights(cells: Sequence[Cell], rows: int, size: float) -> tuple[float, ...]:
    """Row heights that hold every cell; a cell over several rows stretches its last row."""
    heights = [size * LEADING + 2 * PADDING] * rows
    for cell in sorted(cells, key=lambda each: each.row_span):
        needed = len(cell.lines) * size * LEADING + 2 * PADDING
        last = cell.row + cell.row_span - 1
        heights[last] += max(0.0, needed - add_up(heights[cell.row : last + 1]))
    return tuple(heights)

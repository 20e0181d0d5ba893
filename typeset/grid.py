"""Turn a table into a grid of cells: widths, wrapped texts, heights, merged headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from typeset.facts import printed_cell
from typeset.model import CODE_ROLES, Column, Row, Table
from typeset.styles import Variant
from typeset.text import add_up, break_lines, text_width

PADDING = 2.6
LEADING = 1.28
FONT_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5)
INDENT = "　"
LANE = "栏次"
NARROWEST_NAME = 5.0
WRAPPED_CODE = 0.62
CENTRED_ROLES = CODE_ROLES | {"index"}
NAME_ROLES = frozenset({"name", "project_name", "function_text", "catalogue", "government_name"})


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its place, how far it spans, its lines of text and their alignment.

    `height`: where the lines stand (`top`, `middle`, `bottom`). `figure`: the text is an amount.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]
    align: str
    height: str = "middle"
    figure: bool = False


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
    """A laid-out table: font size and column widths in points, header, and bands of body rows.

    `owners` says which row of the table each band belongs to: a row that a page break splits has
    two bands, and one that stands in the header none. After the bands in `breaks` the page ends.
    """

    size: float
    widths: tuple[float, ...]
    header: Band
    rows: tuple[Band, ...]
    owners: tuple[int, ...]
    breaks: frozenset[int] = frozenset()


def lay_out(
    table: Table,
    width: float,
    fill: Callable[[str], str],
    indent: bool,
    variants: frozenset[Variant] = frozenset(),
) -> Grid:
    """Lay a table out to a width in points; `fill` puts agency and years into header texts.

    The largest font is taken in which every amount stands on one line. `variants` are those of
    the layout; the others are ignored.
    """
    size, widths = _fit(table, width, fill, variants)
    header = _header(table.columns, widths, size, fill)
    rows = tuple(_body_row(table, row, widths, size, indent, variants) for row in table.rows)
    owners: tuple[int, ...] = tuple(range(len(rows)))
    if not rows:
        rows, owners = (_blank_row(table, widths, size),), (0,)
    if Variant.TOTAL_BESIDE_CODES in variants and table.rows and _can_share(table):
        header, rows, owners = _share_total(header, rows[0], size), rows[1:], owners[1:]
    if variants & {Variant.TITLE_INSIDE, Variant.ONE_GRID, Variant.UNIT_INSIDE}:
        header = _add_lines(header, _lines_inside(table, fill, variants), widths, size)
    grid = Grid(size, widths, header, rows, owners)
    if Variant.TOTAL_ALONE in variants and len(rows) > 1:
        grid = replace(grid, breaks=frozenset({len(rows) - 2}))
    if Variant.ROW_SPLIT in variants:
        grid = _split_rows(grid)
    return grid


def _fit(
    table: Table, width: float, fill: Callable[[str], str], variants: frozenset[Variant]
) -> tuple[float, tuple[float, ...]]:
    """Share the width among the columns: what amounts and codes need, the rest by wish."""
    for size in FONT_SIZES:
        floors = [_floor(table, column, size, fill, variants) for column in table.columns]
        spare = width - add_up(floors)
        if spare >= 0 or size == FONT_SIZES[-1]:
            break
    wishes = [
        max(column.width - floor, 0.01) for column, floor in zip(table.columns, floors, strict=True)
    ]
    if Variant.WRAPPED_CODES in variants:
        wishes = [
            0.01 if column.role in CODE_ROLES else wish
            for column, wish in zip(table.columns, wishes, strict=True)
        ]
    share = spare / add_up(wishes)
    return size, tuple(floor + wish * share for floor, wish in zip(floors, wishes, strict=True))


def _floor(
    table: Table,
    column: Column,
    size: float,
    fill: Callable[[str], str],
    variants: frozenset[Variant],
) -> float:
    cells = [row.cells[column.field] for row in table.rows]
    if column.is_amount:
        cells = [printed_cell(table, cell) for cell in cells]
    whole = column.is_amount or column.role in CENTRED_ROLES
    longest = max((text_width(cell, size) for cell in cells), default=0.0) if whole else 0.0
    if column.role in NAME_ROLES:
        longest = NARROWEST_NAME * size
    if Variant.WRAPPED_CODES in variants and column.role in CODE_ROLES:
        longest *= WRAPPED_CODE
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
    return Band(tuple(cells), row_heights(cells, depth, size))


def _lane_cells(columns: Sequence[Column], row: int) -> list[Cell]:
    cells: list[Cell] = []
    for index, column in enumerate(columns):
        if cells and column.lane == LANE and cells[-1].lines == (LANE,):
            last = cells.pop()
            cells.append(Cell(row, last.column, 1, last.column_span + 1, (LANE,), "centre"))
        else:
            cells.append(Cell(row, index, 1, 1, (column.lane,), "centre"))
    return cells


def _can_share(table: Table) -> bool:
    """Whether 合计 is the first row and the codes stand in three columns left of its name."""
    roles = [column.role.partition("_")[2] for column in table.columns[:3]]
    return roles == ["class", "section", "item"] and _is_total(
        table.rows[0].cells[table.columns[3].field]
    )


def _share_total(header: Band, total: Band, size: float) -> Band:
    """Let 类, 款 and 项 run down beside 栏次 and the total row, which join the header."""
    depth = len(header.heights)
    lane = depth - 1
    cells = [cell for cell in header.cells if cell.row != lane]
    cells = [
        replace(cell, row_span=depth + 1 - cell.row)
        if cell.column < 3 and cell.row + cell.row_span == lane
        else cell
        for cell in cells
    ]
    cells += [
        replace(cell, column=3, column_span=1) if cell.column == 0 else cell
        for cell in header.cells
        if cell.row == lane and (cell.column == 0 or cell.column > 3)
    ]
    cells += [
        replace(cell, row=depth, column=max(cell.column, 3), column_span=1)
        for cell in total.cells
        if cell.column + cell.column_span > 3
    ]
    return Band(tuple(cells), row_heights(cells, depth + 1, size))


def _lines_inside(
    table: Table, fill: Callable[[str], str], variants: frozenset[Variant]
) -> list[tuple[str, str]]:
    """The lines that stand inside the grid above the header, each with its alignment."""
    unit = [(fill(table.unit_text), "right")]
    if not variants & {Variant.TITLE_INSIDE, Variant.ONE_GRID}:
        return unit
    lines = [(fill(table.number), "left")] if table.number else []
    lines.append((fill(table.title), "centre"))
    if table.agency_line:
        lines.append((fill(table.agency_line), "left"))
    return lines + unit


def _add_lines(
    header: Band, lines: Sequence[tuple[str, str]], widths: Sequence[float], size: float
) -> Band:
    room = add_up(widths) - 2 * PADDING
    above = [
        Cell(row, 0, 1, len(widths), break_lines(text, room, size), align)
        for row, (text, align) in enumerate(lines)
    ]
    below = [replace(cell, row=cell.row + len(lines)) for cell in header.cells]
    heights = (*row_heights(above, len(above), size), *header.heights)
    return Band((*above, *below), heights)


def _split_rows(grid: Grid) -> Grid:
    """Break the first and every eighth row with a wrapped name over two pages."""
    rows: list[Band] = []
    owners: list[int] = []
    breaks = set()
    seen = 0
    for band, owner in zip(grid.rows, grid.owners, strict=True):
        longest = max(len(cell.lines) for cell in band.cells)
        seen += longest > 1
        if longest < 2 or seen % 8 != 1:
            rows.append(band)
            owners.append(owner)
            continue
        first = longest // 2
        for part in (0, 1):
            cells = tuple(
                replace(cell, lines=(cell.lines[:first], cell.lines[first:] or ("",))[part])
                for cell in band.cells
            )
            breaks |= set() if part else {len(rows)}
            rows.append(Band(cells, row_heights(cells, 1, grid.size)))
            owners.append(owner)
    return replace(
        grid, rows=tuple(rows), owners=tuple(owners), breaks=grid.breaks | frozenset(breaks)
    )


def _body_row(
    table: Table,
    row: Row,
    widths: Sequence[float],
    size: float,
    indent: bool,
    variants: frozenset[Variant],
) -> Band:
    cells: list[Cell] = []
    height = "middle"
    if Variant.FIGURES_ON_TOP in variants:
        height = "top"
    elif Variant.FIGURES_BELOW in variants:
        height = "bottom"
    for start, end, column in _spans(table, row):
        text = row.cells[column.field]
        merged = end - start > 1
        align = "left"
        if column.is_amount:
            text, align = printed_cell(table, text), "right"
        elif merged or column.role in CENTRED_ROLES or _is_total(text):
            align = "centre"
        elif indent and column.role == "name":
            text = INDENT * _indent_of(table, row) + text
        lines = break_lines(text, add_up(widths[start:end]) - 2 * PADDING, size)
        cells.append(Cell(0, start, 1, end - start, lines, align, height, column.is_amount))
    return Band(tuple(cells), row_heights(cells, 1, size))


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


def _blank_row(table: Table, widths: Sequence[float], size: float) -> Band:
    cells = tuple(Cell(0, index, 1, 1, ("",), "left") for index in range(len(widths)))
    return Band(cells, row_heights(cells, 1, size))


def row_heights(cells: Sequence[Cell], rows: int, size: float) -> tuple[float, ...]:
    """Row heights that hold every cell; a cell over several rows stretches its last row."""
    heights = [size * LEADING + 2 * PADDING] * rows
    for cell in sorted(cells, key=lambda each: each.row_span):
        needed = len(cell.lines) * size * LEADING + 2 * PADDING
        last = cell.row + cell.row_span - 1
        heights[last] += max(0.0, needed - add_up(heights[cell.row : last + 1]))
    return tuple(heights)

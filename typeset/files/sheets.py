"""A disclosure as sheets of cells, before it is known which program's file they go into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from typeset.files.manners import Manner
from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.grid import Band, Cell
from typeset.model import Disclosure, Row, Table
from typeset.pages import lay_out_table

TEN_THOUSAND = Decimal(10_000)
SHOWN = Decimal("0.1")
WAN_CODE = "0!.0,"
LONGEST_NAME = 31
COVER = "封面"
DRAFT = "底稿"
_MONEY = frozenset({"amount", "reserved_sme", "reserved_micro"})
_RESIDUE = 499
"""Yuan behind what a format in 万元 shows: less than half of the last digit that it shows."""


@dataclass(frozen=True)
class SheetCell:
    """A cell at ``row`` and ``column`` (from 0); with a number, its text is what ``code`` shows."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    number: Decimal | None = None
    code: str = "General"
    ruled: bool = False
    align: str = "left"


@dataclass
class Sheet:
    """One sheet; hidden rows and columns from 0."""

    name: str
    cells: list[SheetCell] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False

    @property
    def end(self) -> int:
        """The first row below all cells."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)


def show_in_wan(disclosure: Disclosure) -> Disclosure:
    """The disclosure as formats in 万元 with one digit show it; golden facts are of what is shown.

    Tables without amounts of money stay.
    """
    return replace(disclosure, tables=tuple(_in_wan(table) for table in disclosure.tables))


def _in_wan(table: Table) -> Table:
    fields = [column.field for column in table.columns if column.role in _MONEY]
    factor = Decimal(1) if table.unit == "wan_yuan" else 1 / TEN_THOUSAND

    def shown(text: str) -> str:
        return str((Decimal(text) * factor).quantize(SHOWN, ROUND_HALF_UP)) if text else ""

    def changed(row: Row) -> Row:
        cells = {name: shown(text) if name in fields else text for name, text in row.cells.items()}
        return replace(row, cells=cells)

    return replace(
        table,
        unit="wan_yuan",
        unit_text=table.unit_text.replace("万元", "元").replace("元", "万元"),
        grouping=False,
        rows=tuple(changed(row) for row in table.rows),
    )


def make_sheets(
    disclosure: Disclosure, manners: frozenset[Manner], front: Disclosure | None
) -> list[Sheet]:
    """The sheets of a workbook: a cover of ``front``, then a sheet for each table or one for all.

    Hidden sheets, rows and columns hold other figures than the visible ones.
    """
    sheets = [_cover(front)] if front is not None else []
    shared = Sheet("预算表")
    if Manner.ONE_SHEET in manners:
        sheets.append(shared)
    for table in disclosure.tables:
        sheet = shared
        if Manner.ONE_SHEET not in manners:
            sheet = Sheet(_sheet_name(disclosure, table, manners))
            sheets.append(sheet)
        _add_table(sheet, disclosure, table, manners)
    if Manner.HIDDEN in manners:
        first = next(sheet for sheet in sheets if sheet.name != COVER)
        cells = [_other(cell) for cell in first.cells]
        sheets.append(Sheet(DRAFT, cells, is_hidden=True))
    return sheets


def _cover(disclosure: Disclosure) -> Sheet:
    lines = [*cover_lines(disclosure), cover_date(disclosure), summary_heading(disclosure)]
    lines += [f"　　{sentence}" for sentence in summary_sentences(disclosure)]
    return Sheet(COVER, [SheetCell(row, 0, 1, 1, line) for row, line in enumerate(lines)])


def _sheet_name(disclosure: Disclosure, table: Table, manners: frozenset[Manner]) -> str:
    name = disclosure.fill(table.title) if Manner.SHEET_TITLES in manners else table.key
    return re.sub(r"[\[\]:*?/\\]", "", name)[:LONGEST_NAME]


def _add_table(
    sheet: Sheet, disclosure: Disclosure, table: Table, manners: frozenset[Manner]
) -> None:
    grid = lay_out_table(disclosure, table)
    left = 1 if Manner.OFFSET in manners else 0
    row = sheet.end + (1 if sheet.cells or left else 0)
    width = len(grid.widths)
    above = [(table.number, "left")]
    if Manner.SHEET_TITLES not in manners:
        above.append((table.title, "centre"))
    for text, align in (*above, (table.agency_line, "left"), (table.unit_text, "right")):
        if text:
            said = disclosure.fill(text)
            sheet.cells.append(SheetCell(row, left, 1, width, said, align=align))
            row += 1
    for number, band in enumerate((grid.header, *grid.rows)):
        if number == 2 and Manner.HIDDEN in manners:
            cells = _band_cells(band, row, left, table, manners)
            sheet.cells += [_other(cell) for cell in cells]
            sheet.hidden_rows.add(row)
            row += len(band.heights)
        sheet.cells += _band_cells(band, row, left, table, manners)
        row += len(band.heights)
    if Manner.HIDDEN in manners and Manner.ONE_SHEET not in manners:
        _add_hidden_column(sheet, left + width)
    if table.note:
        said = disclosure.fill(table.note)
        sheet.cells.append(SheetCell(row, left, 1, width, said))


def _add_hidden_column(sheet: Sheet, column: int) -> None:
    """Put a column of figures, ruled like the table, right of it where nobody sees it."""
    rows = sorted({cell.row for cell in sheet.cells if cell.ruled})
    sheet.cells += [
        SheetCell(row, column, 1, 1, f"{row}.5", Decimal(f"{row}.5"), "0.0", True) for row in rows
    ]
    sheet.hidden_columns.add(column)


def _band_cells(
    band: Band, top: int, left: int, table: Table, manners: frozenset[Manner]
) -> Iterator[SheetCell]:
    for cell in band.cells:
        made = _cell(cell, top, left, table, manners)
        yield replace(made, ruled=Manner.BORDERLESS not in manners)


def _cell(cell: Cell, top: int, left: int, table: Table, manners: frozenset[Manner]) -> SheetCell:
    text = "".join(cell.lines)
    made = SheetCell(
        top + cell.row,
        left + cell.column,
        cell.row_span,
        cell.column_span,
        text,
        align=cell.align,
    )
    plain = text.replace(",", "")
    if (
        not cell.figure
        or Manner.TEXT_FIGURES in manners
        or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain)
    ):
        return made
    number = Decimal(plain)
    if Manner.WAN_FORMAT in manners and table.columns[cell.column].role in _MONEY:
        hidden = Decimal((made.row * 37 + made.column * 11) % _RESIDUE)
        return replace(made, number=number * TEN_THOUSAND + hidden, code=WAN_CODE)
    places = -int(number.as_tuple().exponent)
    whole = "#,##0" if table.grouping else "0"
    return replace(made, number=number, code=whole + ("." + "0" * places if places else ""))


def _other(cell: SheetCell) -> SheetCell:
    """The cell with another figure, where it holds one."""
    if cell.number is None:
        return cell
    return replace(cell, number=cell.number * 2 + 7)

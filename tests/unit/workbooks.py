"""Made-up workbooks: sheets from rows of values, and the typesetter's disclosures as .xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side

import typeset
from extract.office.reader import read_workbook
from extract.page import Grid, Line, Page
from typeset.front import cover_date, cover_lines
from typeset.pages import lay_out_table
from typeset.text import register_fonts

THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)

HEADER = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = (
    (2010301, "行政运行", 1200.5, 1200.5, None),
    (2010302, "一般行政管理事务", 300, None, 300),
    ("合计", None, 1500.5, 1200.5, 300),
)


def fill(sheet: Any, rows: Sequence[Sequence[object]], *, ruled: bool = False) -> None:
    """Append rows of values below what the sheet holds."""
    for values in rows:
        sheet.append(list(values))
        if ruled:
            for cell in sheet[sheet.max_row]:
                cell.border = RULED


def read(book: Workbook, folder: Path, name: str = "book.xlsx") -> Page:
    """The page of a workbook, saved and read again."""
    path = folder / name
    book.save(path)
    [page] = read_workbook(path)
    return page


def texts(page: Page) -> list[str | list[list[str]]]:
    """Lines as texts, and grids as rows of the texts of their cells."""
    return [
        item.text
        if isinstance(item, Line)
        else [[cell.text for cell in row] for row in item.by_row()]
        for item in page.items
    ]


def grids(page: Page) -> list[Grid]:
    """The grids of a page."""
    return list(page.grids())


def write_disclosure(slug: str, path: Path, *, ruled: bool, numbers: bool) -> typeset.Disclosure:
    """A sample disclosure, a sheet for each table: amounts as formatted numbers or as texts."""
    register_fonts()
    disclosure = typeset.load_disclosure(slug)
    book = Workbook()
    cover = book.active
    for line in (*cover_lines(disclosure), cover_date(disclosure)):
        cover.append([line])
    for table in disclosure.tables:
        sheet = book.create_sheet(table.key)
        grid = lay_out_table(disclosure, table)
        row = 1
        for line in (table.number, table.title, table.agency_line, table.unit_text):
            if line:
                _merge(sheet, row, len(grid.widths), disclosure.fill(line))
                row += 1
        for band in (grid.header, *grid.rows):
            for cell in band.cells:
                top, left = row + cell.row, cell.column + 1
                bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
                _write(sheet.cell(top, left), "".join(cell.lines), numbers and cell.figure)
                if (bottom, right) != (top, left):
                    sheet.merge_cells(
                        start_row=top, start_column=left, end_row=bottom, end_column=right
                    )
                for y in range(top, bottom + 1) if ruled else ():
                    for x in range(left, right + 1):
                        sheet.cell(y, x).border = RULED
            row += len(band.heights)
        if table.note:
            _merge(sheet, row, len(grid.widths), disclosure.fill(table.note))
    book.save(path)
    return disclosure


def _merge(sheet: Any, row: int, width: int, text: str) -> None:
    sheet.cell(row, 1, text)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _write(cell: Any, text: str, as_number: bool) -> None:
    plain = text.replace(",", "")
    if not as_number or not plain.replace(".", "").isdigit() or not plain.isascii():
        cell.value = text
        return
    places = -int(Decimal(plain).as_tuple().exponent)
    whole = "#,##0" if "," in text or len(plain.split(".")[0]) <= 3 else "0"
    cell.value = float(plain)
    cell.number_format = whole + ("." + "0" * places if places else "")

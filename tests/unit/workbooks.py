"""Made-up workbooks: sheets from rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from extract.office.reader import read_workbook
from extract.page import Grid, Line, Page

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

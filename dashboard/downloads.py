"""The data behind a picture as CSV and as a workbook: the columns of the marts, in yuan."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from expectations.visible import visible
from publish.written import cell_text

CSV_TYPE = "text/csv"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | float | Decimal | bool | date | datetime | None

_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """Rows with named columns; ``about`` are the lines that say what they are and where from."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    about: Sequence[tuple[str, str]]


def csv_bytes(sheet: Sheet) -> bytes:
    """Write RFC 4180 with a byte order mark, by which spreadsheets know the text for Chinese.

    Text that a spreadsheet would take for a formula is made safe as in the export (docs/export.md);
    numbers stay as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_csv_value(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return cell_text(value)
    return str(value)


def excel_bytes(sheet: Sheet) -> bytes:
    """Write a workbook of two sheets: the rows, and what they are."""
    book = Workbook(write_only=True)
    data = book.create_sheet(sheet.name[:31])
    data.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        longest = max((_width(row[number - 1]) for row in sheet.rows), default=0)
        wide = min(max(longest, len(column)) + 2, _WIDEST)
        data.column_dimensions[get_column_letter(number)].width = wide
    for row in [sheet.columns, *sheet.rows]:
        data.append([_excel_cell(data, value) for value in row])
    about = book.create_sheet("about")
    about.column_dimensions["A"].width = 24
    about.column_dimensions["B"].width = _WIDEST
    for name, text in sheet.about:
        about.append([_excel_cell(about, name), _excel_cell(about, text)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _width(value: Value) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str("" if value is None else value))


def _excel_cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=visible(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # text even where it begins like a formula
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00" if value.as_tuple().exponent == -2 else "0.000000"
    return cell

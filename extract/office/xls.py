"""Sheets of an .xls file (BIFF), by xlrd: values as they are stored, nothing is computed."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd

from extract.errors import DocumentError
from extract.office.number_format import CHINESE_FORMATS, GENERAL
from extract.office.workbook import SheetCell, Span, WorkSheet, show_number

MOST_BYTES = 64 * 1024 * 1024
"""A file is read whole, and is no larger."""

_BY_NUMBER_ONLY = frozenset({*range(27, 37), *range(50, 59)})
_FAILURES = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)
"""What xlrd raises on a file that is broken."""


def read_xls(path: Path) -> Iterator[WorkSheet]:
    """The sheets of a workbook in its order.

    Raises DocumentError: `broken_file`, `password_protected`, `too_large`.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DocumentError(
            "too_large", f"the file has {size:,} bytes; of an .xls at most {MOST_BYTES:,} are read"
        )
    try:
        book = xlrd.open_workbook(
            file_contents=path.read_bytes(),
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        sheets = [_read_sheet(book, sheet) for sheet in book.sheets()]
    except _FAILURES as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        if "encrypted" in said.lower():
            raise DocumentError(
                "password_protected", "the workbook asks for a password; save it without one"
            ) from error
        raise DocumentError(
            "broken_file",
            f"the workbook cannot be opened: {said}; expected an Excel file; save it as .xlsx",
        ) from error
    yield from sheets


def _read_sheet(book: Any, sheet: Any) -> WorkSheet:
    cells = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            shown = _read_cell(book, sheet, row, column)
            if shown.text or shown.doubt or shown.ruled:
                cells[row, column] = shown
    return WorkSheet(
        sheet.name,
        sheet.visibility != 0,
        cells,
        [Span(top, left, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        frozenset(
            row for row, known in sheet.rowinfo_map.items() if known.hidden or known.height == 0
        ),
        frozenset(column for column, known in sheet.colinfo_map.items() if known.hidden),
    )


def _read_cell(book: Any, sheet: Any, row: int, column: int) -> SheetCell:
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index]
    border = style.border
    ruled = any(
        (
            border.left_line_style,
            border.right_line_style,
            border.top_line_style,
            border.bottom_line_style,
        )
    )
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return SheetCell(cell.value, "", ruled)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = style.format_key
        known = book.format_map.get(key)
        code = known.format_str if known is not None else GENERAL
        if key in _BY_NUMBER_ONLY and code in ("", GENERAL):
            code = CHINESE_FORMATS.get(key, "unknown")
        shown, doubt = show_number(
            repr(cell.value),
            code,
            from_1904=book.datemode == 1,
            zeros=bool(sheet.show_zero_values),
        )
        return SheetCell(shown, doubt, ruled)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return SheetCell("TRUE" if cell.value else "FALSE", "", ruled)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#ERROR")
        return SheetCell(text, doubt="formula_without_value", ruled=ruled)
    return SheetCell("", "", ruled)

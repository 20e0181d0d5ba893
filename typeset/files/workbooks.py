"""Sheets as .xlsx (openpyxl) and .xls (xlwt) files; the same sheets give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side

from typeset.files.sheets import Sheet, SheetCell

MADE_AT = datetime(2000, 1, 1)
_SAVED = (1980, 1, 1, 0, 0, 0)
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ALIGN = {"left": "left", "centre": "center", "right": "right"}
_SAVED_AT = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")
_NUMBER = re.compile(r'(<c r="[A-Z]+[0-9]+"[^>]*? t="n"[^>]*>)<v>([-0-9.]+)</v>')


def write_xlsx(sheets: Sequence[Sheet], out: Path, *, formulas: bool = False) -> None:
    """Write sheets as an .xlsx; with ``formulas`` every number is one, its value stored beside."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.created = MADE_AT
    made = io.BytesIO()
    book.save(made)
    repack(made.getvalue(), out, partial(_finish, formulas=formulas))


def _fill(made: Any, sheet: Sheet) -> None:
    for cell in sheet.cells:
        first = made.cell(cell.row + 1, cell.column + 1)
        first.value = cell.text if cell.number is None else cell.number
        first.number_format = cell.code
        first.alignment = Alignment(
            horizontal=_ALIGN[cell.align], vertical="center", wrap_text=True
        )
        if cell.ruled:
            for row, column in _places(cell):
                made.cell(row + 1, column + 1).border = _RULED
        if cell.row_span * cell.column_span > 1:
            made.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.column + 1,
                end_row=cell.row + cell.row_span,
                end_column=cell.column + cell.column_span,
            )
    for row in sheet.hidden_rows:
        made.row_dimensions[row + 1].hidden = True
    for column in sheet.hidden_columns:
        letter = made.cell(1, column + 1).column_letter
        made.column_dimensions[letter].hidden = True
    if sheet.is_hidden:
        made.sheet_state = "hidden"


def _places(cell: SheetCell) -> Iterable[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


def _finish(name: str, content: bytes, *, formulas: bool) -> bytes:
    """A part without the time of its saving; in a sheet with formulas every number has one.

    openpyxl writes the time at every saving, and would drop the values of formulas.
    """
    text = content.decode("utf-8")
    if name == "docProps/core.xml":
        return _SAVED_AT.sub(rf"\g<1>{MADE_AT:%Y-%m-%dT%H:%M:%SZ}", text).encode("utf-8")
    if not formulas or "/worksheets/" not in name:
        return content
    return _NUMBER.sub(r"\1<f>SUM(\2,0)</f><v>\2</v>", text).encode("utf-8")


def repack(archive: bytes, out: Path, change: Callable[[str, bytes], bytes] | None = None) -> None:
    """Write a ZIP archive again without the time of its making, its parts changed or not."""
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if change is not None:
                content = change(part.filename, content)
            stamped = zipfile.ZipInfo(part.filename, _SAVED)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(stamped, content)


def write_xls(sheets: Sequence[Sheet], out: Path) -> None:
    """Write sheets as an .xls, by the one library that still does."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8", style_compression=2)
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        for cell in sheet.cells:
            borders = (
                "borders: left thin, right thin, top thin, bottom thin; " if cell.ruled else ""
            )
            style = xlwt.easyxf(
                f"{borders}align: horiz {_ALIGN[cell.align]}, vert centre, wrap on",
                num_format_str=cell.code,
            )
            value = cell.text if cell.number is None else float(cell.number)
            made.write_merge(
                cell.row,
                cell.row + cell.row_span - 1,
                cell.column,
                cell.column + cell.column_span - 1,
                value,
                style,
            )
        for row in sheet.hidden_rows:
            made.row(row).hidden = True
        for column in sheet.hidden_columns:
            made.col(column).hidden = True
        made.visibility = int(sheet.is_hidden)
    book.save(str(out))

"""The page of a workbook: its visible sheets, one below the other.

A workbook has no pages, so it is one without a number; a box counts in columns and rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.errors import DocumentError
from extract.office.archive import check_archive, find_format
from extract.office.layout import lay_out
from extract.office.visible import look_at, notices_of
from extract.office.workbook import WorkSheet
from extract.office.xls import read_xls
from extract.office.xlsx import read_xlsx
from extract.page import Grid, Line, Notice, Page, Word
from extract.vocabulary import load_vocabulary


def read_workbook(path: Path) -> Iterator[Page]:
    """The one page of a workbook: the lines and grids of its sheets, in their order.

    Cells have the texts that they show. What is hidden is no part of it, and named in its notices.

    Raises DocumentError: `empty_file`, `not_a_workbook`, `password_protected`, `broken_file`,
    `too_large`, or `no_text` where no visible sheet holds any.
    """
    vocabulary = load_vocabulary()
    items: list[Line | Grid] = []
    words: list[Word] = []
    notices: list[Notice] = []
    top = width = count = hidden = 0
    for sheet in _read_sheets(path):
        count += 1
        hidden += sheet.hidden
        view = look_at(sheet)
        notices += notices_of(sheet, view)
        if sheet.hidden or not view.by_row:
            continue
        found, printed = lay_out(view, sheet.name, top, vocabulary)
        items += found
        words += printed
        top += view.rows[-1] + 1
        width = max(width, view.columns[-1] + 1)
    if not items:
        said = "; ".join(notice.detail for notice in notices)
        raise DocumentError(
            "no_text",
            said or f"{count} sheet(s), {hidden} hidden; expected a visible one that holds text",
        )
    yield Page(
        number=None,
        width=float(width),
        height=float(top),
        route="sheet",
        items=tuple(items),
        words=tuple(words),
        notices=tuple(notices),
    )


def _read_sheets(path: Path) -> Iterator[WorkSheet]:
    form = find_format(path)
    if form == "xls":
        return read_xls(path)
    if form == "html":
        raise DocumentError(
            "not_a_workbook",
            "the file is a web page under the name of a workbook; give it the ending .html",
        )
    check_archive(path)
    return read_xlsx(path)

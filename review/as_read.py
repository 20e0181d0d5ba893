"""A table as it was read, as HTML: cells in their rows and columns, with what is known of each."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import escape

from review.rows import Cell
from review.visible import visible

_CLASSES = {"amount": "amount", "header": "head", "index": "index", "code": "code"}
_NAMED = frozenset({"amount", "name", "text"})
"""Roles of cells that are pointed at; an anchor for each cell would double the page."""

_SPECIAL = re.compile("[<>&'\"]")

_MOST_SPANNED = 200
"""No printed cell goes over more rows or columns."""


def anchor(cell_id: str) -> str:
    """Name a cell within the page of its document: what follows the document's id.

    >>> anchor("324795c7efce9893ca94dcfcc6bd8e1e:t6:r33:c2")
    't6-r33-c2'
    """
    return cell_id.partition(":")[2].replace(":", "-")


def table_html(cells: Sequence[Cell], findings: Mapping[str, str]) -> str:
    """Write a table's cells, given row by row; ``findings`` says which finding is about which cell.

    A place of the grid without a cell is left empty, so that columns stay below each other.
    """
    parts = ['<table class="grid">']
    wide = max((cell.column_no + cell.column_span for cell in cells), default=1)
    taken: dict[int, int] = {}
    for row_no, row in groupby(cells, key=_row_no):
        parts.append("<tr>")
        column_no = 1
        for cell in row:
            _fill(parts, taken, row_no, column_no, cell.column_no)
            column_no = cell.column_no + 1
            parts.append(_cell_html(cell, findings))
            if cell.row_span > 1 or cell.column_span > 1:
                column_no = cell.column_no + min(cell.column_span, _MOST_SPANNED)
                last = row_no + min(cell.row_span, _MOST_SPANNED) - 1
                taken.update(dict.fromkeys(range(cell.column_no, column_no), last))
        _fill(parts, taken, row_no, column_no, min(wide, _MOST_SPANNED))
        parts.append("</tr>\n")
    parts.append("</table>")
    return "".join(parts)


def _row_no(cell: Cell) -> int:
    return cell.row_no


def _fill(parts: list[str], taken: dict[int, int], row_no: int, start: int, end: int) -> None:
    """Leave places of a row empty, except those that a cell of a row above goes over."""
    for column_no in range(start, end):
        if taken.get(column_no, 0) < row_no:
            parts.append("<td></td>")


def _cell_html(cell: Cell, findings: Mapping[str, str]) -> str:
    text = _escaped(cell.text)
    kind = _CLASSES.get(cell.role, "")
    more = ""
    if cell.quarantine_reason:
        kind += " quarantined"
        more = f' title="{_escaped(cell.quarantine_reason)}"'
    elif cell.reading in ("resolved", "confirmed"):
        kind += f" {cell.reading}"
    if cell.cell_id in findings:
        kind += " found"
        text = f'<a href="../findings/{findings[cell.cell_id]}.html">{text}</a>'
    if cell.row_span > 1:
        more += f" rowspan={min(cell.row_span, _MOST_SPANNED)}"
    if cell.column_span > 1:
        more += f" colspan={min(cell.column_span, _MOST_SPANNED)}"
    if cell.role in _NAMED:
        more += f' id="{_escaped(anchor(cell.cell_id))}"'
    if kind:
        more += f' class="{kind.strip()}"'
    return f"<td{more}>{text}</td>"


def _escaped(text: str) -> str:
    # nearly all text needs none of it, and is told so quickly
    if text.isprintable() and not _SPECIAL.search(text):
        return text
    return str(escape(visible(text)))

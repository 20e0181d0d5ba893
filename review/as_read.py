"""A table as it was read, as HTML: cells in their rows and columns, with what is known of each."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import escape

from review.rows import Cell
from review.visible import visible

_CLASSES = {"amount": "amount", "header": "head", "index": "index", "code": "code"}
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
    taken: dict[int, int] = {}
    for row_no, row in groupby(cells, key=lambda cell: cell.row_no):
        parts.append("<tr>")
        column_no = 1
        for cell in row:
            while column_no < cell.column_no:
                if taken.get(column_no, 0) < row_no:
                    parts.append("<td></td>")
                column_no += 1
            parts.append(_cell_html(cell, findings.get(cell.cell_id)))
            wide = min(max(cell.column_span, 1), _MOST_SPANNED)
            for spanned in range(cell.column_no, cell.column_no + wide):
                taken[spanned] = row_no + min(max(cell.row_span, 1), _MOST_SPANNED) - 1
            column_no = max(column_no, cell.column_no + wide)
        parts.append("</tr>\n")
    parts.append("</table>")
    return "".join(parts)


def _cell_html(cell: Cell, finding_id: str | None) -> str:
    classes = [_CLASSES[cell.role]] if cell.role in _CLASSES else []
    title = ""
    if cell.quarantine_reason:
        classes.append("quarantined")
        title = f' title="{escape(visible(cell.quarantine_reason))}"'
    elif cell.reading in ("resolved", "confirmed"):
        classes.append(cell.reading)
    text = str(escape(visible(cell.text)))
    if finding_id is not None:
        classes.append("found")
        text = f'<a href="../findings/{finding_id}.html">{text}</a>'
    spans = f" rowspan={min(cell.row_span, _MOST_SPANNED)}" if cell.row_span > 1 else ""
    spans += f" colspan={min(cell.column_span, _MOST_SPANNED)}" if cell.column_span > 1 else ""
    # only amounts are pointed at: an anchor per cell would double the page
    named = (
        f' id="{escape(anchor(cell.cell_id))}"' if cell.role in ("amount", "name", "text") else ""
    )
    kind = f' class="{" ".join(classes)}"' if classes else ""
    return f"<td{named}{kind}{spans}{title}>{text}</td>"

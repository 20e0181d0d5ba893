"""What of a sheet can be seen: its cells without hidden rows and columns, with their spans."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.conservation import figures_of
from extract.errors import DocumentError
from extract.office.workbook import Place, SheetCell, Span, WorkSheet, cell_name, column_name
from extract.page import Notice

MOST_PLACES = 400_000
"""A sheet has no more visible rows × columns with text between them."""

MOST_SPAN = 200
"""A merged cell that goes over more rows or columns does not make the sheet larger."""

_MOST_NAMED = 12


@dataclass(frozen=True)
class Seen:
    """A visible cell: place and span in visible rows and columns, text, doubt, any border."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    doubt: str
    ruled: bool


@dataclass
class View:
    """The visible cells of a sheet that hold text or are ruled, by row.

    ``rows`` and ``columns`` are the places in the sheet of what is visible, in order.
    """

    rows: Sequence[int]
    columns: Sequence[int]
    by_row: dict[int, list[Seen]] = field(default_factory=dict)

    def cells(self) -> Iterator[Seen]:
        """All cells, row by row."""
        for row in sorted(self.by_row):
            yield from self.by_row[row]


def look_at(sheet: WorkSheet) -> View:
    """The visible part of a sheet, as far as it holds text.

    Raises DocumentError (`broken_file`) where merged cells lie over each other.
    """
    last_row, last_column = _ends(sheet)
    rows = [row for row in range(last_row + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(last_column + 1) if column not in sheet.hidden_columns]
    view = View(rows, columns)
    if len(rows) * len(columns) > MOST_PLACES:
        return view
    covered = _covered(sheet, last_row, last_column)
    done: set[Span] = set()
    for row_at, row in enumerate(rows):
        for column_at, column in enumerate(columns):
            span = covered.get((row, column))
            if span in done:
                continue
            tall = wide = 1
            if span is not None:
                done.add(span)
                tall = bisect_left(rows, span.end_row) - row_at
                wide = bisect_left(columns, span.end_column) - column_at
            cell = sheet.cells.get((span.row, span.column) if span else (row, column))
            if cell is not None or span is not None:
                text, doubt, ruled = cell or SheetCell("")
                view.by_row.setdefault(row_at, []).append(
                    Seen(row_at, column_at, tall, wide, text.strip(), doubt, ruled)
                )
    return view


def _ends(sheet: WorkSheet) -> tuple[int, int]:
    """The last row and column that count: a title may be merged far over what its table has."""
    filled = {place for place, cell in sheet.cells.items() if cell.text.strip() or cell.doubt}
    in_row = Counter(row for row, _ in filled)
    last_row = max((row for row, _ in filled), default=-1)
    last_column = max((column for _, column in filled), default=-1)
    for span in sheet.spans:
        if (span.row, span.column) not in filled:
            continue
        if span.end_row - span.row <= MOST_SPAN:
            last_row = max(last_row, span.end_row - 1)
        if span.end_column - span.column <= MOST_SPAN and in_row[span.row] > 1:
            last_column = max(last_column, span.end_column - 1)
    return last_row, last_column


def _covered(sheet: WorkSheet, last_row: int, last_column: int) -> dict[Place, Span]:
    """The merged cell over each place that has one."""
    covered: dict[Place, Span] = {}
    for span in sheet.spans:
        for row in range(span.row, min(span.end_row, last_row + 1)):
            for column in range(span.column, min(span.end_column, last_column + 1)):
                if (row, column) in covered:
                    raise DocumentError(
                        "broken_file",
                        f"sheet {sheet.name!r} has two merged cells over "
                        f"{cell_name(row, column)}; save the workbook again",
                    )
                covered[row, column] = span
    return covered


def notices_of(sheet: WorkSheet, view: View) -> Iterator[Notice]:
    """What of a sheet is not published, each with the reason, in one line."""
    name = f"sheet {sheet.name!r}"
    if sheet.unread:
        yield Notice("too_large", f"{name} has {sheet.unread}; delete empty rows and columns")
    if sheet.hidden:
        count = _figures(sheet.cells.values())
        if count or any(cell.text for cell in sheet.cells.values()):
            yield Notice(
                "hidden_part", f"{name} is hidden; the {count} figures on it are not published"
            )
        return
    if len(view.rows) * len(view.columns) > MOST_PLACES:
        yield Notice(
            "too_large",
            f"{name} has text up to {cell_name(view.rows[-1], view.columns[-1])}; at most "
            f"{MOST_PLACES:,} places are read",
        )
        return
    for rows, what in ((True, "rows"), (False, "columns")):
        hidden = sheet.hidden_rows if rows else sheet.hidden_columns
        held = {
            place: cell
            for place, cell in sheet.cells.items()
            if place[0 if rows else 1] in hidden
            and (rows or place[0] not in sheet.hidden_rows)
            and cell.text.strip()
        }
        if held:
            numbers = sorted({place[0 if rows else 1] for place in held})
            names = [str(at + 1) if rows else column_name(at) for at in numbers]
            yield Notice(
                "hidden_part",
                f"{what} {_list(names)} of {name} are hidden; the {_figures(held.values())} "
                "figures in them are not published",
            )
    missing = [
        cell_name(view.rows[cell.row], view.columns[cell.column])
        for cell in view.cells()
        if cell.doubt == "formula_without_value"
    ]
    if missing:
        yield Notice(
            "formula_without_value",
            f"{_list(missing)} of {name}: formulas without a stored value, or with an error; open "
            "the workbook in a spreadsheet program and save it",
        )


def _figures(cells: Iterable[SheetCell]) -> int:
    return sum(len(figures_of(cell.text)) for cell in cells if cell.text)


def _list(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

"""A visible sheet cut into lines (titles, units, notes) and grids (tables), from top to bottom.

Borders say what belongs to a table where the sheet has any. Without them a row with one text is a
line where it stands above a table, goes over most of it, or says what only lines say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.figures import is_amount
from extract.office.visible import Seen, View
from extract.page import FILE_ORIGIN, Box, Grid, GridCell, Line, Word
from extract.text import trim
from extract.titles import (
    find_agency,
    find_heading,
    find_unit,
    is_note,
    is_table_number,
    is_title_like,
    title_kind,
)
from extract.vocabulary import Vocabulary

_MOST_SAID = 3
"""A line has no more cells with text."""


@dataclass
class _Block:
    """A table's rows, with the rows of lines above it."""

    above: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def lay_out(
    view: View, name: str, top: int, vocabulary: Vocabulary
) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a sheet, and the words of its grids, as its cells show them.

    Boxes count in columns and rows of the sheet, its first row at ``top``. The ``name`` of the
    sheet is a line of its own where no title stands on it.
    """
    kinds = _row_kinds(view, vocabulary)
    blocks = _blocks(view, kinds)
    items: list[Line | Grid] = []
    words: list[Word] = []
    for block in blocks:
        parts = _side_by_side(view, block, vocabulary)
        if not parts:
            items += [_line(view, view.by_row[row], top) for row in block.above]
            if block.rows:
                items.append(_grid(view, block.rows, range(len(view.columns)), top))
            continue
        for part in parts:
            for row in block.above:
                texts = [cell for cell in view.by_row[row] if cell.text]
                own = [cell for cell in texts if cell.column in part]
                if own or len(texts) == 1:
                    items.append(_line(view, own or texts, top))
            items.append(_grid(view, block.rows, part, top))
    for item in items:
        if isinstance(item, Grid):
            words += [
                Word(trim(line).replace(" ", "") if is_amount(line) else trim(line), cell.box)
                for cell in item.cells
                for line in cell.lines
                if cell.box is not None
            ]
    if any(isinstance(item, Grid) for item in items) and not _is_titled(items, vocabulary):
        items.insert(0, Line(name, Box(0.0, float(top), 1.0, float(top))))
    return items, words


def _is_titled(items: Sequence[Line | Grid], vocabulary: Vocabulary) -> bool:
    """True if a line, or a row with one text in a grid, is the title of a known table."""
    for item in items:
        if isinstance(item, Line):
            if find_heading([item.text], vocabulary).title:
                return True
            continue
        for row in item.by_row():
            texts = [cell.text for cell in row if cell.text]
            if len(texts) == 1 and find_heading(texts, vocabulary).title:
                return True
    return False


def _row_kinds(view: View, vocabulary: Vocabulary) -> dict[int, str]:
    """`line`, `table` or `single` (one text, without borders to tell) for rows that hold text.

    Empty rows of a table (ruled, or under a cell that goes on from above) are `table`, too.
    """
    covered = {
        row
        for cell in view.cells()
        if cell.text and cell.row_span > 1
        for row in range(cell.row + 1, cell.row + cell.row_span)
    }
    reaching = {cell.row for cell in view.cells() if cell.row_span > 1 and cell.text} | covered
    ruled = any(cell.ruled and cell.text for cell in view.cells())
    kinds: dict[int, str] = {}
    for row, cells in view.by_row.items():
        texts = [cell for cell in cells if cell.text or cell.doubt]
        if not texts:
            if row in covered or any(cell.ruled for cell in cells):
                kinds[row] = "table"
            continue
        is_table = row in covered or (row in reaching and len(texts) > 1)
        if is_table or any(is_amount(cell.text) or cell.doubt for cell in texts):
            kinds[row] = "table"
        elif ruled:
            bare = len(texts) <= _MOST_SAID and not any(cell.ruled for cell in cells)
            kinds[row] = "line" if bare else "table"
        elif _says_line(view, texts, vocabulary):
            kinds[row] = "line"
        else:
            kinds[row] = "single" if len(texts) == 1 else "table"
    for row in covered:
        kinds.setdefault(row, "table")
    return kinds


def _says_line(view: View, texts: Sequence[Seen], vocabulary: Vocabulary) -> bool:
    """True for what only lines say, in a sheet without borders."""
    if len(texts) > _MOST_SAID:
        return False
    wide = texts[0].column_span * 2 > len(view.columns) and len(view.columns) > 1
    if len(texts) == 1 and (wide or is_note(texts[0].text)):
        return True
    return all(
        find_unit(cell.text)
        or find_agency(cell.text)
        or is_table_number(cell.text)
        or (is_title_like(cell.text) and title_kind(cell.text, vocabulary) is not None)
        for cell in texts
    )


def _blocks(view: View, kinds: dict[int, str]) -> list[_Block]:
    """The rows of a sheet, as tables with the lines above each.

    Empty rows do not end a table; a line does, and so does, behind an empty row, a row of several
    words without a figure, where the table has figures already: the header of another.
    """
    blocks = [_Block()]
    figures = False
    before = -1
    for row in sorted(kinds):
        gap, kind = row > before + 1 and before >= 0, kinds[row]
        texts = [cell for cell in view.by_row.get(row, ()) if cell.text]
        holds = any(is_amount(cell.text) or cell.doubt for cell in texts)
        last = blocks[-1]
        if kind == "single":
            kind = "line" if not last.rows or (gap and _heads(kinds, row)) else "table"
        if kind == "line":
            if last.rows:
                blocks.append(_Block())
            blocks[-1].above.append(row)
            figures = False
        else:
            if last.rows and gap and figures and not holds and len(texts) > 1:
                blocks.append(_Block())
                figures = False
            blocks[-1].rows.append(row)
            figures = figures or holds
        before = row
    for block in blocks:
        while block.rows and not any(cell.text for cell in view.by_row.get(block.rows[-1], ())):
            block.rows.pop()
    return [block for block in blocks if block.rows or block.above]


def _heads(kinds: dict[int, str], row: int) -> bool:
    """True if rows with one text, from this one on, stand right above a table."""
    while kinds.get(row) in ("single", "line"):
        row += 1
    return kinds.get(row) == "table"


def _side_by_side(view: View, block: _Block, vocabulary: Vocabulary) -> list[range]:
    """The columns of tables that stand beside each other, each under a title of its own."""
    titles: list[Seen] = []
    for row in block.above:
        found = [
            cell
            for cell in view.by_row[row]
            if is_title_like(cell.text) and title_kind(cell.text, vocabulary)
        ]
        if len(found) > 1:
            titles = found
    if not titles or not block.rows:
        return []
    filled = {
        column
        for row in block.rows
        for cell in view.by_row.get(row, ())
        if cell.text
        for column in range(cell.column, cell.column + cell.column_span)
    }
    starts = [0]
    for title in titles[1:]:
        gaps = [at for at in range(starts[-1], title.column + 1) if at not in filled]
        starts.append(gaps[-1] + 1 if gaps else title.column)
    ends = [*starts[1:], len(view.columns)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _line(view: View, cells: Sequence[Seen], top: int) -> Line:
    """A row of texts outside of a table, as one line."""
    texts = [cell for cell in cells if cell.text]
    text = " ".join(trim(cell.text) for cell in texts)
    row = top + view.rows[texts[0].row]
    last = texts[-1]
    end = view.columns[min(last.column + last.column_span, len(view.columns)) - 1] + 1
    return Line(text, Box(float(view.columns[texts[0].column]), row, float(end), row + 1.0))


def _grid(view: View, rows: Sequence[int], columns: range, top: int) -> Grid:
    """The grid of a table; columns without text at its sides, and wholly empty ones, are left out.

    A merged cell is one cell, as far as it lies within the table.
    """
    inside = [cell for row in rows for cell in view.by_row.get(row, ()) if cell.column in columns]
    used = sorted(
        {
            column
            for cell in inside
            if cell.text or cell.doubt
            for column in _own_columns(cell, inside, columns)
        }
    )
    row_at = {row: at for at, row in enumerate(rows)}
    held: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for cell in inside:
        down = [row_at[row] for row in range(cell.row, cell.row + cell.row_span) if row in row_at]
        across = [
            at for at, column in enumerate(used) if 0 <= column - cell.column < cell.column_span
        ]
        if not across:
            continue
        held |= {(y, x) for y in down for x in across}
        lines = tuple(text for part in cell.text.splitlines() if (text := trim(part)))
        cells.append(_boxed(view, rows, used, (down, across), lines, cell.doubt, top))
    for y in range(len(rows)):
        for x in range(len(used)):
            if (y, x) not in held:
                cells.append(_boxed(view, rows, used, ([y], [x]), (), "", top))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    box = Box(
        float(view.columns[used[0]]),
        float(top + view.rows[rows[0]]),
        float(view.columns[used[-1]] + 1),
        float(top + view.rows[rows[-1]] + 1),
    )
    return Grid(len(rows), len(used), tuple(cells), box, FILE_ORIGIN)


def _own_columns(cell: Seen, inside: Sequence[Seen], columns: range) -> Iterator[int]:
    """The columns that a cell with text gives to its table: a header over blank ones gives all."""
    reach = range(cell.column, min(cell.column + cell.column_span, columns.stop))
    alone = not any(other is not cell and other.row == cell.row and other.text for other in inside)
    yield from reach[:1] if alone else reach


def _boxed(
    view: View,
    rows: Sequence[int],
    columns: Sequence[int],
    places: tuple[list[int], list[int]],
    lines: tuple[str, ...],
    doubt: str,
    top: int,
) -> GridCell:
    down, across = places
    box = Box(
        float(view.columns[columns[across[0]]]),
        float(top + view.rows[rows[down[0]]]),
        float(view.columns[columns[across[-1]]] + 1),
        float(top + view.rows[rows[down[-1]]] + 1),
    )
    tops = tuple(box.y0 for _ in lines)
    return GridCell(down[0], across[0], len(down), len(across), lines, box, tops, doubt=doubt)

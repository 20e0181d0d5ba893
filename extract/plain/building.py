"""Grids of tables with tabs: figures in their columns, split ones joined, the rest in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.figures import decimals, is_amount
from extract.page import Box, Grid, GridCell, Line, Settled, Word
from extract.plain.evidence import fund_word
from extract.plain.header import Path, header_cells, loose_header, text_cell
from extract.plain.layout import load_tokens
from extract.plain.mending import Checker, Mended, join_pieces, pieces_of
from extract.plain.shape import Fit
from extract.plain.sums import Sum, sums_of
from extract.text import has_chinese, squeeze

FEWEST_WORDS = 3
"""A header of columns of figures has so many words of them."""
_HALF_TOTAL = re.compile(r"[^\u4e00-\u9fff0-9]{1,2}计")


@dataclass(frozen=True)
class Block:
    """A run of lines with tabs: ``rows`` of cells, the first one from line ``start``."""

    start: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A block that is understood: header, body rows and where they stand in the text.

    With a ``fit`` the columns are those of its shape and ``paths`` their words; without one they
    are the columns of the block.
    """

    block: Block
    header: tuple[tuple[str, ...], ...]
    body: tuple[tuple[Mended, ...], ...]
    aligned: tuple[bool, ...]
    fit: Fit | None
    paths: tuple[Path, ...]
    resolved: tuple[bool, ...]


def _sums(fit: Fit, paths: Sequence[Path]) -> tuple[Sum, ...]:
    """The sums that the header promises for each row."""
    return sums_of(paths, [fit.shape.is_amount(column) for column in range(len(paths))])


def row_checker(fit: Fit, paths: Sequence[Path]) -> Checker:
    """Tells for the figures of a row by column whether the sums of the header hold."""
    sums = _sums(fit, paths)

    def holds(values: Sequence[Decimal | None]) -> bool | None:
        checks = [check for item in sums if (check := item.holds(values)) is not None]
        return all(checks) if checks else None

    return holds


def absent_funds(tables: Sequence[Table]) -> frozenset[str]:
    """Funds of which the income table, which holds all money, prints no figure but zero."""
    seen: set[str] = set()
    used: set[str] = set()
    for table in tables:
        if table.fit is None or table.fit.fused or not table.fit.shape.name.startswith("income"):
            continue
        for column, path in enumerate(table.paths):
            word = fund_word(path[-1])
            if not word or not table.body:
                continue
            seen.add(word)
            values = [row[column].value for row in table.body]
            if any(values) or any(row[column].doubt for row in table.body):
                used.add(word)
    return frozenset(seen - used)


def build_grid(table: Table, absent: frozenset[str] = frozenset()) -> Grid:
    """The grid of a table: header with spans, every figure in its column, blanks empty."""
    line = table.block.start
    if table.fit is None:
        width = len(table.header[0]) if table.header else len(table.body[0])
        cells = loose_header(table.header, line, figures=_names_figures(table.header))
        top = len(table.header)
    else:
        width = len(table.paths)
        cells = header_cells(table.paths, table.resolved, line) if table.header else []
        top = max(len(path) for path in table.paths) if table.header else 0
    usual = _usual_decimals(table)
    for number, row in enumerate(table.body):
        at = line + len(table.header) + number
        settled = _settle(table, row, usual, absent)
        if not table.aligned[number]:
            settled = [
                replace(cell, doubt="ambiguous_column") if is_amount(cell.text) else cell
                for cell in settled
            ]
        cells += [
            text_cell(
                top + number,
                column,
                cell.text,
                at,
                cell.reading,
                doubt=cell.doubt,
                settled=cell.settled,
            )
            for column, cell in enumerate(settled)
        ]
    rows = top + len(table.body)
    box = Box(0.0, float(line), float(width), float(line + len(table.header) + len(table.body)))
    return Grid(rows, width, tuple(cells), box, "tabbed")


def _names_figures(header: Sequence[Sequence[str]]) -> bool:
    """True for a header with several words of columns of figures: forms have none."""
    tokens = load_tokens()
    words = {squeeze(cell) for row in header for cell in row if cell}
    return sum(1 for word in words if word in tokens and tokens[word].is_amount) >= FEWEST_WORDS


def _usual_decimals(table: Table) -> int:
    """How many decimals the figures of a table have, most of them; codes are no figures."""
    counts = Counter(
        decimals(cell.text)
        for row in table.body
        for at, cell in enumerate(row)
        if is_amount(cell.text) and (_is_amount_column(table, at) or "." in cell.text)
    )
    return max(counts, key=lambda count: counts[count]) if counts else 0


def _is_amount_column(table: Table, at: int) -> bool:
    return table.fit is not None and table.fit.shape.is_amount(table.fit.spans[at][0])


def _settle(
    table: Table, row: Sequence[Mended], usual: int, absent: frozenset[str]
) -> list[Mended]:
    """The cells of a row in the columns of the table, split figures joined."""
    if table.fit is None:
        return [
            replace(cell, doubt="split_figure")
            if _is_piece(row, column, usual) or _is_piece(row, column - 1, usual)
            else cell
            for column, cell in enumerate(row)
        ]
    placed = _unfuse(table.fit, row, absent, table.paths)
    sums = _sums(table.fit, table.paths)
    placed = _mend_total(table, placed)
    inside = sorted({column for item in sums for column in (item.total, *item.parts)})
    holds = row_checker(table.fit, table.paths)
    joined = join_pieces(placed, inside, usual, holds)
    damaged = any(cell.text and cell.reading == "resolved" for cell in joined)
    if damaged and not table.fit.fused and holds([cell.value for cell in joined]) is False:
        return [
            replace(cell, doubt=cell.doubt or "ambiguous_column") if is_amount(cell.text) else cell
            for cell in joined
        ]
    return joined


def _mend_total(table: Table, row: list[Mended]) -> list[Mended]:
    """A row whose only label is the damaged rest of 合计, over the largest figures of the table.

    A merged cell may be cut between columns (``É`` | ``计``): the word is put together in the
    first of them.
    """
    assert table.fit is not None
    labels = [column for column in range(len(row)) if not table.fit.shape.is_amount(column)]
    full = [column for column in labels if row[column].text]
    if not full or not _HALF_TOTAL.fullmatch(squeeze("".join(row[column].text for column in full))):
        return row
    for column, cell in enumerate(row):
        others = [other[at].value for other in table.body for at in _places(table.fit, column)]
        if (
            column not in labels
            and cell.value is not None
            and any(value is not None and value > cell.value for value in others)
        ):
            return row
    mended = [replace(cell, text="") if column in full else cell for column, cell in enumerate(row)]
    mended[full[0]] = Mended("合计", "resolved")
    return mended


def _places(fit: Fit, column: int) -> list[int]:
    """The columns of the block that hold a column of the shape."""
    return [at for at, (start, stop) in enumerate(fit.spans) if start <= column < stop]


def _is_piece(row: Sequence[Mended], column: int, usual: int) -> bool:
    return (
        0 <= column < len(row) - 1
        and pieces_of(row, column, usual)
        and decimals(row[column].text) < usual
    )


def _unfuse(
    fit: Fit, row: Sequence[Mended], absent: frozenset[str], paths: Sequence[Path]
) -> list[Mended]:
    """A row of the block in the columns of the shape.

    A figure in a column of the block that holds several columns of the shape goes to the only one
    whose fund the document has; where that is not one, it stays in doubt.
    """
    cells = [Mended("")] * len(fit.shape.paths)
    for (start, stop), cell in zip(fit.spans, row, strict=True):
        if stop - start == 1 or not cell.text:
            cells[start] = cell
            continue
        left = [
            column for column in range(start, stop) if fund_word(paths[column][-1]) not in absent
        ]
        if len(left) == 1 and cell.value is not None:
            word = squeeze(paths[left[0]][-1])
            why = f"of the columns that share the cell, the document has money of {word} alone"
            cells[left[0]] = replace(cell, reading="resolved", settled=Settled("blank_column", why))
        else:
            cells[start] = replace(cell, doubt="ambiguous_column")
    return cells


def grid_words(item: Line | Grid) -> Iterator[Word]:
    """The words of a grid: a whole figure is one, whatever spaces it has inside.

    Lines are their own account; their words are not given again.
    """
    if isinstance(item, Grid):
        for cell in item.cells:
            yield from _cell_words(cell)


def _cell_words(cell: GridCell) -> Iterator[Word]:
    if cell.box is None or not cell.text:
        return
    whole = is_amount(cell.text) or not has_chinese(cell.text)
    texts = [cell.text.replace(" ", "")] if whole else cell.text.split()
    for text in texts:
        yield Word(text, cell.box)

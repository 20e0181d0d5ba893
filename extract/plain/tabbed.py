"""Text whose table cells are set apart by tabs, with the noise of recognition in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.figures import decimals, is_amount
from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.evidence import fund_word
from extract.plain.header import Path, header_cells, loose_header, text_cell
from extract.plain.mending import (
    Checker,
    Mended,
    join_pieces,
    mend_text,
    narrow_row,
    pieces_of,
    spread_row,
)
from extract.plain.shape import Fit, fit_shape
from extract.plain.sums import Sum, sums_of
from extract.plain.wording import column_paths, is_header_word
from extract.text import has_chinese, squeeze, trim

_MARKS = re.compile(r"^#+\s*|^\s*-\s+|\*\*|</?[a-z]+/?>")
_RULE = re.compile(r"[\s|:\-]+")
_UNIT = re.compile(r"^[^0-9]{0,6}[:：][^0-9]*[元兀亓九]$|^[^0-9]{1,6}[:：]$|^[:：]?[^0-9]?[元兀]$")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十廿]+[）)、]")
_HALF_TOTAL = re.compile(r"[^\u4e00-\u9fff0-9]{1,2}计")
_YEAR = re.compile(r"20[0-9]{2}", re.ASCII)
_CODE = re.compile(r"[0-9]{2,}[0-9A-Z]*", re.ASCII)


TABBED_SHARE = 0.03
"""Fewer lines with tabs than this share are no sign of tables."""
MAX_HEADER = 6
"""Headers have no more rows than this."""


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


def is_tabbed(lines: Sequence[str]) -> bool:
    """True if the text sets its cells apart by tabs (or by bars, as Markdown does).

    A stray tab or two in a long text are none.
    """
    full = sum(1 for line in lines if line.strip())
    return sum(1 for line in lines if _cells(line)) >= max(2, TABBED_SHARE * full)


def read_tabbed(lines: Sequence[str]) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a text with tabs between cells, and the words of both."""
    parts = list(_parts(lines))
    tables = [part for part in parts if isinstance(part, Table)]
    absent = absent_funds(tables)
    items: list[Line | Grid] = []
    words: list[Word] = []
    for part in parts:
        item = build_grid(part, absent) if isinstance(part, Table) else part
        items.append(item)
        words += _words(item)
    return items, words


def _parts(lines: Sequence[str]) -> Iterator[Line | Table]:
    rows: list[tuple[str, ...]] = []
    last: Table | None = None
    for number, line in enumerate([*lines, ""]):
        if _RULE.fullmatch(line) and "|" in line:
            continue
        cells = _cells(line)
        if cells:
            rows.append(cells)
            continue
        if rows:
            block = Block(number - len(rows), tuple(rows))
            for part in _read_block(block, last):
                last = part if isinstance(part, Table) else last
                yield part
            rows = []
        text = trim(_MARKS.sub("", line))
        if text:
            yield _line(text, number)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line of a table; none where it is no such line."""
    bare = line.strip(" \r")
    if "\t" in bare:
        return tuple(trim(cell) for cell in bare.split("\t"))
    if bare.count("|") > 2 and bare[0] == bare[-1] == "|" and not _RULE.fullmatch(bare):
        return tuple(trim(cell) for cell in bare[1:-1].split("|"))
    return ()


def _line(text: str, number: int) -> Line:
    return Line(text, Box(0.0, float(number), 1.0, float(number + 1)))


def _read_block(block: Block, last: Table | None) -> Iterator[Line | Table]:
    """The lines that a block holds by mistake (units), then its table."""
    if len(block.rows) == 1 and not any(is_amount(cell) for cell in block.rows[0]):
        yield _line(" ".join(cell for cell in block.rows[0] if cell), block.start)
        return
    rows = [[_MARKS.sub("", cell).replace("_", "").strip() for cell in row] for row in block.rows]
    depth = _header_depth(rows)
    first = 0
    while first < depth and _is_unit_row(rows[first]):
        text = " ".join(cell for cell in rows[first] if cell)
        if text:
            yield _line(text, block.start + first)
        first += 1
    for row in range(first, depth):
        for column, text in enumerate(rows[row]):
            stray = row == first and column >= len(rows[row]) - 2 and _is_unit(text)
            year = _YEAR.fullmatch(text) and "".join(rows[row][column + 1 :]).startswith("年")
            if stray or (text and is_amount(text) and not year):
                yield _line(text, block.start + row)
                rows[row][column] = ""
    if first == len(rows):
        return
    yield _understand(replace(block, start=block.start + first), rows[first:], depth - first, last)


def _is_unit(text: str) -> bool:
    return bool(_UNIT.match(squeeze(text)))


def _is_unit_row(row: Sequence[str]) -> bool:
    """A row of nothing but a unit at its right end, however it was misread."""
    full = [column for column, cell in enumerate(row) if cell]
    return (
        bool(len(row) > 2)
        and len(full) <= 2
        and all(column >= len(row) - 2 for column in full)
        and not any(is_header_word(row[column]) for column in full)
    )


def _header_depth(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first one with a figure, a code or a numbered label.

    A row with two words of headers is no body row, nor is any above it: recognition finds
    figures in header words.
    """
    first = 0
    for index, row in enumerate(rows[:MAX_HEADER]):
        if sum(1 for cell in row if is_header_word(cell)) >= 2:
            first = index + 1
    for index, row in enumerate(rows[first:], start=first):
        if index == 0 and _is_unit_row(row):
            continue
        cells = [cell for cell in row if cell]
        if any(is_amount(cell) or _ORDINAL.match(cell) for cell in cells):
            return index
        if cells and _CODE.fullmatch(cells[0]):
            return index
    return len(rows)


def _understand(
    block: Block, rows: Sequence[Sequence[str]], depth: int, last: Table | None
) -> Table:
    lengths = Counter(len(row) for row in rows)
    width = max(lengths, key=lambda length: (lengths[length], length))
    header = tuple(tuple(_fill(row, width)) for row in rows[:depth])
    fit: Fit | None = None
    paths: tuple[Path, ...] = ()
    resolved: tuple[bool, ...] = ()
    if header:
        stacks = [
            tuple(text for row in header if (text := squeeze(row[column])))
            for column in range(width)
        ]
        fit = fit_shape(stacks)
        if fit is not None:
            paths, resolved = column_paths(fit, header)
    elif last is not None and last.fit is not None and len(last.fit.spans) == width:
        fit, paths, resolved = last.fit, last.paths, last.resolved
    body: list[tuple[Mended, ...]] = []
    aligned: list[bool] = []
    for row in rows[depth:]:
        cells = tuple(mend_text(cell) for cell in row)
        filled = tuple(mend_text(cell) for cell in _fill(row, width))
        mended: tuple[Mended, ...] | None = filled if len(row) == width else None
        if fit is not None and not fit.fused and len(row) == width - 1:
            mended = spread_row(cells, _checker(fit, paths))
        elif fit is not None and not fit.fused and len(row) == width + 1:
            mended = narrow_row(cells, _checker(fit, paths))
        aligned.append(mended is not None)
        body.append(mended or filled)
    return Table(block, header, tuple(body), tuple(aligned), fit, paths, resolved)


def _sums(fit: Fit, paths: Sequence[Path]) -> tuple[Sum, ...]:
    """The sums that the header promises for each row."""
    return sums_of(paths, [fit.shape.is_amount(column) for column in range(len(paths))])


def _checker(fit: Fit, paths: Sequence[Path]) -> Checker:
    sums = _sums(fit, paths)

    def holds(values: Sequence[Decimal | None]) -> bool | None:
        checks = [check for item in sums if (check := item.holds(values)) is not None]
        return all(checks) if checks else None

    return holds


def _fill(row: Sequence[str], width: int) -> list[str]:
    """A row cut or filled up to a width; what is cut off stays in its last cell."""
    cells = [*row[:width], *[""] * (width - len(row))]
    rest = [cell for cell in row[width:] if cell]
    if rest:
        cells[-1] = " ".join([cells[-1], *rest]).strip()
    return cells


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
        cells = loose_header(table.header, line)
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
            text_cell(top + number, column, cell.text, at, cell.reading, doubt=cell.doubt)
            for column, cell in enumerate(settled)
        ]
    rows = top + len(table.body)
    box = Box(0.0, float(line), float(width), float(line + len(table.header) + len(table.body)))
    return Grid(rows, width, tuple(cells), box, "tabbed")


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
    holds = _checker(table.fit, table.paths)
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
            cells[left[0]] = replace(cell, reading="resolved")
        else:
            cells[start] = replace(cell, doubt="ambiguous_column")
    return cells


def _words(item: Line | Grid) -> Iterator[Word]:
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

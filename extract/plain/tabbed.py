"""Text whose table cells are set apart by tabs, with the noise of recognition in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.figures import is_amount
from extract.page import Box, Grid, Line, Word
from extract.plain.building import Block, Table, absent_funds, build_grid, grid_words, row_checker
from extract.plain.header import Path
from extract.plain.mending import Mended, mend_text, narrow_row, spread_row
from extract.plain.shape import Fit, fit_shape
from extract.plain.wording import column_paths, is_header_word
from extract.text import squeeze, trim

_MARKS = re.compile(r"^#+\s*|^\s*-\s+|\*\*|</?[a-z]+/?>")
_RULE = re.compile(r"[\s|:\-]+")
_UNIT = re.compile(r"^[^0-9]{0,6}[:：][^0-9]*[元兀亓九]$|^[^0-9]{1,6}[:：]$|^[:：]?[^0-9]?[元兀]$")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十廿]+[）)、]")
_COUNT = re.compile(r"栏次|行次|[0-9]{1,2}", re.ASCII)
_YEAR = re.compile(r"20[0-9]{2}", re.ASCII)
_CODE = re.compile(r"[0-9]{2,}[0-9A-Z]*", re.ASCII)


TABBED_SHARE = 0.03
"""Fewer lines with tabs than this share are no sign of tables."""
MAX_HEADER = 6
"""Headers have no more rows than this."""


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
        words += grid_words(item)
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
        if all(_COUNT.fullmatch(text) for text in rows[row] if text):
            continue
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
            mended = spread_row(cells, row_checker(fit, paths))
        elif fit is not None and not fit.fused and len(row) == width + 1:
            mended = narrow_row(cells, row_checker(fit, paths))
        aligned.append(mended is not None)
        body.append(mended or filled)
    return Table(block, header, tuple(body), tuple(aligned), fit, paths, resolved)


def _fill(row: Sequence[str], width: int) -> list[str]:
    """A row cut or filled up to a width; what is cut off stays in its last cell."""
    cells = [*row[:width], *[""] * (width - len(row))]
    rest = [cell for cell in row[width:] if cell]
    if rest:
        cells[-1] = " ".join([cells[-1], *rest]).strip()
    return cells

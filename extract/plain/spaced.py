"""Text whose table cells are set apart by single spaces, so that blank cells vanish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.figures import is_amount
from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.header import header_cells, text_cell
from extract.plain.layout import Layout, likely_layouts, split_words, starts_words
from extract.plain.lines import Row, TextLine, ends_table, is_figure, is_foot, sides_of
from extract.plain.rows import read_rows
from extract.plain.settling import Placed, settle_sections
from extract.text import squeeze, trim

_NUMBERS = re.compile(r"栏次[0-9栏次]*", re.ASCII)
_GLUED = re.compile(r"(?<=元)\s*(?=(?:编制|预算)?(?:部门|单位)(?:名称)?[:：])")
LOOK_BACK = 3
"""So many lines above a header are looked at for words that belong to it."""
MAX_READINGS = 8
"""So many readings of a header are tried on its rows."""
MAX_HEADER = 60
"""A header does not run over more lines than this."""


@dataclass(frozen=True)
class Section:
    """A header and the rows below it. Sections of one ``table`` continue each other.

    ``numbers`` are the words of the row of column numbers (栏次) below the header, ``body`` the
    lines that were read as rows.
    """

    table: int
    start: int
    layout: Layout
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]
    body: tuple[TextLine, ...]


def read_spaced(lines: Sequence[str]) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a text with spaces between cells, and its words."""
    texts = [
        TextLine(number, words) for number, line in enumerate(lines) for words in _cut(line.split())
    ]
    parts = list(_parts(texts))
    sections = [part for part in parts if isinstance(part, Section)]
    placed = settle_sections(
        [(section.table, section.layout, section.rows) for section in sections]
    )
    items: list[Line | Grid] = []
    words: list[Word] = []
    for part in parts:
        if isinstance(part, Section):
            figures = placed.pop(0)
            items.append(build_grid(part, figures))
            words += _words(part, figures)
        else:
            items.append(part)
    return items, words


def _cut(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of a line; 类 款 项 that stand before a row of figures are a line of their own."""
    size = next((at for at, word in enumerate(words) if word not in ("类", "款", "项")), len(words))
    if 2 <= size < len(words):
        yield tuple(words[:size])
        words = words[size:]
    if words:
        yield tuple(words)


def _parts(texts: Sequence[TextLine]) -> Iterator[Line | Section]:
    at = 0
    table = 0
    last: Section | None = None
    while at < len(texts):
        found = find_header(texts, at)
        if found is None:
            if not is_foot(texts[at]):
                last = None
            yield from _lines(texts[at])
            at += 1
            continue
        body, candidates, numbers = found
        stop = body
        while stop < len(texts) and find_header(texts, stop) is None:
            stop += 1
        layout, rows, taken = _best_reading(texts[body:stop], candidates)
        if last is None or last.layout != layout:
            table += 1
        read = texts[body : body + taken]
        lines = tuple(line for line in read if not is_foot(line))
        last = Section(table, texts[at].number, layout, numbers, tuple(rows), lines)
        yield last
        for line in read:
            if is_foot(line):
                yield from _lines(line)
        at = body + taken


def _best_reading(
    lines: Sequence[TextLine], candidates: Sequence[Layout]
) -> tuple[Layout, list[Row], int]:
    """The reading of a header that suits the rows below it: none has a figure too many.

    Among those, one with a row that is printed in full comes first. Where every reading is too
    narrow, the rows of the first one are all in doubt.
    """
    readings = [(layout, *read_rows(lines, layout)) for layout in candidates]
    fitting = [reading for reading in readings if not _overflows(reading[0], reading[1])]
    for layout, rows, taken in fitting:
        if any(_is_full(layout, row) for row in rows):
            return layout, rows, taken
    if fitting:
        return fitting[0]
    layout, rows, taken = readings[0]
    return layout, [replace(row, doubt="ambiguous_column") for row in rows], taken


def _overflows(layout: Layout, rows: Sequence[Row]) -> bool:
    return any(
        len(texts) > len(side.amounts)
        for row in rows
        for texts, side in zip(row.figures, sides_of(layout), strict=False)
    )


def _is_full(layout: Layout, row: Row) -> bool:
    return not row.doubt and any(
        len(texts) == len(side.amounts)
        for texts, side in zip(row.figures, sides_of(layout), strict=False)
        if len(side.amounts) > 1 or len(row.figures) > 1
    )


def _lines(line: TextLine) -> Iterator[Line]:
    """A line, cut where a unit and the name of the agency are glued together."""
    box = Box(0.0, float(line.number), 1.0, float(line.number + 1))
    for text in _GLUED.split(" ".join(line.words)):
        yield Line(trim(text), box)


def find_header(
    texts: Sequence[TextLine], start: int
) -> tuple[int, list[Layout], tuple[str, ...]] | None:
    """A header that begins at a line: where its rows begin, its readings, its column numbers.

    The longest run of lines is taken that is nothing but words of headers, with three of them at
    least; it must be readable as a header with the number of columns that 栏次 counts. Where more
    words of headers stand before or after it, only a part of the header is understood: no header.
    """
    joined = ""
    breaks: set[int] = set()
    found: tuple[int, list[Layout], tuple[str, ...]] | None = None
    if not starts_words(texts[start].bare) or _inside_header(texts, start):
        return None
    reach = start
    for stop in range(start, min(start + MAX_HEADER, len(texts))):
        for word in texts[stop].words:
            joined += squeeze(word)
            breaks.add(len(joined))
        if not starts_words(joined):
            break
        reach = stop + 1
        tokens = split_words(joined, breaks)
        if tokens is None or len(tokens) < 3 or not any(token.is_amount for token in tokens):
            continue
        numbers, body = _column_numbers(texts, stop + 1)
        count = sum(1 for word in numbers if word.isdigit()) or None
        readings = [
            layout
            for layout in likely_layouts(tokens, count)
            if count or _has_names(layout) or _is_bare(texts, body)
        ]
        if readings:
            found = (body, readings[:MAX_READINGS], numbers)
            if count:
                return found
    if found is not None and any(not _is_row_end(texts, at) for at in range(found[0], reach)):
        return None
    return found


def _inside_header(texts: Sequence[TextLine], start: int) -> bool:
    """True if a line just above has words of headers: they would be columns, and are left out."""
    for at in range(start - 1, max(start - 1 - LOOK_BACK, -1), -1):
        bare = texts[at].bare
        if ends_table(texts[at]) or len(bare) > 20 or re.search(r"[0-9:,。]", bare):
            return False
        if not _is_row_end(texts, at) and (
            starts_words(bare) or any(split_words(squeeze(word)) for word in texts[at].words)
        ):
            return True
    return False


def _is_row_end(texts: Sequence[TextLine], at: int) -> bool:
    """True if a line of header words is the label of a row (合计 without figures)."""
    return texts[at].bare in ("合计", "总计", "小计")


def _has_names(layout: Layout) -> bool:
    return any(column.token.family in ("name", "text") for column in layout)


def _is_bare(texts: Sequence[TextLine], at: int) -> bool:
    return at < len(texts) and all(is_figure(word) for word in texts[at].words)


def _column_numbers(texts: Sequence[TextLine], at: int) -> tuple[tuple[str, ...], int]:
    """The words of a row of column numbers at a line, and the line after it."""
    if at >= len(texts) or ends_table(texts[at]):
        return (), at
    words = texts[at].words
    upright = _upright_numbers(texts, at)
    if upright:
        return upright, at + len(upright)
    if _NUMBERS.fullmatch(texts[at].bare):
        if not any(word.isdigit() for word in words) and at + 1 < len(texts):
            return (*words, *texts[at + 1].words), at + 2
        return words, at + 1
    if len(words) > 2 and words == tuple(str(number + 1) for number in range(len(words))):
        return words, at + 1
    return (), at


def _upright_numbers(texts: Sequence[TextLine], at: int) -> tuple[str, ...]:
    """Column numbers that stand one below the other, each on its line; () if there are none."""
    found: list[str] = []
    last = 0
    for line in texts[at : at + MAX_HEADER]:
        word = line.words[0]
        if len(line.words) > 1 or not (word in ("栏次", "行次") or word == str(last + 1)):
            break
        last += word.isdigit()
        found.append(word)
    return tuple(found) if last > 1 else ()


def build_grid(section: Section, placed: Sequence[Placed]) -> Grid:
    """The grid of a section: header with spans, column numbers, rows with their blanks."""
    layout = section.layout
    width = len(layout)
    paths = [column.path for column in layout]
    top = max(len(path) for path in paths)
    cells = header_cells(paths, [False] * width, section.start)
    if section.numbers:
        cells += _numbers_row(section, top)
        top += 1
    line = section.start
    for number, (row, figures) in enumerate(zip(section.rows, placed, strict=True)):
        line = row.line
        cells += _row_cells(row, figures, width, top + number)
    box = Box(0.0, float(section.start), float(width), float(line + 1))
    return Grid(top + len(section.rows), width, tuple(cells), box, "spaced")


def _numbers_row(section: Section, at: int) -> list[GridCell]:
    layout = section.layout
    digits = [word for word in section.numbers if word.isdigit()]
    amounts = [column for column, item in enumerate(layout) if item.token.is_amount]
    columns = amounts
    if len(digits) != len(amounts):
        columns = list(range(len(layout) - len(digits), len(layout)))
    texts = dict(zip(columns, digits, strict=True))
    labels = [side.labels[0] for side in sides_of(layout) if side.labels]
    marked = squeeze("".join(section.numbers)).count("栏次")
    for column in labels[:marked]:
        texts.setdefault(column, "栏次")
    line = section.start
    return [text_cell(at, column, texts.get(column, ""), line) for column in range(len(layout))]


def _row_cells(row: Row, placed: Placed, width: int, at: int) -> list[GridCell]:
    cells: list[GridCell] = []
    column = 0
    while column < width:
        span = row.spans.get(column, 1)
        figure = placed.get(column)
        if figure is not None:
            cells.append(
                text_cell(
                    at,
                    column,
                    figure.text,
                    row.line,
                    figure.reading,
                    doubt=figure.doubt,
                    settled=figure.settled,
                )
            )
        else:
            cells.append(
                text_cell(at, column, row.labels.get(column, ""), row.line, column_span=span)
            )
        column += span
    return cells


def _words(section: Section, placed: Sequence[Placed]) -> Iterator[Word]:
    """The figures of a section as words, each in the cell that holds it.

    A figure of its lines that no cell and no label holds stands in the first column of figures:
    there it is counted, and left over.
    """
    held: Counter[str] = Counter()
    labels: list[str] = []
    for row, figures in zip(section.rows, placed, strict=True):
        labels += row.labels.values()
        for column, figure in figures.items():
            yield Word(figure.text.replace(" ", ""), _cell_box(column, row.line))
            held.update(figure.text.split())
    names = Counter(label for label in labels if is_figure(label))
    first = sides_of(section.layout)[0].amounts[0]
    for line in section.body:
        for word in line.words:
            if held[word]:
                held[word] -= 1
            elif names[word]:
                names[word] -= 1
            elif is_amount(word) and not any(word in label for label in labels):
                yield Word(word, _cell_box(first, section.rows[0].line))


def _cell_box(column: int, line: int) -> Box:
    return Box(float(column), float(line), float(column + 1), float(line + 1))

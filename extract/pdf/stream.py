"""Tables without upright rulings: columns by the white space that all their rows leave.

Careful on purpose: a column whose figures do not line up, that two figures of one row share, or
whose header words cannot be told for certain is in doubt (`ambiguous_column`). A page that goes
on without a header has the columns of the page before where every figure ends as there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.figures import is_amount
from extract.page import Box, Grid, bounds
from extract.pdf.drafts import Draft, finish_cell
from extract.pdf.glyphs import Glyph
from extract.pdf.merged_rows import holds_two_labels
from extract.pdf.paint import Ruling
from extract.pdf.stream_columns import (
    ALIGNED,
    Printed,
    Strip,
    borders_of,
    columns_of,
    crooked_columns,
    em_of,
    fits,
    is_code,
    is_money,
    mixed_columns,
    widened,
)
from extract.pdf.stream_header import Header, read_header
from extract.pdf.stream_rows import BodyRow, body_rows, lacks_group
from extract.pdf.writing import Row, has_separator, lone_figure, rows_of
from extract.titles import is_title_like

DOUBT = "ambiguous_column"
FEWEST_ROWS = 3
"""Rows of figures that show columns by themselves; fewer need a heading that says the unit."""
MOST_HEADER_LINES = 12

_NO_HEADER = re.compile(
    r"单\s*位\s*[:：]|部\s*门\s*[:：]|名\s*称\s*[:：]|编制|填报|表\s*[0-9]*$|^-?\s*[0-9]+\s*-?$|第.*页"
)
_UNIT = re.compile(r"单\s*位\s*[:：]?.*元|[(（]\s*(?:单位[:：]?)?(?:万)?元\s*[)）]")
_ROW_START = re.compile(
    r"[一二三四五六七八九十廿]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.、．](?![0-9])"
    r"|[235][0-9]{2}(?:[0-9]{2}){0,2}$|[\[［][A-Z]?[0-9]{3,}"
)
_FUNCTION_CODE = re.compile(r"功能.*编码")
_COUNTED = re.compile(r"[0-9]{1,2}", re.ASCII)


@dataclass(frozen=True)
class Columns:
    """The columns of a table, for the page on which it goes on; ``doubtful`` are their numbers."""

    strips: tuple[Strip, ...]
    doubtful: frozenset[int]


def may_hold_table(lines: Sequence[Row]) -> bool:
    """A fast look: False where ``find_streams`` would find no table that begins in these lines.

    Three rows of figures show columns by themselves, fewer below a line that says the unit.
    """
    rows, unit = 0, False
    for line in lines:
        figure = lone_figure(line)
        rows += figure != "" and has_separator(figure)
        if rows >= FEWEST_ROWS or (figure and unit):
            return True
        unit = unit or _UNIT.search(line.text) is not None
    return False


def find_streams(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling], before: Columns | None = None
) -> tuple[list[Grid], list[Glyph], Columns | None]:
    """The tables among characters that no lattice holds, and the characters outside of them.

    ``before`` are the columns of the table that ends the page before. The last value are those of
    the last table here.
    """
    printed = [Printed.of(line) for line in rows_of(glyphs)]
    grids: list[Grid] = []
    taken: set[int] = set()
    last: Columns | None = None
    for first, end in _blocks(printed, before):
        start = _header_start(printed, first)
        first = _body_start(printed, start, first)
        body = printed[first : end + 1]
        above = before if not grids and start == first else None
        built = _build(printed[start:first], body, rulings, above)
        if built is not None:
            grid, last = built
            grids.append(grid)
            taken |= {id(glyph) for line in printed[start : end + 1] for glyph in line.line.glyphs}
    return grids, [glyph for glyph in glyphs if id(glyph) not in taken], last


def _blocks(printed: Sequence[Printed], before: Columns | None) -> list[tuple[int, int]]:
    """First and last line of each run of rows with figures of money."""
    runs: list[list[int]] = []
    for number, line in enumerate(printed):
        if not line.is_body or _is_index(line):
            continue
        if runs and _goes_on(printed[runs[-1][-1] : number + 1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    found = []
    for run in runs:
        words = [word.text for number in run for word in printed[number].words]
        money = sum(1 for text in words if is_money(text))
        enough = len(run) >= FEWEST_ROWS and money >= FEWEST_ROWS
        plain = [text for text in words if is_amount(text) and not is_code(text)]
        if (
            enough
            or (len(plain) >= len(run) and _has_unit(printed, run[0]))
            or (run is runs[0] and before is not None and _goes_on_from(before, printed, run))
        ):
            found.append((run[0], _end_of(printed, run[-1])))
    return found


def _goes_on_from(before: Columns, printed: Sequence[Printed], run: Sequence[int]) -> bool:
    """True if the first rows of a page stand in the columns of the page before."""
    rows = [printed[number] for number in run]
    figures = sum(1 for row in rows for word in row.words if is_amount(word.text))
    strips, _ = columns_of(rows)
    return figures >= 2 and len(strips) > 1 and fits(before.strips, strips, rows)


def _body_start(printed: Sequence[Printed], start: int, first: int) -> int:
    """The first line of the body: rows without figures and wrapped names stand above ``first``."""
    for number in range(start, first):
        if any(_ROW_START.match(text) for text in printed[number].texts):
            return number
    at = first
    while at > start and printed[first].middle - printed[at - 1].middle <= 0.9 * em_of(
        printed[first].line.glyphs
    ):
        at -= 1
    return at


def _is_index(line: Printed) -> bool:
    """True for a row that counts columns (`栏次 1 2 3`)."""
    numbers = [word.text for word in line.words if _COUNTED.fullmatch(word.text)]
    counts = [int(text) for text in numbers]
    words = len(line.words) - len(counts)
    return len(counts) >= 2 and words <= 2 and counts == list(range(counts[0], counts[-1] + 1))


def _has_unit(printed: Sequence[Printed], first: int) -> bool:
    """True if a line that says the unit stands close above the header of the row ``first``."""
    start = _header_start(printed, first)
    return start < first and any(
        _UNIT.search(line.line.text) for line in printed[max(0, start - 3) : start]
    )


def _end_of(printed: Sequence[Printed], last: int) -> int:
    """The last line of a table: words right below its last figures may be a wrapped name."""
    end = last
    while end + 1 < len(printed) and end - last < 2:
        line, before = printed[end + 1], printed[end]
        em = em_of(before.line.glyphs)
        near = line.middle - before.middle <= 1.6 * em
        if not near or len(line.words) != 1 or _stops(line) or len(line.line.text) > 25:
            break
        if re.search(r"[。；:：]|^注", line.line.text) or line.is_body:
            break
        end += 1
    return end


def _goes_on(lines: Sequence[Printed]) -> bool:
    """True if the lines between two rows are few and no prose, no title and no unit."""
    between = lines[1:-1]
    em = em_of(lines[0].line.glyphs)
    blank = [after.middle - before.middle for before, after in pairwise(lines)]
    if len(between) > 40 or (max(blank) > 8 * em and not _ends_alike(lines[0], lines[-1])):
        return False
    return all(len(max(line.texts, key=len)) <= 30 and not _stops(line) for line in between)


def _ends_alike(one: Printed, two: Printed) -> bool:
    """True if the figures of two rows end at the same places: rows far apart are one table."""
    ends = [word.box.x1 for word in one.words if is_amount(word.text)]
    figures = [word.box.x1 for word in two.words if is_amount(word.text)]
    shared = [x for x in figures if any(abs(x - end) <= ALIGNED for end in ends)]
    return bool(shared) and min(len(ends), len(figures)) <= len(shared)


def _stops(line: Printed) -> bool:
    text = line.line.text
    return _NO_HEADER.search(text) is not None or is_title_like(text)


def _header_start(printed: Sequence[Printed], first: int) -> int:
    """The first line of the header above the row ``first``."""
    start = first
    while start and first - start < MOST_HEADER_LINES:
        line, below = printed[start - 1], printed[start]
        if (line.is_body and not _is_index(line)) or _stops(line):
            break
        longest = max(line.texts, key=len)
        if len(longest) > 40 or re.search(r"(?<!其中)[。；:：]", longest):
            break
        if len(line.words) < 2 and len(longest) > 25:
            break
        if below.middle - line.middle > 6 * em_of(line.line.glyphs):
            break
        start -= 1
    return start


def _names_codes_twice(header: Header) -> bool:
    """True if two columns are the codes of functional classes: two tables stand side by side."""
    names = ["".join(line.text for line in cell.lines) for cell in header.cells]
    return sum(1 for name in names if _FUNCTION_CODE.search(name)) > 1


def _merged(row: BodyRow, strips: Sequence[Strip]) -> str:
    """The doubt of a row without a code in which two labels stand in one cell; '' if none do."""
    if any(is_code(line.text) for _, _, lines, _ in row.cells for line in lines):
        return ""
    rights = [strip.right for strip in strips]
    two = any(holds_two_labels(lines, rights[at + wide - 1]) for at, wide, lines, _ in row.cells)
    return "several_figures" if two else ""


def _build(
    head: Sequence[Printed],
    body: Sequence[Printed],
    rulings: Sequence[Ruling],
    before: Columns | None,
) -> tuple[Grid, Columns] | None:
    strips, bridges = columns_of(body)
    if len(strips) < 2:
        return None
    header: Header | None = None
    if head:
        index = head[-1] if _is_index(head[-1]) else None
        lines = head[:-1] if index else head
        header = read_header(lines, index, strips, body, rulings)
        strips = list(header.strips)
        doubtful = crooked_columns(strips, body) | set(header.doubtful)
    elif before is not None and fits(before.strips, strips, body):
        strips, doubtful = widened(before.strips, strips), set(before.doubtful)
    else:
        doubtful = set(range(len(strips)))
    if mixed_columns(strips, body, bridges) or (header and _names_codes_twice(header)):
        doubtful = set(range(len(strips)))
    box = bounds([line.line.box for line in [*head, *body]])
    xs = borders_of(strips, box)
    top = header.bottom if header else box.y0
    rows = body_rows(body, bridges, strips, rulings, Box(box.x0, top, box.x1, box.y1 + 1))
    high = header.rows if header else 0
    drafts: list[Draft] = []
    if header:
        step = (header.bottom - box.y0) / max(high, 1)
        for cell in header.cells:
            place = Box(
                xs[cell.column],
                box.y0 + step * cell.row,
                xs[cell.column + cell.columns],
                box.y0 + step * (cell.row + cell.rows),
            )
            drafts.append(Draft(cell.row, cell.column, cell.rows, cell.columns, place, cell.lines))
    for number, row in enumerate(rows):
        lost = "row_unknown" if lacks_group(row) else _merged(row, strips)
        for column, wide, held, unsure in row.cells:
            place = Box(xs[column], row.top, xs[column + wide], row.bottom)
            doubt = DOUBT if column in doubtful else ("several_figures" if unsure else lost)
            drafts.append(Draft(high + number, column, 1, wide, place, held, doubt))
    grid = Grid(
        rows=high + len(rows),
        columns=len(strips),
        cells=tuple(finish_cell(draft) for draft in drafts),
        box=box,
        origin="stream",
    )
    return grid, Columns(tuple(strips), frozenset(doubtful))

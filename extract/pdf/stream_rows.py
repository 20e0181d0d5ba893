"""The rows of a table without upright rulings: figures on a line, and their words.

A figure makes a row. Words on its line belong to it; words between two rows are the rest of a
wrapped text, or a row without figures: by the habit of the whole column (wrapped texts are centred
on their figure, or begin or end beside it). Where that is not clear the row is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.figures import is_amount
from extract.page import Box
from extract.pdf.drafts import Draft
from extract.pdf.glyphs import Glyph
from extract.pdf.open_rows import is_one_beside_codes
from extract.pdf.paint import Ruling
from extract.pdf.stream_columns import Printed, Strip, em_of
from extract.pdf.stream_lines import LEVEL, Text, join_lines, y_of
from extract.pdf.writing import Row, rows_of

SAME_ROW = 0.7
"""Figures nearer than this share of an em are one row, however they are set in their cells."""
UNSURE = 0.45
"""Words farther than this share of an em from where the habit of the column puts them."""
_CODE = re.compile(r"[0-9]{2}|[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)

Cell = tuple[int, int, tuple[Row, ...], bool]
"""First column, number of columns, lines, and whether its row is in doubt."""


@dataclass
class BodyRow:
    """A row: where its line is, its borders, and its cells."""

    base: float
    top: float = 0.0
    bottom: float = 0.0
    cells: list[Cell] = field(default_factory=list)


def body_rows(
    body: Sequence[Printed],
    bridges: frozenset[int],
    strips: Sequence[Strip],
    rulings: Sequence[Ruling],
    box: Box,
) -> list[BodyRow]:
    """Cut the printed lines of a table's body into rows and cells; ``box`` is around the body."""
    held, over = _by_column(body, bridges, strips)
    em = em_of([glyph for line in body for glyph in line.line.glyphs])
    columns = [rows_of(glyphs) for glyphs in held]
    borders = [box.y0, *row_borders(rulings, box), box.y1]
    found: list[BodyRow] = []
    for top, bottom in pairwise(borders):
        inside = [[line for line in lines if top <= y_of(line) < bottom] for lines in columns]
        across = [(at, word) for at, word in over if top <= y_of(word) < bottom]
        rows = _rows_between(inside, across, em, ruled=len(borders) > 2)
        for number, row in enumerate(rows):
            row.top = top if not number else (rows[number - 1].base + row.base) / 2
            row.bottom = (
                bottom if number + 1 == len(rows) else (row.base + rows[number + 1].base) / 2
            )
        found.extend(rows)
    return found


def cut_open_rows(ys: Sequence[float], drafts: Sequence[Draft]) -> tuple[list[float], list[Draft]]:
    """Cut rows of a lattice that hold several printed rows, by the texts of each column.

    ``ys`` are the borders of its rows. What is not sure stays whole. Gives the new borders and
    cells.
    """
    borders = [ys[0]]
    first_row: list[int] = []
    split: dict[int, list[Draft]] = {}
    if all(len(draft.lines) < 2 for draft in drafts):
        return list(ys), list(drafts)
    by_row: list[list[Draft]] = [[] for _ in ys]
    for draft in drafts:
        if draft.row_span == 1:
            by_row[draft.row].append(draft)
    for row, (top, bottom) in enumerate(pairwise(ys)):
        first_row.append(len(borders) - 1)
        own = by_row[row]
        rows = _rows_of_drafts(own)
        if rows:
            inner = [(one.base + two.base) / 2 for one, two in pairwise(rows)]
            ends = [top, *inner, bottom]
            split[row] = [
                replace(
                    own[at],
                    row=len(borders) - 1 + number,
                    lines=lines,
                    box=Box(own[at].box.x0, ends[number], own[at].box.x1, ends[number + 1]),
                    doubt=own[at].doubt or ("row_unknown" if lacks_group(found) else ""),
                )
                for number, found in enumerate(rows)
                for at, _, lines, _ in found.cells
            ]
            borders.extend(inner)
        borders.append(bottom)
    if not split:
        return list(ys), list(drafts)
    first_row.append(len(borders) - 1)
    made = [draft for row in sorted(split) for draft in split[row]]
    for draft in drafts:
        if draft.row in split and draft.row_span == 1:
            continue
        start, end = first_row[draft.row], first_row[draft.row + draft.row_span]
        made.append(replace(draft, row=start, row_span=end - start))
    return borders, sorted(made, key=lambda draft: (draft.row, draft.column))


def _rows_of_drafts(drafts: Sequence[Draft]) -> list[BodyRow]:
    """The rows that the cells of one ruled row hold; empty if it is one, or not sure."""
    columns = [draft.lines for draft in drafts]
    many = [
        lines
        for lines in columns
        if len(lines) > 1
        and sum(1 for line in lines if is_amount(line.text)) > 1
        and _are_amounts(lines)
    ]
    if not many or any(draft.wrapped for draft in drafts) or is_one_beside_codes(drafts):
        return []
    if any(not all(is_amount(line.text) for line in lines) for lines in many):
        return []
    em = em_of([glyph for lines in columns for line in lines for glyph in line.glyphs])
    bases = _clusters([y_of(line) for lines in many for line in lines], SAME_ROW * em)
    shared = sum(1 for lines in columns if lines and _stand_on(lines, bases, em))
    if shared < 2:
        return []
    rows = _rows_between(columns, (), em, ruled=False, strict=True)
    sure = len(rows) > 1 and not any(unsure for row in rows for *_, unsure in row.cells)
    return rows if sure else []


def _stand_on(lines: Sequence[Row], bases: Sequence[float], em: float) -> bool:
    """True if two lines of a column at least stand where the rows of figures are."""
    at = {n for line in lines for n, y in enumerate(bases) if abs(y_of(line) - y) <= LEVEL * em}
    return len(at) > 1


def row_borders(rulings: Sequence[Ruling], box: Box) -> list[float]:
    """Where rulings over the whole width part the rows."""
    wide = 0.8 * (box.x1 - box.x0)
    places = sorted(
        ruling.at
        for ruling in rulings
        if ruling.horizontal
        and min(ruling.end, box.x1) - max(ruling.start, box.x0) >= wide
        and box.y0 + 4 < ruling.at < box.y1 - 4
    )
    borders: list[float] = []
    for place in places:
        if not borders or place - borders[-1] > 4:
            borders.append(place)
    return borders


def _by_column(
    body: Sequence[Printed], bridges: frozenset[int], strips: Sequence[Strip]
) -> tuple[list[list[Glyph]], list[tuple[tuple[int, int], Row]]]:
    """The characters of each column, and the words over several with their first and last one."""
    held: list[list[Glyph]] = [[] for _ in strips]
    over: list[tuple[tuple[int, int], Row]] = []
    for line in body:
        for word in line.words:
            under = [at for at, strip in enumerate(strips) if strip.overlaps(word.box)]
            if id(word) in bridges and len(under) > 1:
                over.append(((under[0], under[-1]), word))
                continue
            middle = word.box.middle[0]
            near = min(under or range(len(strips)), key=lambda at: abs(strips[at].middle - middle))
            held[near].extend(word.glyphs)
    return held, over


def _rows_between(
    columns: Sequence[Sequence[Row]],
    across: Sequence[tuple[tuple[int, int], Row]],
    em: float,
    *,
    ruled: bool,
    strict: bool = False,
) -> list[BodyRow]:
    figures = [y_of(line) for lines in columns if _are_amounts(lines) for line in lines]
    bases = _clusters(figures, SAME_ROW * em)
    if ruled and len(bases) < 2:
        return _one_row(columns, across, em)
    pitch = min((b - a for a, b in pairwise(bases)), default=1.8 * em)
    texts = [join_lines(lines, bases, em, 0.95 * pitch) for lines in columns]
    free = [text.middle for column in texts for text in column if text.base is None]
    free += [
        y_of(word) for _, word in across if all(abs(y_of(word) - b) > LEVEL * em for b in bases)
    ]
    rows = [BodyRow(base) for base in sorted([*bases, *_clusters(free, 0.6 * em)])]
    if not rows:
        return []
    for number, row in enumerate(rows):
        taken: set[int] = set()
        cells: list[Cell] = []
        for (first, last), word in across:
            if _nearest(y_of(word), rows) == number and not taken & set(range(first, last + 1)):
                cells.append((first, last - first + 1, (word,), False))
                taken |= set(range(first, last + 1))
        unsure = False
        for column, found in enumerate(texts):
            here = [text for text in found if _row_of(text, bases, rows) == number]
            lines = tuple(line for text in here for line in text.lines)
            unsure = unsure or len(here) > 1 or any(text.off > UNSURE for text in here)
            unsure = unsure or (
                not here and row.base in bases and _label_is_near(row.base, found, pitch)
            )
            if column in taken and lines:
                cells = [_join(cell, lines) if _holds(cell, column) else cell for cell in cells]
            elif column not in taken:
                cells.append((column, 1, lines, False))
        unsure = unsure and (strict or not _has_code(cells, row.base, em))
        row.cells = sorted((at, wide, lines, unsure) for at, wide, lines, _ in cells)
    return rows


def _label_is_near(base: float, texts: Sequence[Text], pitch: float) -> bool:
    """True if a text without a figure of its own stands beside a row that has none here.

    It may be the row's, or a label that stands for several rows.
    """
    return any(
        (text.base is None or text.off > UNSURE) and abs(text.middle - base) <= 1.1 * pitch
        for text in texts
    )


def lacks_group(row: BodyRow) -> bool:
    """True for a 小计 whose group is said in another row: in a label column left of its own."""
    before: list[int] = []
    for column, _, lines, _ in row.cells:
        text = "".join(line.text for line in lines)
        if text == "小计":
            return column > 0 and not before
        if text:
            before.append(column)
    return False


def _one_row(
    columns: Sequence[Sequence[Row]], across: Sequence[tuple[tuple[int, int], Row]], em: float
) -> list[BodyRow]:
    """All between two rulings."""
    lines = [line for column in columns for line in column] + [word for _, word in across]
    if not lines:
        return []
    row = BodyRow(sum(y_of(line) for line in lines) / len(lines))
    taken: set[int] = set()
    for (first, last), word in across:
        span = set(range(first, last + 1))
        if not taken & span and not any(columns[at] for at in span):
            row.cells.append((first, last - first + 1, (word,), False))
            taken |= span
        else:
            columns = [
                sorted([*lines, word], key=y_of) if at == first else lines
                for at, lines in enumerate(columns)
            ]
    row.cells += [
        (at, 1, tuple(lines), False) for at, lines in enumerate(columns) if at not in taken
    ]
    row.cells.sort(key=lambda cell: cell[0])
    return [row]


def _holds(cell: Cell, column: int) -> bool:
    return cell[0] <= column < cell[0] + cell[1]


def _join(cell: Cell, lines: tuple[Row, ...]) -> Cell:
    return cell[0], cell[1], tuple(sorted([*cell[2], *lines], key=y_of)), cell[3]


def _has_code(cells: Sequence[Cell], base: float, em: float) -> bool:
    """True if a code on the row's own line says what the row is."""
    return any(
        _CODE.fullmatch(line.text) and abs(y_of(line) - base) <= LEVEL * em
        for _, _, lines, _ in cells
        for line in lines
    )


def _are_amounts(lines: Sequence[Row]) -> bool:
    """True for a column of figures that are no codes."""
    figures = [line.text for line in lines if is_amount(line.text)]
    return (
        bool(figures)
        and len(figures) * 10 >= 6 * len(lines)
        and not all(_CODE.fullmatch(text) for text in figures)
    )


def _clusters(places: Sequence[float], slack: float) -> list[float]:
    groups: list[list[float]] = []
    for y in sorted(places):
        if groups and y - groups[-1][0] <= slack:
            groups[-1].append(y)
        else:
            groups.append([y])
    return [sum(group) / len(group) for group in groups]


def _nearest(y: float, rows: Sequence[BodyRow]) -> int:
    return min(range(len(rows)), key=lambda at: abs(rows[at].base - y))


def _row_of(text: Text, bases: Sequence[float], rows: Sequence[BodyRow]) -> int:
    return _nearest(bases[text.base] if text.base is not None else text.middle, rows)

"""Performance targets (绩效目标表) in text with spaces between cells: one form per project.

Such text keeps the cells of a form in the order of print, and the rulings are gone. The head is
read by its labels, the indicators by the classes that begin their rows and by the number of
columns. A head that does not read as labels with their values leaves the lines as they are, and
their figures left over; a row of indicators that does not fill its columns is kept in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.figures import is_amount
from extract.forms.words import find_head, find_label
from extract.page import Grid, Word
from extract.plain.form_cells import Cell, read_cells
from extract.plain.form_grid import GridBuilder
from extract.plain.form_head import read_head
from extract.plain.target_rows import CLASSES, TargetRow, read_target_rows
from extract.text import squeeze
from extract.titles import LOOK_BACK, find_unit, is_title_like

MAX_HEAD = 40
"""The head of a form does not run over more cells than this."""
DOUBT = "ambiguous_column"
_KNOWN = ["level_1", "level_2", "level_3", "target"]


@dataclass(frozen=True)
class FormRegion:
    """A form of a text: its lines from ``start`` to before ``stop``, its grid and its figures."""

    start: int
    stop: int
    grid: Grid
    words: tuple[Word, ...]


def find_target_forms(lines: Sequence[str]) -> list[FormRegion]:
    """The target forms of a text, in the order of print; lines as they are, with their spaces."""
    if not any("指标" in line for line in lines):
        return []
    cells = read_cells(lines)
    regions: list[FormRegion] = []
    at = 0
    while at < len(cells):
        size = _header_size(cells, at)
        region = _read_form(cells, at, size, regions[-1].stop if regions else 0) if size else None
        at += 1
        if region is not None:
            regions.append(region)
            while at < len(cells) and cells[at].line < region.stop:
                at += 1
    return regions


def _header_size(cells: Sequence[Cell], at: int) -> int:
    """How many cells from here are the headers of a table of targets, on one line; 0 for none."""
    line = cells[at].line
    if at and cells[at - 1].last == line:
        return 0
    size = 0
    while at + size < len(cells) and cells[at + size].line == line:
        size += 1
    fields = _fields(cells[at : at + size])
    known = [name for name in fields if name != "rest"]
    return size if known == _KNOWN and fields[:3] == _KNOWN[:3] else 0


def _fields(cells: Sequence[Cell]) -> list[str]:
    heads = [find_head(cell.text) for cell in cells]
    return [head.field if head is not None else "rest" for head in heads]


def _read_form(cells: Sequence[Cell], at: int, size: int, floor: int) -> FormRegion | None:
    """The form whose indicators begin at a header; None where its head is not certain."""
    first = _first_of_head(cells, at, floor)
    title = _title_above(cells, first) if first is not None else ""
    head = read_head(cells[first:at], title) if first is not None else None
    if first is None or head is None:
        return None
    rows, end = read_target_rows(cells, at + size, _fields(cells[at : at + size]))
    if not rows:
        return None
    builder = GridBuilder(size)
    for pairs in head:
        builder.add_pairs(pairs)
    builder.add_row(cells[at : at + size])
    _add_indicators(builder, rows)
    start = cells[first].line
    stop = cells[end - 1].last + 1
    grid = builder.grid(stop)
    return FormRegion(start, stop, grid, tuple(words_of(grid)))


def _first_of_head(cells: Sequence[Cell], at: int, floor: int) -> int | None:
    """Where the head of a form begins: the line that names its project, or gives its code."""
    first = None
    for back in range(at - 1, max(at - 1 - MAX_HEAD, -1), -1):
        cell = cells[back]
        if cell.line < floor or is_title_like(cell.text) or find_unit(cell.text):
            break
        label = find_label(cell.text)
        if label is not None and label.field in ("project_name", "project_code"):
            first = back
    if first is None or (first and cells[first - 1].last == cells[first].line):
        return None
    return first


def _title_above(cells: Sequence[Cell], first: int) -> str:
    """The nearest title above a form, '' if there is none."""
    near = reversed(cells[max(first - LOOK_BACK, 0) : first])
    return next((cell.text for cell in near if is_title_like(cell.text)), "")


def _add_indicators(builder: GridBuilder, rows: Sequence[TargetRow]) -> None:
    """Rows of indicators; a class reaches down to the next one."""
    for at, row in enumerate(rows):
        below = rows[at + 1 :]
        one = next((n for n, other in enumerate(below) if other.level_1), len(below)) + 1
        two = next((n for n, other in enumerate(below) if other.level_2), len(below)) + 1
        builder.begin(row.cells[0] if row.level_2 is None else row.level_1 or row.level_2)
        if row.level_1 is not None or at == 0:
            builder.put(0, row.level_1, row_span=one)
        if row.level_2 is not None:
            builder.put(1, row.level_2, row_span=two)
        if row.is_certain:
            for column, cell in enumerate(row.cells, start=CLASSES):
                builder.put(column, cell)
        else:
            builder.put_together(CLASSES, row.cells, DOUBT)


def words_of(grid: Grid) -> Iterator[Word]:
    """The texts of a grid in which a digit stands, each in its cell."""
    for cell in grid.cells:
        if cell.box is None or not any(char.isdigit() for char in cell.text):
            continue
        if cell.doubt or not is_amount(cell.text):
            yield Word(cell.text, cell.box)
        else:
            yield Word(squeeze(cell.text), cell.box)

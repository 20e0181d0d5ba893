"""Rows of indicators in text with spaces between cells, told apart by classes and by count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.figures import is_blank
from extract.forms.noisy_indicators import has_figure
from extract.forms.target import parse_target
from extract.forms.words import find_head, find_label, indicator_level
from extract.plain.form_cells import Cell, fit_cells
from extract.text import has_chinese, squeeze
from extract.titles import find_unit, is_title_like

LONGEST_TARGET = 12
"""A target in words has so many characters at most."""
MAX_CELLS = 40
"""A row that runs over more cells than this is none."""
CLASSES = 2
"""The first columns: the classes of an indicator."""


@dataclass(frozen=True)
class TargetRow:
    """A row: its classes as far as it prints them, and the cells behind them.

    ``cells`` has one for each further column; where their places are not certain, ``is_certain``
    is false and ``cells`` are the pieces in their order.
    """

    level_1: Cell | None
    level_2: Cell | None
    cells: tuple[Cell, ...]
    is_certain: bool


def read_target_rows(
    cells: Sequence[Cell], at: int, fields: Sequence[str]
) -> tuple[list[TargetRow], int]:
    """The rows of indicators from a cell on, and the cell after them.

    ``fields`` are those of the columns (``extract.forms.words.find_head``), `rest` for others. A
    row begins with its class; one without stands below a class that is merged over several rows,
    and must end as a row before it did.
    """
    width = len(fields) - CLASSES
    target = fields.index("target") - CLASSES
    rows: list[TargetRow] = []
    while at < len(cells):
        first, second, body = _classes(cells, at)
        if second is None:
            known = _last_words(rows)
            below = _below_class(cells, at, width, target, known) if rows and not first else None
            if below is None:
                break
            rows.append(below)
            at += _size(cells, at, below)
            continue
        end = _end_of_row(cells, body, width, target)
        found = _rows_of(cells[body:end], width, target)
        if not found:
            if end == body:
                break
            found = [TargetRow(None, None, tuple(cells[body:end]), False)]
        rows.append(replace(found[0], level_1=first, level_2=second))
        rows += found[1:]
        at = end
    return rows, at


def _classes(cells: Sequence[Cell], at: int) -> tuple[Cell | None, Cell | None, int]:
    """The classes that begin a row at a cell, and where its other cells begin."""
    first = second = None
    if at < len(cells) and _level(cells[at]) == 1:
        first = cells[at]
        at += 1
    if at < len(cells) and _level(cells[at]) == CLASSES:
        second = cells[at]
        at += 1
    return first, second, at


def _level(cell: Cell) -> int:
    found = indicator_level(cell.text)
    return found[0] if found is not None else 0


def _end_of_row(cells: Sequence[Cell], at: int, width: int, target: int) -> int:
    """Where the cells below a class end: at the next class behind a name, at a title or a label.

    Those that stand last end where a line does, and the row is full.
    """
    stop = min(at + MAX_CELLS, len(cells))
    for end in range(at, stop):
        cell = cells[end]
        if end - at >= target and _level(cell):
            return end
        if is_title_like(cell.text) or find_unit(cell.text) or _is_head(cell):
            stop = end
            break
    for end in range(at + 1, stop + 1):
        ends_line = end == len(cells) or cells[end].line > cells[end - 1].last
        if ends_line and fit_cells(cells[at:end], width) is not None:
            return end
    return min(at + width, stop)


def _is_head(cell: Cell) -> bool:
    label, head = find_label(cell.text), find_head(cell.text)
    return (label is not None and label.field in ("project_code", "project_name")) or (
        head is not None and head.field in ("level_1", "level_2", "level_3")
    )


def _last_words(rows: Sequence[TargetRow]) -> frozenset[str]:
    """What the last cells of rows say."""
    return frozenset(squeeze(row.cells[-1].text) for row in rows if row.is_certain)


def _rows_of(cells: Sequence[Cell], width: int, target: int) -> list[TargetRow]:
    """The rows below one class: one, or several of which each is full; [] where it is not sure."""
    whole = fit_cells(cells, width)
    if whole is not None:
        row = TargetRow(None, None, tuple(whole), True)
        return [row] if _is_sound(row, target) else []
    rows: list[TargetRow] = []
    at = 0
    while at < len(cells):
        below = _below_class(cells, at, width, target)
        if below is None:
            return []
        rows.append(below)
        at += _size(cells, at, below)
    return rows


def _below_class(
    cells: Sequence[Cell],
    at: int,
    width: int,
    target: int,
    known: frozenset[str] | None = None,
) -> TargetRow | None:
    """A full row that prints no class, with a figure as its target; None if there is none.

    Its last cell ends its line. Where nothing says that the table goes on so far, the last cell
    is the target, or says what one above says (``known``).
    """
    for end in range(at + width, min(at + MAX_CELLS, len(cells)) + 1):
        if any(_level(cell) for cell in cells[at:end]):
            return None
        if end < len(cells) and cells[end].line <= cells[end - 1].last:
            continue
        whole = fit_cells(cells[at:end], width)
        if whole is None:
            continue
        row = TargetRow(None, None, tuple(whole), True)
        alike = known is None or target == width - 1 or squeeze(whole[-1].text) in known
        return row if alike and _is_sound(row, target) and _has_value(row, target) else None
    return None


def _size(cells: Sequence[Cell], at: int, row: TargetRow) -> int:
    """How many cells of the text a row is made of."""
    length = sum(len(cell.text) for cell in row.cells)
    size = 0
    while length > 0:
        length -= len(cells[at + size].text)
        size += 1
    return size


def _has_value(row: TargetRow, target: int) -> bool:
    parsed = parse_target(row.cells[target].text)
    return parsed.value is not None or parsed.operator not in (None, "qualitative")


def _is_sound(row: TargetRow, target: int) -> bool:
    """True where each cell looks like its column: a name, a target, other words."""
    for at, cell in enumerate(row.cells):
        if at == target:
            short = len(squeeze(cell.text)) <= LONGEST_TARGET and not is_blank(cell.text)
            if not (_has_value(row, target) or short):
                return False
        elif has_figure(cell.text) or not has_chinese(cell.text):
            return False
    return True

"""Rows of labels with their values, and rows whose cells a text tore."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.figures import is_amount, is_blank
from extract.forms.goals import GOAL_FIELDS
from extract.forms.indicators import score_of
from extract.forms.model import Money
from extract.forms.money import (
    MEASURE_UNKNOWN,
    is_cut,
    is_unread,
    may_be_money,
    read_money,
    unit_free,
)
from extract.forms.noisy import find_money, find_name, is_pairs, is_piece
from extract.forms.printed import PrintedRow, flat, unit_beside
from extract.forms.progress import Progress
from extract.forms.words import Label, find_label
from extract.page import GridCell
from extract.text import has_chinese, squeeze, trim

_MONEY = ("money", "money_head")
_VALUES = frozenset(
    {"project_name", "project_code", "project_type", "project_nature", "implementing_unit",
     "department", "grade", "text"}
)  # fmt: skip
_TEXT_WITHOUT_GRID = "tabbed"
"""Origin of grids whose cells may be torn."""


class LabelRows:
    """Rows in which a label stands beside its value (项目名称 | 某项目, 其中：财政拨款 | 80)."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._unit_seen = ""

    def take(self, row: PrintedRow) -> None:
        """Read one row."""
        is_text = row.origin == _TEXT_WITHOUT_GRID
        if is_text and (self._take_torn_name(row) or self._take_torn_money(row)):
            return
        cells = row.starting
        at = 0
        while at < len(cells):
            cell = cells[at]
            at += 1
            label = find_label(cell.text)
            if label is None:
                self._take_value_alone(cell)
            elif label.field == "project_name" and is_text:
                continue
            else:
                at += self._take_label(row, label, cell, cells[at:])

    def _take_value_alone(self, cell: GridCell) -> None:
        progress = self._progress
        if is_unread(cell):
            kind = progress.line_kind("all")
            progress.add(read_money(cell, "all", MEASURE_UNKNOWN, "", "", "", kind))
        else:
            progress.goals.take_below(progress.form, cell)

    def _take_label(
        self, row: PrintedRow, label: Label, cell: GridCell, following: Sequence[GridCell]
    ) -> int:
        """Read a label with its value; how many of the cells that follow it are of it."""
        progress = self._progress
        if label.field == "project_name" and (progress.form.project_name or progress.is_late):
            progress.close()
        if label.said:
            self._set(row, label, cell, cell, label.said)
            return 0
        value = following[0] if following else None
        beside = find_label(value.text) if value is not None else None
        if label.field in GOAL_FIELDS:
            text = value if beside is None else None
            progress.goals.open(progress.form, label, cell, text)
            return int(text is not None)
        if value is None or (beside is not None and not _is_value(label, value)):
            return 0
        behind = following[1:]
        if row.origin != _TEXT_WITHOUT_GRID:
            self._set(row, label, cell, value, value.text)
            return 1
        if _is_torn(label, value, behind):
            return 1
        self._set(row, label, cell, value, value.text)
        return 1 + self._take_cut(value, behind)

    def _take_cut(self, value: GridCell, behind: Sequence[GridCell]) -> int:
        """Give the digits behind a point that ends a cell to the amount before it."""
        money = self._progress.form.money
        if not money or money[-1].cell is not value or not is_cut(value, behind):
            return 0
        money[-1] = replace(money[-1], doubt="", pieces=(value.text, behind[0].text))
        return 1

    def _set(self, row: PrintedRow, label: Label, own: GridCell, cell: GridCell, text: str) -> None:
        """Give a label's value to the form; ``cell`` is the value's, or the label's own."""
        form = self._progress.form
        if label.field in _MONEY:
            if may_be_money(cell) or re.search(r"[0-9]", text):
                self._progress.add(self._money(row, label, own, cell))
        elif label.field == "score":
            if is_amount(text) and form.score is None:
                form.score = score_of(text)
        elif label.field in _VALUES and not is_blank(text):
            if label.field == "project_name":
                form.page_number, form.cell = row.page_number, cell
            form.fields.setdefault(label.field, flat(text))
        elif label.field in GOAL_FIELDS:
            form.fields.setdefault(label.field, trim(text))

    def _money(self, row: PrintedRow, label: Label, own: GridCell, cell: GridCell) -> Money:
        beside = unit_beside(row)
        return read_money(
            cell, label.fund, self._progress.totals.measure_of(label, own),
            label.unit or (beside.unit if beside else ""), own.text,
            unit_free(flat(_heading(row))), self._progress.line_kind(label.fund),
        )  # fmt: skip

    def _take_torn_name(self, row: PrintedRow) -> bool:
        """The project's name, whole or in pieces for other tables to confirm; False for none."""
        named = find_name(row.starting)
        if named is None:
            return False
        progress = self._progress
        said, following = named
        if progress.form.project_name or progress.is_late:
            progress.close()
        pieces = [cell for cell in following if has_chinese(cell.text)]
        form = progress.form
        form.page_number = row.page_number
        form.cell = pieces[0] if pieces else row.starting[0]
        whole = said if said and not following else ""
        if len(following) == 1 and len(pieces) == 1 and not said:
            whole = flat(pieces[0].text)
        form.fields["project_name"] = whole or "?"
        if not whole:
            text = said + "".join(squeeze(cell.text) for cell in following)
            form.fields["torn_name"] = text or "?"
        return True

    def _take_torn_money(self, row: PrintedRow) -> bool:
        """Money whose figure may lie over several cells; False for a row that is not torn."""
        found = None if is_pairs(row.starting) else find_money(row.starting)
        if found is None:
            return False
        label, pieces = found
        progress = self._progress
        beside = unit_beside(row)
        self._unit_seen = label.unit or (beside.unit if beside else "") or self._unit_seen
        money = read_money(
            pieces[0], label.fund, progress.totals.measure_of(label, pieces[0]), self._unit_seen,
            label.said, "", progress.line_kind(label.fund),
        )  # fmt: skip
        progress.add(replace(money, doubt="", pieces=tuple(cell.text for cell in pieces)))
        return True


def _heading(row: PrintedRow) -> str:
    """The heading of money beside a row, '' where it has none."""
    for cell in row.covering:
        label = find_label(cell.text)
        if label is not None and label.field == "money_head":
            return cell.text
    return ""


def _is_value(label: Label, cell: GridCell) -> bool:
    """True where a text that could be a label is the value of the label before it."""
    if label.field == "project_name":
        found = find_label(cell.text)
        return found is not None and found.field == "money_head" and not found.unit
    return label.field in _MONEY and is_amount(squeeze(cell.text))


def _is_torn(label: Label, value: GridCell, behind: Sequence[GridCell]) -> bool:
    """True where text lost a part of a value: more stands behind it, or it begins with a mark."""
    if label.field in _MONEY:
        return not is_piece(value)
    more = bool(behind) and find_label(behind[0].text) is None
    return more or squeeze(value.text)[:1] in ",.;:、。·!|-"

"""Figures in the goal of a form (绩效目标), each with the words before it, as in a target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.forms.model import Form
from extract.forms.naming import LabelledForms
from extract.forms.target import find_target
from extract.page import GridCell
from extract.remarks.model import Remark
from extract.rows import Labelled
from extract.text import squeeze

_GOAL = re.compile(r"目标[0-9]{1,2}:")
_FIGURE = re.compile(
    r"(?<![0-9.,第年月])(?P<printed>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]+(?:\.[0-9]{1,6})?)"
    r"(?![0-9.])"
)
_EDGE = re.compile(r"[。;,:、!]|目标[0-9]{1,2}")
_SHORTEST = 3
_NOT_COUNTED = frozenset({"年", "G", "M", "级"})
"""Units of years, models and ranks: `2023年`, `5G`, `三级`."""


def read_goals(tables: Sequence[Labelled]) -> Iterator[tuple[int, Remark]]:
    """The figures of goals, each with the number of its table."""
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, LabelledForms):
            continue
        for at, form in enumerate(table.forms, start=1):
            texts: list[tuple[str, GridCell | None]] = []
            if form.goal:
                texts = [(form.goal, None)]
            if len(table.forms) == 1:
                # a text lays the goals over the rows and cells of its grid
                texts = list(_rows_of_goals(table, form)) or texts
            for text, cell in texts:
                for remark in _figures_of(text, cell, at, form):
                    yield number, remark


def _rows_of_goals(table: LabelledForms, form: Form) -> Iterator[tuple[str, GridCell | None]]:
    """Rows that begin a numbered goal, from there on, with the cell in which it begins."""
    rows: dict[int, list[GridCell]] = {}
    for placed in table.cells:
        rows.setdefault(placed.row_no, []).append(placed.cell)
    first = min((one.cell.row for one in form.indicators), default=None)
    for cells in rows.values():
        if first is not None and cells[0].row >= first:
            break
        for at, cell in enumerate(cells):
            match = _GOAL.search(squeeze(cell.text))
            if match is not None:
                text = "".join(squeeze(one.text) for one in cells[at:])
                yield text[match.start() :], cell
                break


def _figures_of(text: str, cell: GridCell | None, at: int, form: Form) -> Iterator[Remark]:
    flat = squeeze(text)
    end = 0
    for figure in _FIGURE.finditer(flat):
        start = max([end, *(edge.end() for edge in _EDGE.finditer(flat, end, figure.start()))])
        name, operator, unit = find_target(flat[start : figure.start()], flat[figure.end() :])
        end = figure.end() + len(unit)
        if unit and unit not in _NOT_COUNTED and len(name) >= _SHORTEST:
            yield Remark(
                kind="goal",
                group=at,
                name=name,
                printed=f"{figure['printed']}{unit}",
                text=flat[start:end][:240],
                operator=operator,
                value=Decimal(figure["printed"].replace(",", "")),
                unit=unit,
                page_number=form.page_number,
                cell=cell,
                form=at,
            )

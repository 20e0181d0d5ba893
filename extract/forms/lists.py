"""Lists inside of forms: projects or tasks as rows, with money, scores and indicators beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.figures import is_blank
from extract.forms.columns import Spec, cell_at, is_list_header, read_columns
from extract.forms.goals import GOAL_FIELDS
from extract.forms.indicators import score_of
from extract.forms.money import may_be_money, read_money
from extract.forms.printed import PrintedRow, flat
from extract.forms.progress import Progress
from extract.forms.words import find_label
from extract.page import GridCell
from extract.text import squeeze

TOTAL = re.compile(r"(?:本?页?)?(?:金额|预算)?(?:合|总|小)计(?:得分|分值?)?|总分|总得分|自评得分")
"""Labels of the rows of totals, of money and of scores."""

_OF_PROJECTS = frozenset({"project_code", "project_type", "implementing_unit", "grade"})


class ListRows:
    """The rows of a list; ``name`` is the cell of the project that they belong to."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._name: GridCell | None = None

    def begin(self, row: PrintedRow) -> bool:
        """Begin a list at its header; False for another row. A repeated header changes nothing."""
        if not is_list_header(row.starting):
            return False
        progress = self._progress
        specs = _settle_columns(read_columns(row.starting))
        if progress.mode == "list" and [s.label for s in specs] == [
            s.label for s in progress.specs
        ]:
            return True
        if not progress.is_overall:
            progress.close()
        progress.mode, progress.headed, self._name = "list", True, None
        progress.use(specs)
        return True

    def ends_at(self, row: PrintedRow) -> bool:
        """True for the goal or the money of the whole department below its tasks."""
        label = find_label(row.starting[0].text)
        ends = {*GOAL_FIELDS, "text", "money_head", "money"}
        return self._progress.is_overall and label is not None and label.field in ends

    def take(self, row: PrintedRow) -> None:
        """Read one row: of a project, of a task, or a total."""
        spec = self._spec("project_name") or self._spec("task_name")
        assert spec is not None
        name = cell_at(spec, row.covering)
        whole = next((c for c in row.starting if TOTAL.fullmatch(squeeze(c.text))), None)
        if whole is not None:
            self._take_money(row, flat(whole.text), "total")
        elif spec.field == "task_name":
            self._take_money(row, flat(name.text) if name is not None else "", "subtotal")
        elif name is not None and squeeze(name.text) and name is not self._name:
            self._take_first(row, name)
        else:
            self._take_project(row)

    def _take_first(self, row: PrintedRow, name: GridCell) -> None:
        """The first row of a project, or the first below a page break that repeats its name."""
        progress = self._progress
        again = row.first_of_part and squeeze(name.text) == squeeze(progress.form.project_name)
        self._name = name
        if again:
            self._take_indicator(row)
            return
        specs = progress.specs
        progress.close()
        progress.use(specs)
        progress.form.page_number, progress.form.cell = row.page_number, name
        progress.form.fields["project_name"] = flat(name.text)
        self._take_project(row)

    def _take_project(self, row: PrintedRow) -> None:
        form = self._progress.form
        self._take_money(row, form.project_name, "line")
        has_indicators = self._spec("level_3", "target") is not None
        for spec in self._progress.specs:
            cell = cell_at(spec, row.covering)
            if cell is None or is_blank(cell.text):
                continue
            if spec.field in _OF_PROJECTS:
                form.fields.setdefault(spec.field, flat(cell.text))
            elif spec.field == "goal":
                form.fields.setdefault("goal_year", flat(cell.text))
            elif spec.field == "score" and not has_indicators and form.score is None:
                form.score = score_of(cell.text)
        self._take_indicator(row)

    def _take_indicator(self, row: PrintedRow) -> None:
        if self._spec("level_3", "target") is not None:
            self._progress.indicators.take(
                self._progress.form, row.page_number, row.starting, row.covering,
                row.first_of_part, row.origin,
            )  # fmt: skip

    def _take_money(self, row: PrintedRow, label: str, row_kind: str) -> None:
        progress = self._progress
        for spec in progress.specs:
            cell = cell_at(spec, row.starting) if spec.field == "money" else None
            if cell is not None and may_be_money(cell):
                kind = progress.line_kind(spec.fund) if row_kind == "line" else row_kind
                progress.add(
                    read_money(cell, spec.fund, spec.measure, spec.unit, label, spec.label, kind)
                )

    def _spec(self, *fields: str) -> Spec | None:
        return next((spec for spec in self._progress.specs if spec.field in fields), None)


def _settle_columns(specs: Sequence[Spec]) -> list[Spec]:
    """The columns of a list: a budget beside neither money spent nor a score is that of the year.

    Of two headings for tasks the inner one stands over their names.
    """
    tasks = [spec for spec in specs if spec.field == "task_name"]
    held = [spec for spec in specs if spec not in tasks[:-1]]
    if any(spec.measure == "executed" or spec.field in ("score", "grade") for spec in held):
        return held
    return [
        replace(spec, measure="budget") if spec.measure == "adjusted_budget" else spec
        for spec in held
    ]

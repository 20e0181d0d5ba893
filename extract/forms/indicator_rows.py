"""Tables of indicators inside of forms: their headers, their rows, and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.figures import is_amount
from extract.forms.columns import Spec, cell_at, is_indicator_header, read_columns
from extract.forms.goals import GOAL_FIELDS
from extract.forms.indicators import score_in
from extract.forms.lists import TOTAL
from extract.forms.printed import PrintedRow
from extract.forms.progress import Progress
from extract.forms.words import find_head, find_label, horizon_of
from extract.page import FORM_ORIGIN, GridCell
from extract.text import squeeze

_BESIDE = ("score", "grade", "text", "department", "money_head")
"""Labels that end a table of indicators only where they stand outside of its columns."""


class IndicatorRows:
    """The rows of the indicators of a form."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def begin(self, row: PrintedRow) -> bool:
        """Begin a table at its header (一级指标 | 二级指标 | 三级指标 | 指标值); False else.

        The same header behind a page break goes on with the same table; the second row of the
        header of a list gives it columns.
        """
        if not is_indicator_header(row.starting):
            return False
        progress = self._progress
        if progress.mode == "list" and progress.headed and not progress.form.indicators:
            progress.use(_with_columns_below(progress.specs, read_columns(row.starting)))
            return True
        specs = self._read_header(row)
        same = [spec.field for spec in specs] == [spec.field for spec in progress.specs]
        if not (progress.mode == "indicators" and same and row.first_of_part):
            progress.indicators.flush(progress.form)
        progress.mode, progress.headed = "indicators", True
        progress.use(specs)
        return True

    def _read_header(self, row: PrintedRow) -> list[Spec]:
        headers = [cell for cell in row.starting if _is_head(cell)]
        beside = [cell.text for cell in row.covering if not any(cell is one for one in headers)]
        return [
            replace(spec, horizon=self._horizon(spec, beside)) if spec.field == "target" else spec
            for spec in read_columns(headers)
        ]

    def _horizon(self, spec: Spec, beside: Sequence[str]) -> str:
        goals = self._progress.goals
        return spec.horizon or goals.horizon_over(spec.middle) or horizon_of(beside)

    def ends_at(self, row: PrintedRow) -> bool:
        """True for a row that goes on with labels: the next form's head, a note, a goal."""
        first = row.starting[0]
        label = find_label(first.text)
        if TOTAL.fullmatch(squeeze(first.text)):
            return False
        if label is None or label.field in ("indicators", "goal_actual"):
            return False
        if label.field == "project_name":
            return len(row.starting) > 1 or bool(label.said)
        if label.field in _BESIDE:
            return self._progress.indicators.is_outside(first)
        return label.field in GOAL_FIELDS and len(row.starting) <= 4

    def take(self, row: PrintedRow) -> None:
        """Read one row: indicators, or the total of their scores."""
        if row.origin == FORM_ORIGIN and any(_is_heap(cell) for cell in row.starting):
            return
        if TOTAL.fullmatch(squeeze(row.starting[0].text)):
            self._take_total(row)
            return
        self._progress.indicators.take(
            self._progress.form, row.page_number, row.starting, row.covering, row.first_of_part,
            row.origin,
        )  # fmt: skip

    def _take_total(self, row: PrintedRow) -> None:
        form, specs = self._progress.form, self._progress.specs
        for spec in specs:
            cell = cell_at(spec, row.starting) if spec.field == "score" else None
            if cell is not None and is_amount(cell.text):
                form.score = score_in(cell)
        figures = [cell for cell in row.starting[1:] if is_amount(cell.text)]
        if form.score is None and figures and any(spec.field == "score" for spec in specs):
            form.score = score_in(figures[-1])


def _is_head(cell: GridCell) -> bool:
    """True for the head of a column, not for the heading of the table beside it."""
    label = find_label(cell.text)
    return find_head(cell.text) is not None or label is None or label.field != "indicators"


def _with_columns_below(specs: Sequence[Spec], below: Sequence[Spec]) -> list[Spec]:
    """The columns of a list with the second row of its header in place of what it stands under."""
    above = [
        spec for spec in specs
        if not any(spec.x0 - 1 <= one.middle <= spec.x1 + 1 for one in below)
    ]  # fmt: skip
    return sorted([*above, *below], key=lambda spec: spec.x0)


def _is_heap(cell: GridCell) -> bool:
    """True for a cell that holds all of a row whose columns are not certain."""
    return bool(cell.doubt) and cell.column_span > 1

"""Forms of a sheet, row by row: labels with their values, money, lists, indicators.

Every row goes to the reader of the table it belongs to. A table begins at its header and ends at
the first row that is none of its own; a form ends where the next project's name stands.
"""

from __future__ import annotations

from extract.forms.columns import refine_columns
from extract.forms.goals import take_rest_of_goal
from extract.forms.indicator_rows import IndicatorRows
from extract.forms.labels import LabelRows
from extract.forms.lists import ListRows
from extract.forms.model import Form
from extract.forms.phases import PhaseRows
from extract.forms.printed import PrintedRow, printed_rows
from extract.forms.progress import Progress
from extract.forms.words import find_head, find_label
from extract.sheet import Sheet


def read_forms(sheet: Sheet) -> list[Form]:
    """All forms of a sheet, in the order of print."""
    reader = _Reader(Progress(is_overall=sheet.kind == "overall_performance_target"))
    for row in printed_rows(sheet):
        reader.take(row)
    return reader.finish()


class _Reader:
    """The walk over the rows of a sheet."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.labels = LabelRows(progress)
        self.list = ListRows(progress)
        self.phases = PhaseRows(progress)
        self.indicators = IndicatorRows(progress)

    def take(self, row: PrintedRow) -> None:
        """Give one row to the table that it belongs to."""
        if row.first_of_part and len(row.starting) == 1 and self._take_rest(row):
            return
        if self.list.begin(row) or self.phases.begin(row) or self.indicators.begin(row):
            return
        if self.progress.headed and self._take_second_header(row):
            return
        mode = self.progress.mode
        if mode == "indicators" and not self.indicators.ends_at(row):
            self.indicators.take(row)
        elif mode == "list" and not self.list.ends_at(row):
            self.list.take(row)
        elif mode == "phases" and self.phases.take(row):
            return
        else:
            self.progress.mode = "labels"
            self.labels.take(row)

    def finish(self) -> list[Form]:
        """The forms, the last one included."""
        self.progress.close()
        return self.progress.forms

    def _take_second_header(self, row: PrintedRow) -> bool:
        refined = refine_columns(self.progress.specs, row.starting)
        self.progress.headed = refined is not None
        if refined is not None:
            self.progress.use(refined)
        return refined is not None

    def _take_rest(self, row: PrintedRow) -> bool:
        """Give the rest of a cell that the page broke to its beginning; True if it was that."""
        cell = row.starting[0]
        if cell is row.covering[0] and len(row.covering) == 1:
            return False  # a heading over the whole table
        if find_label(cell.text) is not None or find_head(cell.text) is not None:
            return False
        if self.progress.mode in ("indicators", "list"):
            return self.progress.indicators.take_tail(self.progress.form, cell)
        return take_rest_of_goal(self.progress.form, cell)

"""Tables of money inside of forms: phases of a budget as columns, funds as rows."""

from __future__ import annotations

from extract.forms.columns import (
    cell_at,
    extent,
    is_indicator_header,
    is_money_header,
    read_columns,
)
from extract.forms.money import may_be_money, read_money
from extract.forms.printed import PrintedRow, unit_beside
from extract.forms.progress import Progress
from extract.forms.words import find_head, find_label
from extract.page import GridCell
from extract.text import trim

_LABELS = ("money", "money_head", "department", "text")


class PhaseRows:
    """The rows of a table of phases, with the unit that its heading prints."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._unit = ""

    def begin(self, row: PrintedRow) -> bool:
        """Begin a table at its header (全年预算数 | 全年执行数); False for another row."""
        progress = self._progress
        if progress.mode == "list" or is_indicator_header(row.starting):
            return False
        if not is_money_header(row.starting):
            return False
        heads = [cell for cell in row.starting if _is_head(cell)]
        progress.use([spec for spec in read_columns(heads) if spec.field != "rest"])
        progress.mode, progress.headed = "phases", False
        label = unit_beside(row)
        self._unit = label.unit if label is not None else ""
        return True

    def take(self, row: PrintedRow) -> bool:
        """Read the amounts of a row; False for a row that is none of the table's."""
        progress = self._progress
        left = min(spec.x0 for spec in progress.specs)
        labels = [cell for cell in row.starting if extent(cell)[1] <= left + 1]
        label = labels[-1] if labels else None
        found = find_label(label.text) if label is not None else None
        if label is None and row.starting and extent(row.starting[0])[0] < left - 1:
            return False
        if found is not None and found.field not in _LABELS:
            return False
        amounts = [
            (spec, cell)
            for spec in progress.specs
            if (cell := cell_at(spec, row.starting)) is not None and may_be_money(cell)
        ]
        if not amounts and found is None:
            return False
        said = found.fund if found is not None else ""
        fund = said or ("all" if label is None or found else "other_printed")
        for spec, cell in amounts:
            if spec.field == "score" and said in ("", "all"):
                progress.form.fields.setdefault("execution_score", trim(cell.text))
            if spec.field == "money":
                unit = (found.unit if found else "") or spec.unit or self._unit
                progress.add(
                    read_money(
                        cell, fund, spec.measure, unit, label.text if label is not None else "",
                        spec.label, progress.line_kind(fund),
                    )
                )  # fmt: skip
        return True


def _is_head(cell: GridCell) -> bool:
    """True for the head of a column, not for the heading of the table beside it."""
    head, label = find_head(cell.text), find_label(cell.text)
    return (
        head is not None
        and head.field != "rest"
        and (label is None or label.field != "money_head")
    )  # fmt: skip

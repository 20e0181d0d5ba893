"""Forms of a sheet: labels with their values, tables of money, indicators, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.figures import is_amount, is_blank
from extract.forms.columns import (
    Spec,
    cell_at,
    extent,
    is_indicator_header,
    is_list_header,
    is_money_header,
    read_columns,
    refine_columns,
)
from extract.forms.indicators import IndicatorTable, score_of
from extract.forms.model import Form, Money
from extract.forms.noisy import find_money, find_name, is_pairs, is_piece
from extract.forms.words import Label, find_head, find_label, horizon_of
from extract.page import FORM_ORIGIN, GridCell
from extract.sheet import Sheet
from extract.text import has_chinese, squeeze, trim

_VALUES = frozenset(
    {"project_name", "project_code", "project_type", "project_nature", "implementing_unit",
     "department", "grade", "text"}
)  # fmt: skip
_UNKNOWN = "arrived"
"""Measure of money that the contract has no word for; never a fact."""

_GOALS = frozenset({"goal_year", "goal_long", "goal_expected", "goal_actual"})
_TOTAL = re.compile(r"(?:本?页?)?(?:金额|预算)?(?:合|总|小)计(?:得分|分值?)?|总分|总得分|自评得分")
_WITH_UNIT = re.compile(r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>万元|元)", re.ASCII)


@dataclass(frozen=True)
class PrintedRow:
    """A row of a sheet: the cells that begin in it, and all that cover it, from left to right."""

    page_number: int | None
    first_of_part: bool
    origin: str
    starting: tuple[GridCell, ...]
    covering: tuple[GridCell, ...]


def printed_rows(sheet: Sheet) -> Iterator[PrintedRow]:
    """The rows of a sheet that are not empty, over all its pages."""
    for part in sheet.parts:
        first = True
        for number, row in enumerate(part.rows):
            held: list[GridCell] = []
            for cell in part.covering(number):
                if cell is not None and not any(cell is other for other in held):
                    held.append(cell)
            starting = tuple(cell for cell in row if cell.text.strip())
            if starting:
                yield PrintedRow(part.page_number, first, part.grid.origin, starting, tuple(held))
                first = False


def read_forms(sheet: Sheet) -> list[Form]:
    """All forms of a sheet, in the order of print."""
    reader = _Reader(sheet)
    for row in printed_rows(sheet):
        reader.take(row)
    return reader.finish()


class _Reader:
    """The state of reading: the form under way, and the table inside of it that rows belong to."""

    def __init__(self, sheet: Sheet) -> None:
        self.forms: list[Form] = []
        self.form = Form()
        self.mode = "labels"
        self.specs: list[Spec] = []
        self.indicators = IndicatorTable()
        self.headed = False
        self.unit_seen = ""
        self.overall = sheet.kind == "overall_performance_target"
        self.goal_heads: list[tuple[Label, GridCell]] = []
        self.list_name: GridCell | None = None
        self.money_above: list[tuple[Label, GridCell]] = []
        self.open_label: Label | None = None
        self.pending: tuple[str, GridCell] | None = None

    def take(self, row: PrintedRow) -> None:
        """Read one row."""
        if row.first_of_part and len(row.starting) == 1 and self._take_tail(row):
            return
        if self._begins_list(row) or self._begins_money(row) or self._begins_indicators(row):
            return
        if self.headed:
            refined = refine_columns(self.specs, row.starting)
            self.headed = refined is not None
            if refined is not None:
                self._use(refined)
                return
        if self.mode == "indicators" and not self._leaves_indicators(row):
            self._take_indicator(row)
        elif self.mode == "list" and not (self.overall and self._is_goal(row)):
            self._take_list_row(row)
        elif self.mode == "money" and self._take_money_row(row):
            return
        else:
            self.mode = "labels"
            if row.origin == "tabbed" and self._take_torn(row):
                return
            self._take_labels(row)

    def finish(self) -> list[Form]:
        """The forms, the last one included."""
        self._close()
        return self.forms

    def _close(self) -> None:
        self.indicators.flush(self.form)
        if not self.form.is_empty:
            self.form.money = _settled_measures(self.form, self.overall)
            self.forms.append(self.form)
        self.form = Form()
        self.money_above = []
        self.goal_heads = []
        self.indicators = IndicatorTable()

    def _use(self, specs: list[Spec]) -> None:
        self.specs = specs
        self.indicators.specs = specs

    def _begins_list(self, row: PrintedRow) -> bool:
        if not is_list_header(row.starting):
            return False
        specs = _of_list(read_columns(row.starting))
        if self.mode == "list" and [s.label for s in specs] == [s.label for s in self.specs]:
            return True
        if not self.overall:
            self._close()
        self.mode, self.headed, self.list_name = "list", True, None
        self._use(specs)
        return True

    def _begins_money(self, row: PrintedRow) -> bool:
        if self.mode == "list" or is_indicator_header(row.starting):
            return False
        if not is_money_header(row.starting):
            return False
        heads = [
            cell for cell in row.starting
            if (head := find_head(cell.text)) is not None
            and head.field != "rest"
            and ((said := find_label(cell.text)) is None or said.field != "money_head")
        ]  # fmt: skip
        self._use([spec for spec in read_columns(heads) if spec.field != "rest"])
        self.mode, self.headed = "money", False
        self.open_label = self._unit_beside(row)
        return True

    def _unit_beside(self, row: PrintedRow) -> Label | None:
        for cell in row.covering:
            label = find_label(cell.text)
            if label is not None and label.field in ("money_head", "money") and label.unit:
                return label
        return None

    def _begins_indicators(self, row: PrintedRow) -> bool:
        if not is_indicator_header(row.starting):
            return False
        if self.mode == "list" and self.headed and not self.form.indicators:
            below = read_columns(row.starting)
            above = [
                s for s in self.specs if not any(s.x0 - 1 <= b.middle <= s.x1 + 1 for b in below)
            ]
            self._use(sorted([*above, *below], key=lambda spec: spec.x0))
            return True
        headers = [
            cell for cell in row.starting
            if find_head(cell.text) is not None or (label := find_label(cell.text)) is None
            or label.field != "indicators"
        ]  # fmt: skip
        specs = read_columns(headers)
        beside = [cell.text for cell in row.covering if not any(cell is other for other in headers)]
        specs = [
            replace(spec, horizon=spec.horizon or self._goal_horizon(spec) or horizon_of(beside))
            if spec.field == "target" else spec
            for spec in specs
        ]  # fmt: skip
        same = [s.field for s in specs] == [s.field for s in self.specs]
        if not (self.mode == "indicators" and same and row.first_of_part):
            self.indicators.flush(self.form)
        self.mode, self.headed = "indicators", True
        self._use(specs)
        return True

    def _goal_horizon(self, spec: Spec) -> str:
        """The horizon of the heading that stands over a column (实施期目标 | 年度目标)."""
        if len(self.goal_heads) < 2:
            return ""
        for label, cell in self.goal_heads:
            x0, x1 = extent(cell)
            if x0 - 1 <= spec.middle <= x1 + 1:
                return "long_term" if label.field == "goal_long" else "year"
        return ""

    def _leaves_indicators(self, row: PrintedRow) -> bool:
        """True for a row that goes on with labels: the next form's head, a note, a total."""
        label = find_label(row.starting[0].text)
        if _TOTAL.fullmatch(squeeze(row.starting[0].text)):
            return False
        if label is None or label.field in ("indicators", "goal_actual"):
            return False
        if label.field == "project_name":
            return len(row.starting) > 1 or bool(label.said)
        if label.field in ("score", "grade", "text", "department", "money_head"):
            return self.indicators.is_outside(row.starting[0])
        return label.field in _GOALS and len(row.starting) <= 4

    def _is_goal(self, row: PrintedRow) -> bool:
        label = find_label(row.starting[0].text)
        return label is not None and label.field in _GOALS | {"text", "money_head", "money"}

    def _take_indicator(self, row: PrintedRow) -> None:
        if row.origin == FORM_ORIGIN and any(_is_heap(cell) for cell in row.starting):
            return
        first = squeeze(row.starting[0].text)
        if _TOTAL.fullmatch(first):
            self._take_total_score(row)
            return
        self.indicators.take(
            self.form, row.page_number, row.starting, row.covering, row.first_of_part, row.origin
        )

    def _take_total_score(self, row: PrintedRow) -> None:
        for spec in self.specs:
            cell = cell_at(spec, row.starting) if spec.field == "score" else None
            if cell is not None and is_amount(cell.text):
                self.form.score = score_of(cell.text)
        if self.form.score is None and not any(spec.field == "score" for spec in self.specs):
            return
        figures = [cell for cell in row.starting[1:] if is_amount(cell.text)]
        if self.form.score is None and figures:
            self.form.score = score_of(figures[-1].text)

    def _take_money_row(self, row: PrintedRow) -> bool:
        """Amounts in the columns of a table of phases; False for a row that is none of its rows."""
        left = min(spec.x0 for spec in self.specs)
        labels = [cell for cell in row.starting if extent(cell)[1] <= left + 1]
        label = labels[-1] if labels else None
        found = find_label(label.text) if label is not None else None
        if label is None and row.starting and extent(row.starting[0])[0] < left - 1:
            return False
        if found is not None and found.field not in ("money", "money_head", "department", "text"):
            return False
        amounts = [
            (spec, cell)
            for spec in self.specs
            if (cell := cell_at(spec, row.starting)) is not None and _may_be_money(cell)
        ]
        if not amounts and found is None:
            return False
        fund = found.fund if found is not None and found.fund else ""
        for spec, cell in amounts:
            if spec.field == "score" and fund in ("", "all"):
                self.form.fields.setdefault("execution_score", trim(cell.text))
            if spec.field != "money":
                continue
            unit = (found.unit if found else "") or spec.unit
            unit = unit or (self.open_label.unit if self.open_label else "")
            self._add_money(
                row, cell, label.text if label is not None else "",
                fund or ("all" if label is None or found else "other_printed"),
                spec.measure, spec.label, unit,
            )  # fmt: skip
        return True

    def _add_money(
        self,
        row: PrintedRow,
        cell: GridCell,
        row_label: str,
        fund: str,
        measure: str,
        column_label: str,
        unit: str,
        row_kind: str = "line",
    ) -> None:
        doubt = ""
        if not is_amount(cell.text):
            own = _WITH_UNIT.fullmatch(squeeze(cell.text))
            figures = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", " ".join(cell.lines))
            if own is not None:
                unit = own["unit"]
            else:
                doubt = "several_figures" if len(figures) > 1 else "unreadable_figure"
        if measure == _UNKNOWN:
            doubt = doubt or "column_unknown"
        self.form.money.append(
            Money(
                cell, fund or "all", measure, unit, _flat(row_label),
                column_label, "total" if self.overall and fund == "all" and row_kind == "line"
                else "subtotal" if self.overall and row_kind == "line" else row_kind,
                doubt,
            )
        )  # fmt: skip

    def _take_list_row(self, row: PrintedRow) -> None:
        name_spec = next(
            (s for s in self.specs if s.field == "project_name"),
            next((s for s in self.specs if s.field == "task_name"), None),
        )
        assert name_spec is not None
        name = cell_at(name_spec, row.covering)
        text = squeeze(name.text) if name is not None else ""
        whole = next((c for c in row.starting if _TOTAL.fullmatch(squeeze(c.text))), None)
        if whole is not None:
            self._take_list_money(row, _flat(whole.text), "total")
            return
        if name_spec.field == "task_name":
            self._take_list_money(row, _flat(name.text) if name is not None else "", "subtotal")
            return
        if name is not None and text and name is not self.list_name:
            again = row.first_of_part and text == squeeze(self.form.project_name)
            self.list_name = name
            if not again:
                self._close()
                self._use(self.specs)
                self.form.page_number, self.form.cell = row.page_number, name
                self.form.fields["project_name"] = _flat(name.text)
            else:
                self._take_list_indicator(row)
                return
        self._take_list_money(row, self.form.project_name, "line")
        for spec in self.specs:
            cell = cell_at(spec, row.covering)
            if cell is None or is_blank(cell.text):
                continue
            if spec.field in ("project_code", "project_type", "implementing_unit", "grade"):
                self.form.fields.setdefault(spec.field, _flat(cell.text))
            elif spec.field == "goal":
                self.form.fields.setdefault("goal_year", _flat(cell.text))
            elif spec.field == "score" and not self._has_indicators():
                self.form.score = self.form.score or score_of(cell.text)
        self._take_list_indicator(row)

    def _has_indicators(self) -> bool:
        return any(spec.field in ("level_3", "target") for spec in self.specs)

    def _take_list_indicator(self, row: PrintedRow) -> None:
        if self._has_indicators():
            self.indicators.take(
                self.form, row.page_number, row.starting, row.covering, row.first_of_part,
                row.origin,
            )  # fmt: skip

    def _take_list_money(self, row: PrintedRow, label: str, row_kind: str) -> None:
        for spec in self.specs:
            if spec.field != "money":
                continue
            cell = cell_at(spec, row.starting)
            if cell is not None and _may_be_money(cell):
                self._add_money(
                    row, cell, label, spec.fund, spec.measure, spec.label, spec.unit, row_kind
                )

    def _take_labels(self, row: PrintedRow) -> None:
        cells = list(row.starting)
        unit = self._unit_beside(row)
        at = 0
        while at < len(cells):
            cell = cells[at]
            at += 1
            label = find_label(cell.text)
            if label is None:
                if _is_unread(cell):
                    self._add_money(row, cell, "", "all", _UNKNOWN, "", "")
                else:
                    self._take_below(cell)
                continue
            if label.field == "project_name":
                if row.origin == "tabbed":
                    continue
                if self.form.project_name or self._is_late():
                    self._close()
            if label.said:
                self._set(label, cell, label.said, row, unit)
                continue
            value = cells[at] if at < len(cells) else None
            beside = find_label(value.text) if value is not None else None
            if label.field in _GOALS:
                self._open_goal(label, cell, value if beside is None else None)
                at += value is not None and beside is None
                continue
            if value is None or (beside is not None and not _is_value(label, value)):
                if label.field == "project_name":
                    self.pending = ("project_name", cell)
                continue
            at += 1
            if row.origin == "tabbed" and _is_torn(label, value, cells[at:]):
                continue
            self._set(label, value, value.text, row, unit, cell)
            last = self.form.money[-1] if self.form.money else None
            is_new = last is not None and last.cell is value and row.origin == "tabbed"
            if last is not None and is_new and _is_cut(value, cells[at:]):
                pieces = (value.text, cells[at].text)
                self.form.money[-1] = replace(last, doubt="", pieces=pieces)
                at += 1

    def _take_torn(self, row: PrintedRow) -> bool:
        """Name or money of a row whose cells the text tore; False if it is not torn."""
        named = find_name(row.starting)
        if named is not None:
            said, following = named
            if self.form.project_name or self._is_late():
                self._close()
            pieces = [cell for cell in following if has_chinese(cell.text)]
            self.form.page_number = row.page_number
            self.form.cell = pieces[0] if pieces else row.starting[0]
            whole = said if said and not following else ""
            if len(following) == 1 and len(pieces) == 1 and not said:
                whole = _flat(pieces[0].text)
            self.form.fields["project_name"] = whole or "?"
            if not whole:
                text = said + "".join(squeeze(cell.text) for cell in following)
                self.form.fields["torn_name"] = text or "?"
            return True
        found = None if is_pairs(row.starting) else find_money(row.starting)
        if found is None:
            return False
        label, pieces = found
        unit = self._unit_beside(row)
        self.unit_seen = label.unit or (unit.unit if unit else "") or self.unit_seen
        measure = self._measure_of(label, pieces[0])
        self._add_money(row, pieces[0], label.said, label.fund, measure, "", self.unit_seen)
        self.form.money[-1] = replace(
            self.form.money[-1], doubt="", pieces=tuple(cell.text for cell in pieces)
        )
        return True

    def _is_late(self) -> bool:
        """True where a form without a project's name has begun to print money or indicators."""
        return bool(self.form.indicators or self.form.money) and not self.overall

    def _open_goal(self, label: Label, cell: GridCell, value: GridCell | None) -> None:
        if value is not None and len(squeeze(value.text)) > 1:
            self.form.fields.setdefault(label.field, _text(value))
            return
        self.goal_heads = [
            (held, other) for held, other in self.goal_heads if other.row == cell.row
        ]
        self.goal_heads.append((label, cell))

    def _take_below(self, cell: GridCell) -> None:
        """A text below a goal's heading."""
        x0, x1 = extent(cell)
        for label, head in self.goal_heads:
            left, right = extent(head)
            if left - 1 <= (x0 + x1) / 2 <= right + 1 and len(squeeze(cell.text)) > 1:
                self.form.fields.setdefault(label.field, _text(cell))
                return

    def _set(
        self,
        label: Label,
        cell: GridCell,
        text: str,
        row: PrintedRow,
        unit: Label | None,
        own: GridCell | None = None,
    ) -> None:
        if label.field in ("money", "money_head"):
            if not _may_be_money(cell) and not re.search(r"[0-9]", text):
                return
            measure = self._measure_of(label, own or cell)
            column = unit_free(_flat(self._column_label(label, row)))
            self._add_money(
                row, cell, (own or cell).text, label.fund, measure, column,
                label.unit or (unit.unit if unit else ""),
            )  # fmt: skip
        elif label.field == "score":
            if is_amount(text) and self.form.score is None:
                self.form.score = score_of(text)
        elif label.field in _VALUES and not is_blank(text):
            if label.field == "project_name":
                self.form.page_number, self.form.cell = row.page_number, cell
            self.form.fields.setdefault(label.field, _flat(text))
        elif label.field in _GOALS:
            self.form.fields.setdefault(label.field, trim(text))

    def _measure_of(self, label: Label, cell: GridCell) -> str:
        """The measure of a label; a part has that of the total that stands above it."""
        x0, x1 = extent(cell)
        middle = (x0 + x1) / 2
        if label.fund == "all" or label.field == "money_head":
            self.money_above = [
                (held, other)
                for held, other in self.money_above
                if not extent(other)[0] - 1 <= middle <= extent(other)[1] + 1
            ]
            self.money_above.append((label, cell))
            return label.measure
        for held, other in reversed(self.money_above):
            left, right = extent(other)
            if left - 1 <= middle <= right + 1:
                return held.measure
        return self.money_above[-1][0].measure if len(self.money_above) == 1 else ""

    def _column_label(self, label: Label, row: PrintedRow) -> str:
        heads = [
            cell.text for cell in row.covering
            if (found := find_label(cell.text)) is not None and found.field == "money_head"
        ]  # fmt: skip
        return heads[0] if heads else ""

    def _take_tail(self, row: PrintedRow) -> bool:
        """Give the rest of a cell that the page broke to its beginning; True if it was that."""
        cell = row.starting[0]
        if cell is row.covering[0] and len(row.covering) == 1:
            return False  # a heading over the whole table
        if find_label(cell.text) is not None or find_head(cell.text) is not None:
            return False
        if self.mode in ("indicators", "list"):
            return self.indicators.take_tail(self.form, cell)
        for name in ("goal_actual", "goal_expected", "goal_year", "goal_long"):
            if self.form.fields.get(name) and len(squeeze(cell.text)) > 1:
                self.form.fields[name] += _text(cell)
                return True
        return False


def _of_list(specs: list[Spec]) -> list[Spec]:
    """The columns of a list: a budget beside neither money spent nor a score is that of the year.

    Of two headings for tasks the inner one stands over their names.
    """
    tasks = [spec for spec in specs if spec.field == "task_name"]
    specs = [spec for spec in specs if spec not in tasks[:-1]]
    if any(spec.measure == "executed" or spec.field in ("score", "grade") for spec in specs):
        return specs
    return [
        replace(spec, measure="budget") if spec.measure == "adjusted_budget" else spec
        for spec in specs
    ]


def _settled_measures(form: Form, overall: bool) -> list[Money]:
    """The measure of totals that do not say it: the year, unless another total of the form does."""
    says_year = any(money.measure == "year" for money in form.money)
    settled = []
    for money in form.money:
        measure = money.measure
        if measure == "year":
            measure = "budget"
        elif measure == "":
            measure = "whole_period" if says_year else "budget"
        settled.append(replace(money, measure=measure))
    return settled


def _is_value(label: Label, cell: GridCell) -> bool:
    """True where a text that could be a label is the value of the label before it."""
    text = squeeze(cell.text)
    if label.field == "project_name":
        found = find_label(cell.text)
        return found is not None and found.field == "money_head" and not found.unit
    return label.field in ("money", "money_head") and is_amount(text)


def _is_heap(cell: GridCell) -> bool:
    """True for a cell that holds all of a row whose columns are not certain."""
    return bool(cell.doubt) and cell.column_span > 1


def _is_unread(cell: GridCell) -> bool:
    """True for money that stands beside no label: a figure with a decimal part or separators."""
    return is_amount(cell.text) and re.search(r"[.,]", squeeze(cell.text)) is not None


def _is_torn(label: Label, value: GridCell, following: list[GridCell]) -> bool:
    """True where text lost a part of a value: more stands behind it, or it begins with a mark."""
    if label.field in ("money", "money_head"):
        return not is_piece(value)
    behind = bool(following) and find_label(following[0].text) is None
    return behind or squeeze(value.text)[:1] in ",.;:、。·!|-"


def _is_cut(value: GridCell, following: list[GridCell]) -> bool:
    """True for a figure that ends with its point, where the last cell of the row has digits."""
    return (
        re.fullmatch(r"[0-9]+[.]", squeeze(value.text), re.ASCII) is not None
        and len(following) == 1
        and re.fullmatch(r"[0-9]{1,2}", squeeze(following[0].text), re.ASCII) is not None
    )


def _may_be_money(cell: GridCell) -> bool:
    """True for a cell that holds a figure, or one beside other characters."""
    if is_blank(cell.text):
        return False
    text = squeeze(cell.text)
    return is_amount(cell.text) or (
        re.search(r"[0-9]", text) is not None and "%" not in text and len(text) <= 30
    )


def unit_free(text: str) -> str:
    """A label without the unit in brackets at its end.

    >>> unit_free("项目资金（万元）")
    '项目资金'
    """
    return re.sub(r"[（(](?:单位[:：])?(?:万元|元)[)）]$", "", text)


def _flat(text: str) -> str:
    return trim(text).replace(" ", "") if has_chinese(text) else trim(text)


def _text(cell: GridCell) -> str:
    return trim("".join(cell.lines))

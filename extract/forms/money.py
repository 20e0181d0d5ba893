"""Money of forms: what makes a cell an amount, and what its label and its column say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.figures import is_amount, is_blank
from extract.forms.columns import extent
from extract.forms.model import Form, Money
from extract.forms.printed import flat
from extract.forms.words import Label
from extract.page import GridCell
from extract.text import squeeze

MEASURE_UNKNOWN = "arrived"
"""Measure of money that the contract has no word for; never a fact."""

_LONGEST = 30
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_WITH_UNIT = re.compile(rf"(?P<figure>{_FIGURE.pattern})\s*(?P<unit>万元|元)", re.ASCII)
_UNIT_AT_END = re.compile(r"[（(](?:单位[:：])?(?:万元|元)[)）]$")


def read_money(
    cell: GridCell,
    fund: str,
    measure: str,
    unit: str,
    row_label: str,
    column_label: str,
    row_kind: str,
) -> Money:
    """An amount with what is said of it; in doubt where its cell or its label is not clear.

    A unit printed behind the figure (`110万元`) goes before ``unit``.
    """
    doubt = ""
    if not is_amount(cell.text):
        own = _WITH_UNIT.fullmatch(squeeze(cell.text))
        if own is not None:
            unit = own["unit"]
        else:
            several = len(_FIGURE.findall(" ".join(cell.lines))) > 1
            doubt = "several_figures" if several else "unreadable_figure"
    if measure == MEASURE_UNKNOWN:
        doubt = doubt or "column_unknown"
    return Money(
        cell,
        fund or "all",
        measure,
        unit,
        flat(row_label),
        column_label,
        row_kind,
        doubt,
        reading=cell.reading,
        settled=cell.settled,
    )


def may_be_money(cell: GridCell) -> bool:
    """True for a cell that holds a figure, or one beside other characters."""
    if is_blank(cell.text):
        return False
    text = squeeze(cell.text)
    return is_amount(cell.text) or (
        re.search(r"[0-9]", text) is not None and "%" not in text and len(text) <= _LONGEST
    )


def is_unread(cell: GridCell) -> bool:
    """True for money that stands beside no label: a figure with a decimal part or separators."""
    return is_amount(cell.text) and re.search(r"[.,]", squeeze(cell.text)) is not None


def is_cut(value: GridCell, following: Sequence[GridCell]) -> bool:
    """True for a figure that ends with its point, where the last cell of the row has digits."""
    return (
        re.fullmatch(r"[0-9]+[.]", squeeze(value.text), re.ASCII) is not None
        and len(following) == 1
        and re.fullmatch(r"[0-9]{1,2}", squeeze(following[0].text), re.ASCII) is not None
    )


def unit_free(text: str) -> str:
    """A label without the unit in brackets at its end.

    >>> unit_free("项目资金（万元）")
    '项目资金'
    """
    return _UNIT_AT_END.sub("", text)


@dataclass
class Totals:
    """The labels of totals of a form: a part has the measure of the total that stands above it."""

    above: list[tuple[Label, GridCell]] = field(default_factory=list)

    def measure_of(self, label: Label, cell: GridCell) -> str:
        """The measure of a label; ``cell`` is the label's, or the amount's where they are one."""
        x0, x1 = extent(cell)
        middle = (x0 + x1) / 2
        if label.fund == "all" or label.field == "money_head":
            self.above = [
                (held, other) for held, other in self.above if not _is_over(other, middle)
            ]
            self.above.append((label, cell))
            return label.measure
        for held, other in reversed(self.above):
            if _is_over(other, middle):
                return held.measure
        return self.above[0][0].measure if len(self.above) == 1 else ""


def _is_over(head: GridCell, middle: float) -> bool:
    left, right = extent(head)
    return left - 1 <= middle <= right + 1


def settle_measures(form: Form) -> list[Money]:
    """The measure of totals that do not say it: the year, unless another total of the form does."""
    says_year = any(money.measure == "year" for money in form.money)
    unsaid = "whole_period" if says_year else "budget"
    words = {"year": "budget", "": unsaid}
    return [
        replace(money, measure=words.get(money.measure, money.measure)) for money in form.money
    ]  # fmt: skip

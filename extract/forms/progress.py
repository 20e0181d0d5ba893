"""What is under way while a sheet of forms is read: the form, and the table that rows belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.forms.columns import Spec
from extract.forms.goals import Goals
from extract.forms.indicators import IndicatorTable
from extract.forms.model import Form, Money
from extract.forms.money import Totals, settle_measures

Mode = Literal["labels", "phases", "list", "indicators"]
"""What rows are: labels with values, phases of a budget beside each other, a list, indicators."""


@dataclass
class Progress:
    """The forms that are read, the one under way, and the columns of the table inside of it.

    ``is_overall`` is true for the form of a whole department; ``headed`` while a second row of
    the header may follow.
    """

    is_overall: bool
    forms: list[Form] = field(default_factory=list)
    form: Form = field(default_factory=Form)
    mode: Mode = "labels"
    headed: bool = False
    specs: list[Spec] = field(default_factory=list)
    indicators: IndicatorTable = field(default_factory=IndicatorTable)
    goals: Goals = field(default_factory=Goals)
    totals: Totals = field(default_factory=Totals)

    def use(self, specs: Sequence[Spec]) -> None:
        """Read the rows that follow by these columns."""
        self.specs = list(specs)
        self.indicators.specs = self.specs

    def close(self) -> None:
        """End the form under way, and begin another."""
        self.indicators.flush(self.form)
        if not self.form.is_empty:
            self.form.money = settle_measures(self.form)
            self.forms.append(self.form)
        self.form = Form()
        self.indicators = IndicatorTable()
        self.goals = Goals()
        self.totals = Totals()

    @property
    def is_late(self) -> bool:
        """True where a form without a project's name has begun to print money or indicators."""
        return bool(self.form.indicators or self.form.money) and not self.is_overall

    def add(self, money: Money) -> None:
        """Add an amount to the form under way."""
        self.form.money.append(money)

    def line_kind(self, fund: str) -> str:
        """What an amount beside a label or a project is: a line, or a sum of the department."""
        if not self.is_overall:
            return "line"
        return "total" if fund == "all" else "subtotal"

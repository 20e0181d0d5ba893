"""Goals of a form: their headings, the texts beside or below them, the horizon that they give."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.forms.columns import extent
from extract.forms.model import Form
from extract.forms.printed import joined
from extract.forms.words import Label
from extract.page import GridCell
from extract.text import squeeze

GOAL_FIELDS = ("goal_actual", "goal_expected", "goal_year", "goal_long")
"""Fields of goals, in the order in which a page break continues them."""


@dataclass
class Goals:
    """The headings of goals that stand in one row (实施期目标 | 年度目标)."""

    heads: list[tuple[Label, GridCell]] = field(default_factory=list)

    def open(self, form: Form, label: Label, cell: GridCell, value: GridCell | None) -> None:
        """Take in a heading, with the text beside it (None if that is another label)."""
        if value is not None and len(squeeze(value.text)) > 1:
            form.fields.setdefault(label.field, joined(value))
            return
        self.heads = [(held, other) for held, other in self.heads if other.row == cell.row]
        self.heads.append((label, cell))

    def take_below(self, form: Form, cell: GridCell) -> None:
        """Give a text to the heading above it."""
        x0, x1 = extent(cell)
        label = self._over((x0 + x1) / 2)
        if label is not None and len(squeeze(cell.text)) > 1:
            form.fields.setdefault(label.field, joined(cell))

    def horizon_over(self, middle: float) -> str:
        """The horizon of the heading over a place, '' where the form has one goal only."""
        label = self._over(middle) if len(self.heads) > 1 else None
        if label is None:
            return ""
        return "long_term" if label.field == "goal_long" else "year"

    def _over(self, middle: float) -> Label | None:
        for label, head in self.heads:
            left, right = extent(head)
            if left - 1 <= middle <= right + 1:
                return label
        return None


def take_rest_of_goal(form: Form, cell: GridCell) -> bool:
    """Give the text at the head of a page to the goal before the break; False if there is none."""
    for name in GOAL_FIELDS:
        if form.fields.get(name) and len(squeeze(cell.text)) > 1:
            form.fields[name] += joined(cell)
            return True
    return False

"""What a form says: its project, its money, its goals and its indicators."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extract.page import GridCell, Settled


@dataclass(frozen=True)
class Money:
    """A printed amount of a form.

    ``fund`` and ``measure`` are words of the contract ('' for a measure that the form's other
    labels decide); ``row_kind`` is `line` for a project's amount, `total` and `subtotal` for those
    of the whole department or of a list; ``doubt`` is a quarantine reason or ''. ``printed`` is the
    text that gives the figure where it is joined from several cells, else ''; ``pieces`` are the
    texts of the cells over which a figure may lie; ``is_confirmed`` is true where another table
    prints the same amount of the same project, which settles doubts about the cell's place;
    ``settled`` says how a figure was.
    """

    cell: GridCell
    fund: str
    measure: str
    unit_text: str
    row_label: str
    column_label: str
    row_kind: str = "line"
    doubt: str = ""
    printed: str = ""
    reading: str = "printed"
    pieces: tuple[str, ...] = ()
    is_confirmed: bool = False
    settled: Settled | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator: its horizon, its path, its target and what became of it, as printed.

    ``pieces`` are the texts of the cells over which a text lays the name (`level_3`), if several.
    """

    page_number: int | None
    cell: GridCell
    horizon: str
    level_1: str
    level_2: str
    level_3: str
    target: str
    actual: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""
    torn: bool = False
    pieces: tuple[str, ...] = ()


@dataclass
class Form:
    """One form: of a project, or of a whole department where it has no project's name."""

    page_number: int | None = None
    cell: GridCell | None = None
    fields: dict[str, str] = field(default_factory=dict)
    money: list[Money] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    score: Decimal | None = None

    def said(self, name: str) -> str:
        """The text of a field, '' where the form does not print it."""
        return self.fields.get(name, "")

    @property
    def project_name(self) -> str:
        """The project's name as printed, '' for a form of a whole department."""
        return self.said("project_name")

    @property
    def goal(self) -> str:
        """The goal of the year, else that of the whole period."""
        return self.said("goal_expected") or self.said("goal_year") or self.said("goal_long")

    @property
    def is_empty(self) -> bool:
        """True where nothing was read."""
        return not (self.fields or self.money or self.indicators)

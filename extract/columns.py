"""Columns of tables, and what their headers mean beside those of their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.vocabulary import Meaning

CODE_ROLES = frozenset({"code", "code_class", "code_section", "code_item"})
AMOUNT_ROLES = frozenset({"amount", "sme_reserved", "micro_reserved"})


@dataclass(frozen=True)
class Column:
    """A column of a table: its printed header path, its role and its meaning.

    ``block`` counts side-by-side blocks from 0; ``side`` is income, expenditure, or '' where the
    header does not say; ``unit`` is the unit that the header itself prints (`金额（万元）`) or ''.
    ``year`` is the year that the header prints, ``prior`` is true where it says the year before.
    """

    number: int
    path: tuple[str, ...]
    role: str
    meaning: Meaning
    block: int = 0
    side: str = ""
    unit: str = ""
    known: bool = True
    year: int | None = None
    prior: bool = False

    @property
    def label(self) -> str:
        """The header path for people."""
        return " / ".join(self.path)


def with_whole_row(columns: list[Column]) -> list[Column]:
    """本年收入合计 is the whole-row column of an income table that has no 合计 beside it."""
    sources = [column.meaning.source for column in columns]
    if "total" in sources or "current_total" not in sources:
        return columns
    at = sources.index("current_total")
    whole = replace(columns[at], meaning=replace(columns[at].meaning, source="total"))
    return [*columns[:at], whole, *columns[at + 1 :]]


def with_meetings(columns: list[Column]) -> list[Column]:
    """A 合计 beside a 三公 subtotal and 会议费, 培训费 is the total of all of them."""
    items = {column.meaning.item for column in columns}
    totals = [column for column in columns if column.meaning.item == "total"]
    if not items & {"meetings", "training"} or len(totals) < 2:
        return columns
    outer = [column for column in totals if not any("三公" in text for text in column.path)]
    return [
        replace(column, meaning=replace(column.meaning, item="total_with_meetings_training"))
        if column in outer
        else column
        for column in columns
    ]


def with_funds(columns: list[Column]) -> list[Column]:
    """Where the columns are funds and the rows are items, 合计 is all funds, not an item."""
    if not any(column.meaning.fund for column in columns):
        return columns
    if any(column.meaning.item not in ("", "total") for column in columns):
        return columns
    return [
        replace(column, meaning=replace(column.meaning, item="", fund="all"))
        if column.meaning.item == "total"
        else column
        for column in columns
    ]


def with_vehicles(columns: list[Column]) -> list[Column]:
    """公务用车费 is 公务用车购置及运行费 where both of its parts have columns of their own.

    Elsewhere it may be the running of vehicles alone: an item without a word.
    """
    word = whole_of_vehicles(column.meaning.item for column in columns)
    return [
        replace(column, meaning=replace(column.meaning, item=word))
        if column.meaning.item == "vehicles_by_parts"
        else column
        for column in columns
    ]


def whole_of_vehicles(items: Iterable[str]) -> str:
    """What 公务用车费 means beside other items of a table: `vehicles` or `other_printed`."""
    held = set(items)
    parts = {"vehicle_purchase", "vehicle_operation"}
    return "vehicles" if parts <= held and "vehicles" not in held else "other_printed"


def without_lone_basis(columns: list[Column]) -> list[Column]:
    """Keep 预算数 and 决算数 only where a table sets them side by side; years, unless all are one.

    One column of the year before may stand beside columns that say no year.
    """
    amounts = [column for column in columns if column.role == "amount"]
    bases = {column.meaning.basis for column in amounts} - {""}
    years = {column.year for column in amounts}
    if len(bases) < 2:
        columns = [_without_basis(c) if c.meaning.basis else c for c in columns]
    if len(years) < 2:
        columns = [replace(c, year=None) if c.year is not None else c for c in columns]
    return columns


def _without_basis(column: Column) -> Column:
    return replace(column, meaning=replace(column.meaning, basis=""))


def conflicting_columns(
    figures: Sequence[Sequence[tuple[Column, str]]],
) -> frozenset[tuple[int, int]]:
    """Block and number of columns whose headers mean the same while their figures differ.

    ``figures`` are the printed figures of each row with their columns. A lost header row and a
    word that no vocabulary knows make such columns: what sets them apart was not read. Words of
    last resort (`other_printed`) and carry-overs by fund may stand over several columns.
    """
    found: set[tuple[int, int]] = set()
    for row in figures:
        for at, (one, printed) in enumerate(row):
            for two, also_printed in row[at + 1 :]:
                if printed != also_printed and _means_the_same(one, two):
                    found |= {(one.block, one.number), (two.block, two.number)}
    return frozenset(found)


def _means_the_same(one: Column, two: Column) -> bool:
    if not (one.known and two.known) or one.block != two.block:
        return False
    if "other_printed" in (one.meaning.component, one.meaning.source, one.meaning.item):
        return False
    if one.meaning.fund in ("carryover", "other_printed"):
        return False
    return (one.role, one.meaning, one.year, one.prior) == (
        two.role, two.meaning, two.year, two.prior
    )  # fmt: skip

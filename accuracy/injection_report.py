"""What became of errors that were put in on purpose, as figures and as tables for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rich.table import Table

from accuracy.judging import Sign, place_of
from accuracy.mistakes import Mistake
from accuracy.report import share

STANDINGS = ("counted", "balanced", "within_rounding", "uncovered")
"""Whether a mistake counts: `accuracy.inject` says what the others are."""


@dataclass(frozen=True)
class Result:
    """A mistake, whether it counts, and all that the audit said against it."""

    document: str
    mistake: Mistake
    standing: str
    signs: frozenset[Sign]

    @property
    def noticed(self) -> bool:
        """True if the audit said anything against the document that it did not say before."""
        return bool(self.signs)

    @property
    def named(self) -> bool:
        """True if one of the signs names the very cell."""
        cells = {*self.mistake.replaced, *(str(one["cell_id"]) for one in self.mistake.cells)}
        places = {place_of(cell) for cell in cells}
        return any(sign.cell_ids & places for sign in self.signs)


@dataclass(frozen=True)
class InjectionReport:
    """All mistakes that were put in."""

    results: tuple[Result, ...]

    def of_standing(self, standing: str) -> tuple[Result, ...]:
        """The results of one standing."""
        return tuple(one for one in self.results if one.standing == standing)

    @property
    def counted(self) -> tuple[Result, ...]:
        """The mistakes that an identity over their cell should notice."""
        return self.of_standing("counted")

    @property
    def missed(self) -> tuple[Result, ...]:
        """Counted mistakes that nothing noticed."""
        return tuple(one for one in self.counted if not one.noticed)

    @property
    def share(self) -> Decimal:
        """The share of counted mistakes that were noticed; 0 when none counts."""
        counted = len(self.counted)
        return Decimal(counted - len(self.missed)) / counted if counted else Decimal(0)


def injection_table(report: InjectionReport, by: str) -> Table:
    """One row per kind of mistake, or per table kind (``by``), and the sum below.

    For every standing: how many, and how many of them were noticed.
    """
    table = Table(by, title=f"errors put in on purpose, by {by}: all, noticed")
    table.add_column("share noticed", justify="right")
    table.add_column("cell named", justify="right")
    for standing in STANDINGS:
        table.add_column(standing.replace("_", " "), justify="right")
    groups: dict[str, list[Result]] = {}
    for result in report.results:
        kind = result.mistake.kind if by == "mistake" else result.mistake.table_kind
        groups.setdefault(kind, []).append(result)
    for name in sorted(groups):
        table.add_row(name, *_row(groups[name]))
    table.add_section()
    table.add_row("all", *_row(report.results))
    return table


def _row(results: Iterable[Result]) -> list[str]:
    group = InjectionReport(tuple(results))
    counted = len(group.counted)
    named = sum(one.named for one in group.counted)
    columns = [share(counted - len(group.missed), counted), share(named, counted)]
    for standing in STANDINGS:
        some = group.of_standing(standing)
        columns.append(f"{len(some)}, {sum(one.noticed for one in some)}")
    return columns


def describe_miss(result: Result) -> str:
    """Where a mistake stands, and what it changed."""
    mistake = result.mistake
    page = f" page {mistake.page_number}" if mistake.page_number else ""
    place = mistake.cell_id.partition(":")[2]
    return (
        f"{result.standing}, not noticed: {result.document}{page}, {mistake.table_kind} {place},"
        f" {mistake.kind}: {mistake.before} -> {mistake.after}"
    )

"""All tables of a document together: every figure into its column, or in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import comb

from extract.figures import decimals, is_amount, parse_amount
from extract.page import Settled
from extract.plain.evidence import Evidence, fund_word, plain_label
from extract.plain.layout import Layout
from extract.plain.lines import Row, Side, is_marked, sides_of
from extract.plain.placing import (
    Figures,
    Places,
    certain_places,
    families_of,
    keep_if_any,
    settle_tree,
    ways,
)
from extract.plain.sums import Sum, sums_of
from extract.text import squeeze

AMBIGUOUS = "ambiguous_column"


@dataclass(frozen=True)
class Figure:
    """A figure in its column; all but its text as in ``GridCell``."""

    text: str
    reading: str = "printed"
    doubt: str = ""
    settled: Settled | None = field(default=None, compare=False, repr=False)


Placed = Mapping[int, Figure]
"""The figures of a row by column."""


class Table:
    """The rows of a table, all its sections together, and the layouts that are left for each."""

    def __init__(self, layout: Layout) -> None:
        """A table of this header, without rows yet."""
        self.layout = layout
        self.paths = [column.path for column in layout]
        self.amounts = [column.token.is_amount for column in layout]
        self.sides = sides_of(layout)
        self.sums: tuple[Sum, ...] = sums_of(self.paths, self.amounts)
        self.rows: list[Row] = []
        self.options: list[list[list[Places]]] = []
        self.reasons: dict[tuple[int, int], list[str]] = {}

    def add(self, row: Row) -> None:
        """Take a row, with all layouts of its figures in which its own sums hold."""
        missing = len(self.sides) - len(row.figures)
        row = replace(row, figures=(*row.figures, *[()] * missing))
        if any(is_marked(text) for texts in row.figures for text in texts):
            row = replace(row, doubt=row.doubt or AMBIGUOUS)
        self.rows.append(row)
        self.options.append(
            [self._ways(row, number, side) for number, side in enumerate(self.sides)]
        )

    def _ways(self, row: Row, number: int, side: Side) -> list[Places]:
        """Layouts of the figures of a row on a side; none where they cannot be told apart.

        A column that no sum of the row holds would take any figure, also one that the document
        itself has added up wrongly: then nothing is placed.
        """
        texts = row.figures[number]
        if row.doubt or len(texts) > len(side.amounts):
            return []
        if len(texts) == len(side.amounts):
            return [side.amounts]
        if not texts:
            return [()]
        if not all(is_amount(text) for text in texts):
            return []
        sums = [item for item in self.sums if item.total in side.amounts]
        held = {column for item in sums if item.whole for column in (item.total, *item.parts)}
        if not held.issuperset(side.amounts):
            return []
        return ways(figures_of(texts), side.amounts, len(self.layout), sums) or []

    def keep(self, row: int, side: int, places: list[Places], reason: str) -> list[Places]:
        """Leave only these layouts of a row on a side; the reason is noted where fewer are left."""
        if len(places) < len(self.options[row][side]):
            reasons = self.reasons.setdefault((row, side), [])
            if reason not in reasons:
                reasons.append(reason)
        self.options[row][side] = places
        return places

    def why(self, row: int, side: int) -> str:
        """What decided where the figures of a row on a side stand, in words."""
        columns, figures = self.sides[side].amounts, self.rows[row].figures[side]
        reasons = ["the sums of the row", *self.reasons.get((row, side), ())]
        count = comb(len(columns), len(figures))
        left = len(self.options[row][side])
        kept = "one" if left == 1 else f"{left}, with this figure in one column,"
        return f"of {count} layouts {kept} left by {'; '.join(reasons)}"

    def values(self, row: int, side: int, places: Places) -> dict[int, Decimal]:
        """The figures of a row by column, in one layout."""
        texts = self.rows[row].figures[side]
        return {
            column: value
            for column, text in zip(places, texts, strict=True)
            if (value := parse_amount(text)) is not None
        }

    def label(self, row: int, side: int = 0) -> str:
        """The name of a row on a side, white space taken out."""
        named = [
            text
            for column in self.sides[side].labels
            if self.layout[column].token.family in ("name", "text")
            and (text := self.rows[row].labels.get(column, ""))
        ]
        return squeeze("".join(named) or "".join(self.rows[row].labels.values()))

    def code(self, row: int) -> str | None:
        """The code of a row; '' for the row of the total, None for any other row."""
        columns = [
            column
            for column in self.sides[0].labels
            if self.layout[column].token.family in ("code", "part")
        ]
        if not columns:
            return None
        code = "".join(self.rows[row].labels.get(column, "") for column in columns)
        return code or ("" if self.label(row) in ("合计", "总计") else None)

    def by_word(self, values: Mapping[int, Decimal], side: int) -> dict[str, Decimal]:
        """The figures of all columns of a side by their own words, zero where blank."""
        return {
            squeeze(self.paths[column][-1]): values.get(column, Decimal(0))
            for column in self.sides[side].amounts[1:]
        }

    def trusted(self) -> bool:
        """False if most rows that are printed in full break the sums: the header is misread."""
        good = bad = 0
        for row, options in enumerate(self.options):
            for side, places in enumerate(options):
                if len(places) != 1 or len(places[0]) != len(self.sides[side].amounts):
                    continue
                values = self.values(row, side, places[0])
                line = [values.get(column) for column in range(len(self.layout))]
                for item in self.sums:
                    holds = item.holds(line) if item.total in places[0] else None
                    good += holds is True
                    bad += holds is False
        return bad <= good


def figures_of(texts: Sequence[str]) -> Figures:
    """The values of printed figures, and half of the last digit that they print."""
    values = tuple(parse_amount(text) or Decimal(0) for text in texts)
    return Figures(values, Decimal(1).scaleb(-max(decimals(text) for text in texts)) / 2)


def settle_sections(
    sections: Sequence[tuple[int, Layout, Sequence[Row]]],
) -> list[list[Placed]]:
    """The figures of every row of every section in their columns.

    Each section is the number of its table (sections of one table continue each other), its
    header and its rows.
    """
    tables: dict[int, Table] = {}
    order: list[tuple[Table, int, int]] = []
    for number, layout, rows in sections:
        table = tables.setdefault(number, Table(layout))
        order.append((table, len(table.rows), len(table.rows) + len(rows)))
        for row in rows:
            table.add(row)
    evidence = Evidence()
    for _ in range(2):
        for table in tables.values():
            _collect(table, evidence)
        for table in tables.values():
            _narrow(table, evidence)
    trusted = {id(table): table.trusted() for table in tables.values()}
    return [
        [_place(table, row, trusted[id(table)]) for row in range(start, stop)]
        for table, start, stop in order
    ]


def _collect(table: Table, evidence: Evidence) -> None:
    """Take from a table what is certain in it."""
    two_sided = table.paths[0][0] == "收入" or (
        len(table.paths) > 1 and table.paths[1][0] == "收入"
    )
    for row, options in enumerate(table.options):
        for side, places in enumerate(options):
            if len(places) != 1:
                continue
            values = table.values(row, side, places[0])
            amounts = table.sides[side].amounts
            label = plain_label(table.label(row, side))
            if two_sided and side == 0 and len(amounts) == 1:
                _collect_income(table, evidence, label, values.get(amounts[0]))
            elif len(amounts) == 1 and label:
                evidence.classes.setdefault(label, set()).update(values.values())
            elif table.code(row) == "" and amounts and amounts[0] in values:
                whole = (values[amounts[0]], table.by_word(values, side))
                if whole not in evidence.wholes:
                    evidence.wholes.append(whole)


def _collect_income(table: Table, evidence: Evidence, label: str, value: Decimal | None) -> None:
    if len(table.sides[-1].amounts) == 1:
        evidence.income.setdefault(label, value)
    elif word := fund_word(label):
        evidence.funds[word] = evidence.funds.get(word, False) or bool(value)


def _narrow(table: Table, evidence: Evidence) -> None:
    """Leave out the layouts that the table itself or another one rules out."""
    for row, options in enumerate(table.options):
        for side, places in enumerate(options):
            if len(places) > 1:
                _narrow_row(table, row, side, evidence)
    codes = [table.code(row) for row in range(len(table.rows))]
    if len(table.sides) != 1 or not any(codes):
        return
    known = [row for row, code in enumerate(codes) if code is not None]
    usable = [row for row in known if table.options[row][0] and table.rows[row].figures[0]]
    families = families_of(codes[row] or "" for row in usable)
    settled = settle_tree(
        [figures_of(table.rows[row].figures[0]) for row in usable],
        [table.options[row][0] for row in usable],
        families,
    )
    for row, places in zip(usable, settled, strict=True):
        table.keep(row, 0, places, "the sums of classes, sections and items in every column")


def _narrow_row(table: Table, row: int, side: int, evidence: Evidence) -> None:
    options = table.options[row][side]
    amounts = table.sides[side].amounts
    absent = {column for column in amounts if fund_word(table.paths[column][-1]) in evidence.absent}
    left = keep_if_any(options, lambda places: not absent & set(places))
    table.keep(row, side, left, "the funds of which the fiscal table prints income")
    if table.code(row) == "":
        whole = parse_amount(table.rows[row].figures[side][0]) or Decimal(0)

        def words(places: Places) -> dict[str, Decimal]:
            return table.by_word(table.values(row, side, places), side)

        left = keep_if_any(left, lambda places: evidence.same_whole(whole, words(places)) is True)
        table.keep(row, side, left, "the total row of another table with this total")
        left = keep_if_any(
            left, lambda places: evidence.allows_income(whole, words(places)) is True
        )
        table.keep(row, side, left, "the income of the table of all money")
    vehicles = [column for column in amounts if table.layout[column].token.family == "vehicle_part"]
    if vehicles and len(left) > 1:
        left = _narrow_vehicles(table, row, side, left, evidence)
        table.keep(row, side, left, "the economic classes of running and of buying vehicles")


def _narrow_vehicles(
    table: Table, row: int, side: int, options: list[Places], evidence: Evidence
) -> list[Places]:
    """Running and buying of vehicles apart, by the economic classes of the document.

    The classes say it for the last group of columns (the final account, beside its budget);
    where the group before it prints the same figures, it prints them in the same columns.
    """
    groups: dict[str, list[int]] = {}
    for column in table.sides[side].amounts:
        groups.setdefault(table.paths[column][0], []).append(column)
    blocks = list(groups.values())

    def fits(places: Places) -> bool:
        values = table.values(row, side, places)
        kept = [[values.get(column) for column in block] for block in blocks]
        if any(
            [value for value in block if value is not None]
            != [value for value in kept[-1] if value is not None]
            or block != kept[-1]
            for block in kept
        ):
            return False
        return all(
            "运行" in table.paths[column][-1] and evidence.runs_vehicles(values[column])
            for column in blocks[-1]
            if column in values and table.layout[column].token.family == "vehicle_part"
        )

    kept = [places for places in options if fits(places)]
    return kept if len(kept) == 1 else options


def _place(table: Table, row: int, trusted: bool) -> Placed:
    placed: dict[int, Figure] = {}
    for side, options in enumerate(table.options[row]):
        placed.update(_place_side(table, row, side, options, trusted))
    return placed


def _place_side(
    table: Table, row: int, side: int, options: Sequence[Places], trusted: bool
) -> Iterator[tuple[int, Figure]]:
    texts = table.rows[row].figures[side]
    columns = table.sides[side].amounts
    if not options:
        room = max(len(texts) - len(columns), 0)
        shown = [*texts[: len(columns) - 1], " ".join(texts[-room - 1 :])] if room else texts
        for column, text in zip(columns, shown, strict=False):
            yield column, Figure(text, doubt=AMBIGUOUS)
        return
    full = len(texts) == len(columns)
    why = "" if full else table.why(row, side)
    taken: set[int] = set()
    for text, (column, sure) in zip(texts, certain_places(options), strict=True):
        free = next((at for at in columns if at >= column and at not in taken), column)
        taken.add(free)
        doubt = "" if sure and trusted else AMBIGUOUS
        if full:
            yield free, Figure(text, doubt=doubt)
        else:
            settled = Settled("blank_column", why) if not doubt else None
            yield free, Figure(text, "resolved", doubt, settled)

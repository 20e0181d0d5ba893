"""Money of an evaluation form in spaced text: phases of a budget, where blanks have vanished.

A row with a figure or a mark for every column is complete. In any other the figures are placed only
if one way alone agrees with the rate, the points and the sums of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from extract.figures import decimals, is_amount, is_blank, parse_amount
from extract.forms.words import find_label
from extract.page import Settled
from extract.plain.form_parts import Piece, is_value
from extract.text import squeeze

Placed = dict[int, str]
"""Texts by the number of their column."""

MONEY = ("money_initial_budget", "money_adjusted_budget", "money_executed")
HALF_POINT = Decimal("0.005")
"""A rate is rounded by half of a hundredth at most."""

MOST_WAYS = 5000
"""So many ways of placing the figures of a form are tried."""

_BY_SUMS = Settled(
    "blank_column", "the one place with which the funds make the total, and its rate is right"
)


@dataclass(frozen=True)
class MoneyRow:
    """A row of money: its label, what it prints, and where that stands.

    ``doubt`` is a quarantine reason where the places are not certain; ``reading`` is `resolved`
    where sums settled them.
    """

    line: int
    label: str
    values: tuple[str, ...]
    placed: Placed | None = None
    reading: str = "printed"
    doubt: str = ""
    settled: Settled | None = None

    @property
    def is_total(self) -> bool:
        """True for the row of all funds."""
        label = find_label(self.label)
        return label is not None and label.fund == "all"


def money_rows(pieces: Sequence[Piece]) -> list[MoneyRow]:
    """The rows that words spell out: labels, wrapped or not, each before its figures."""
    rows: list[MoneyRow] = []
    label: list[str] = []
    values: list[str] = []
    line = 0
    for piece in [*pieces, Piece(0, "")]:
        if piece.text and label and is_value(piece.text):
            line = line if values else piece.line
            values.append(piece.text)
            continue
        if values:
            rows.append(MoneyRow(line, "".join(label), tuple(values)))
            label, values = [], []
        label.append(piece.text)
    return rows


def place_money(
    rows: Sequence[MoneyRow], fields: Sequence[str], points: Decimal | None
) -> list[MoneyRow]:
    """The rows with their figures in the columns of ``fields``; ``points`` are those of the rate.

    What is not certain is set down from the left, with the reason `ambiguous_column`.
    """
    direct = [_complete(row, fields) for row in rows]
    ways = [
        [placed] if placed is not None else _ways(row, fields)
        for row, placed in zip(rows, direct, strict=True)
    ]
    size = 1
    for way in ways:
        size *= max(len(way), 1)
    found = (
        [
            chosen
            for chosen in product(*ways)
            if _agrees([*zip(rows, chosen, strict=True)], fields, points, direct)
        ]
        if all(ways) and size <= MOST_WAYS
        else []
    )
    settled: list[MoneyRow] = []
    for at, (row, placed) in enumerate(zip(rows, direct, strict=True)):
        if placed is not None:
            settled.append(replace(row, placed=placed))
            continue
        own = [chosen[at] for chosen in found]
        if own and all(one == own[0] for one in own):
            settled.append(replace(row, placed=own[0], reading="resolved", settled=_BY_SUMS))
        else:
            values = [value for value in row.values if not is_blank(value)]
            settled.append(replace(row, placed=dict(enumerate(values)), doubt="ambiguous_column"))
    return settled


def _complete(row: MoneyRow, fields: Sequence[str]) -> Placed | None:
    """The places of a row that has something in every column, or whose marks end its money."""
    if len(row.values) == len(fields):
        return dict(enumerate(row.values))
    money = [at for at, name in enumerate(fields) if name in MONEY]
    figures = [value for value in row.values if not is_blank(value)]
    leading = row.values[: len(figures)]
    if row.is_total or list(leading) != figures or not all(map(is_amount, figures)):
        return None
    if len(figures) in (0, len(money)) and money == list(range(len(money))):
        return dict(enumerate(figures))
    return None


def _ways(row: MoneyRow, fields: Sequence[str]) -> list[Placed]:
    """All ways to place the figures of a row in order, shares below a rate alone."""
    values = [value for value in row.values if not is_blank(value)]
    allowed = [
        at for at, name in enumerate(fields)
        if row.is_total or name in MONEY
    ]  # fmt: skip
    return [
        dict(zip(columns, values, strict=True))
        for columns in combinations(allowed, len(values))
        if all(
            is_amount(value) or fields[at] == "rate"
            for at, value in zip(columns, values, strict=True)
        )
    ]


def _agrees(
    rows: Sequence[tuple[MoneyRow, Placed]],
    fields: Sequence[str],
    points: Decimal | None,
    direct: Sequence[Placed | None],
) -> bool:
    totals = [placed for row, placed in rows if row.is_total]
    parts = [placed for row, placed in rows if not row.is_total]
    if len(totals) != 1:
        return False
    total = totals[0]
    if direct[[row.is_total for row, _ in rows].index(True)] is None and not _is_rated(
        total, fields, points
    ):
        return False
    for at, name in enumerate(fields):
        own = [_number(placed[at]) for placed in parts if at in placed]
        if name in MONEY and own and sum(own) != _number(total.get(at, "0")):
            return False
    return True


def _is_rated(total: Placed, fields: Sequence[str], points: Decimal | None) -> bool:
    """True if rate, points and score of the total row agree with what was spent."""
    held = {fields[at]: value for at, value in total.items()}
    if not {"rate", "weight", "score", "money_adjusted_budget"} <= set(held):
        return False
    adjusted = _number(held["money_adjusted_budget"])
    spent = _number(held.get("money_executed", "0"))
    rate, weight, score = (_number(held[name]) for name in ("rate", "weight", "score"))
    if not adjusted or (points is not None and weight != points):
        return False
    half = min(Decimal("0.5").scaleb(-decimals(held["rate"])), HALF_POINT)
    return abs(rate - spent / adjusted) <= half and abs(score - weight * rate) <= 10 * HALF_POINT


def _number(text: str) -> Decimal:
    flat = squeeze(text)
    if flat.endswith("%"):
        return (parse_amount(flat[:-1]) or Decimal(0)) / 100
    return parse_amount(flat) or Decimal(0)

"""Columns of figures below a header: which figures stand in one column, and under which word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.plain.heads import Head
from extract.plain.layout import Layout
from extract.plain.lines import value_of
from extract.plain.pieces import Piece
from extract.plain.sums import Sum, sums_of

_CODE = re.compile(r"[0-9]{1,9}", re.ASCII)
_CODES = frozenset({"code", "part", "index"})
EDGE = 2
"""Figures of one column end within this many places, where they do not simply overlap."""
MARGIN = 2.5
"""Another way that costs so much more is ruled out, where all figures stand below their words."""
DRIFTED = 12.0
"""The same, where some do not."""
NEVER = 1e6
SHIFT = 5.0
"""Neighbouring columns do not drift apart from their words by more places than this."""
KEPT = 12
MOST_WAYS = 150


@dataclass(frozen=True)
class Strip:
    """The figures of a column, from ``start`` up to ``end`` of the lines."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def is_code(self) -> bool:
        """True if nothing but codes or counts stands in it."""
        return all(_CODE.fullmatch(piece.bare) for piece in self.pieces)


def cut_strips(figures: Sequence[Piece]) -> list[Strip] | None:
    """The columns that figures stand in; None if two figures of a line cannot be told apart.

    Figures of one column overlap; where columns are so near that their figures do too, those that
    end at the same place are a column.
    """
    over: list[list[Piece]] = []
    for piece in sorted(figures, key=lambda item: item.start):
        if over and piece.start < max(other.end for other in over[-1]):
            over[-1].append(piece)
        else:
            over.append([piece])
    ends: list[list[Piece]] = []
    for piece in sorted(figures, key=lambda item: item.end):
        if ends and piece.end - ends[-1][-1].end <= EDGE:
            ends[-1].append(piece)
        else:
            ends.append([piece])
    for groups in (over, ends):
        if all(len({piece.line for piece in group}) == len(group) for group in groups):
            strips = [
                Strip(min(p.start for p in group), max(p.end for p in group), tuple(group))
                for group in groups
            ]
            return sorted(strips, key=lambda strip: strip.end)
    return None


def crookedness(strips: Sequence[Strip]) -> int:
    """How far the figures of columns are from standing under one another, in places."""
    total = 0
    for strip in strips:
        ends = [piece.end for piece in strip.pieces]
        starts = [piece.start for piece in strip.pieces]
        sums = [piece.start + piece.end for piece in strip.pieces]
        spread = min(max(ends) - min(ends), max(starts) - min(starts))
        total += min(spread, (max(sums) - min(sums)) // 2)
    return total


def counted_leaves(
    leaves: Sequence[Head], counts: Sequence[Piece], layout: Layout
) -> tuple[Head, ...]:
    """The columns of a header, each widened by its number in the row of column numbers (栏次)."""
    amounts = [at for at, column in enumerate(layout) if column.token.is_amount]
    first = len(layout) - len(counts)
    columns = amounts if len(amounts) == len(counts) else list(range(first, len(layout)))
    if not counts or first < 0:
        return tuple(leaves)
    wider = list(leaves)
    for column, piece in zip(columns, counts, strict=True):
        leaf = leaves[column]
        wider[column] = replace(
            leaf, start=min(leaf.start, piece.start), end=max(leaf.end, piece.end)
        )
    return tuple(wider)


@dataclass(frozen=True)
class Match:
    """The column of each strip, the strips of which that is not certain, and what it costs."""

    columns: tuple[int, ...]
    unsure: frozenset[int]
    cost: float


def match_strips(
    strips: Sequence[Strip], leaves: Sequence[Head], layout: Layout, *, far: bool = False
) -> Match | None:
    """Put strips of figures into the columns of a header; None if there is no way to.

    Strips keep their order; a column takes one of them, a column of codes up to three. The sums
    that the header promises must hold in as many rows as possible; among those ways, strips stand
    below their words. Text converters move words by some places, so where one strip is not below
    its word, the others are trusted less. Where two ways are left the strips in which they differ
    are not certain.
    """
    ways = _ways(strips, leaves, layout)
    if not ways:
        return None
    rows = _rows(strips)
    sums = sums_of([column.path for column in layout], [c.token.is_amount for c in layout])
    scored = sorted(
        (_broken(rows, columns, len(layout), sums), cost, columns) for cost, columns in ways
    )
    broken, cost, best = scored[0]
    straight = all(
        strip.start < leaves[column].end and strip.end > leaves[column].start
        for strip, column in zip(strips, best, strict=True)
        if layout[column].token.is_amount
    )
    straight = straight and cost <= min(other for other, _ in ways) + 0.01
    straight = straight and not far
    margin = MARGIN if straight else DRIFTED
    unsure: set[int] = set()
    for other_broken, other_cost, columns in scored[1:]:
        if other_broken <= broken and other_cost < cost + margin:
            apart = {at for at in range(len(strips)) if columns[at] != best[at]}
            if not straight and not far and _is_shifted(strips, leaves, best, columns, apart):
                continue
            unsure |= apart
    return Match(best, frozenset(unsure), cost)


def _is_shifted(
    strips: Sequence[Strip],
    leaves: Sequence[Head],
    best: Sequence[int],
    other: Sequence[int],
    apart: set[int],
) -> bool:
    """True if another way puts figures further off their words than those just left of them are.

    Words and figures drift apart slowly from left to right, so this tells only for columns that
    follow one another.
    """

    def off(at: int, columns: Sequence[int]) -> float:
        return (strips[at].start + strips[at].end) / 2 - leaves[columns[at]].middle

    first = min(apart)
    if first == 0 or best[first] != best[first - 1] + 1:
        return False
    before = off(first - 1, best)
    return abs(off(first, other) - before) - abs(off(first, best) - before) >= SHIFT and all(
        best[at] == best[at - 1] + 1 for at in apart
    )


def _rows(strips: Sequence[Strip]) -> list[dict[int, Decimal]]:
    """The figures of each line by strip."""
    lines: dict[int, dict[int, Decimal]] = {}
    for at, strip in enumerate(strips):
        for piece in strip.pieces:
            value = value_of(piece.text)
            if value is not None:
                lines.setdefault(piece.line, {})[at] = value
    return list(lines.values())


def _broken(
    rows: Sequence[dict[int, Decimal]], columns: Sequence[int], width: int, sums: Sequence[Sum]
) -> int:
    count = 0
    for row in rows:
        values: list[Decimal | None] = [None] * width
        for at, value in row.items():
            values[columns[at]] = value
        count += sum(1 for item in sums if item.holds(values) is False)
    return count


def _ways(
    strips: Sequence[Strip], leaves: Sequence[Head], layout: Layout
) -> list[tuple[float, tuple[int, ...]]]:
    """The cheapest ways to put strips into columns in order, each with its cost."""
    best: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {(-1, 0): [(0.0, ())]}
    for strip in strips:
        costs = [_cost(strip, leaf, layout, column) for column, leaf in enumerate(leaves)]
        grown: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {}
        for (last, taken), options in best.items():
            for column in range(max(last, 0), len(leaves)):
                again = column == last
                if again and (layout[column].token.family != "code" or taken >= 3):
                    continue
                key = (column, taken + 1 if again else 1)
                more = costs[column] + 0.5 * again
                if more >= NEVER:
                    continue
                grown.setdefault(key, []).extend(
                    (price + more, (*columns, column)) for price, columns in options
                )
        best = {key: sorted(options)[:KEPT] for key, options in grown.items()}
    return sorted(option for options in best.values() for option in options)[:MOST_WAYS]


def _cost(strip: Strip, leaf: Head, layout: Layout, column: int) -> float:
    gap = max(0.0, leaf.start - strip.end, strip.start - leaf.end)
    middle = (strip.start + strip.end) / 2
    cost = gap + 0.1 * abs(middle - leaf.middle)
    token = layout[column].token
    if not token.is_amount and not strip.is_code:
        return NEVER
    return cost + (0.0 if token.is_amount or token.family in _CODES else 30.0)

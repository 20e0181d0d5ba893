"""Columns of figures whose blank neighbours have vanished, by exact search over the sums.

A row with fewer figures than columns may be laid out in several ways. Left over are those in which
the sums of the row hold, those that fit the rows above and below it (a class is the sum of its
sections), and those that other tables of the document do not contradict. A figure that stands in
the same column in every layout that is left over is placed; any other one is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from extract.plain.sums import Sum

Places = tuple[int, ...]
"""The column of each figure of a row, from left to right."""

MAX_WAYS = 20_000
"""A search that would look at more layouts than this is given up: all is in doubt."""


@dataclass(frozen=True)
class Figures:
    """The figures of a row; ``slack`` is half of their last printed digit."""

    values: tuple[Decimal, ...]
    slack: Decimal

    def at(self, places: Places) -> dict[int, Decimal]:
        """The figures by column."""
        return dict(zip(places, self.values, strict=True))


def ways(
    figures: Figures, columns: Sequence[int], width: int, sums: Sequence[Sum]
) -> list[Places] | None:
    """The layouts of the figures of a row in which its sums hold; None if there are too many."""
    if len(figures.values) == len(columns):
        return [tuple(columns)]
    if comb(len(columns), len(figures.values)) > MAX_WAYS:
        return None
    found = []
    for places in combinations(columns, len(figures.values)):
        row: list[Decimal | None] = [None] * width
        for column, value in figures.at(places).items():
            row[column] = value
        if all(item.holds(row) is not False for item in sums):
            found.append(places)
    return found


def settle_family(
    parent: Figures,
    parent_ways: Sequence[Places],
    children: Sequence[tuple[Figures, Sequence[Places]]],
) -> tuple[list[Places], list[list[Places]]] | None:
    """The layouts of a row and its parts in which every column adds up; None if too many.

    Returns the layouts of the whole and of each part that are left over.
    """
    keep_parent: list[Places] = []
    keep: list[set[Places]] = [set() for _ in children]
    slack = parent.slack * (len(children) + 1)
    for places in parent_ways:
        target = parent.at(places)
        forward = _sums_after(children, target, slack)
        if forward is None:
            return None
        ends = {key for key in forward[-1] if _matches(dict(key), target, slack)}
        if not ends:
            continue
        keep_parent.append(places)
        needed = ends
        for index in range(len(children) - 1, -1, -1):
            figures, options = children[index]
            before: set[_Key] = set()
            for option in options:
                for key in forward[index]:
                    if _plus(key, figures.at(option)) in needed:
                        keep[index].add(option)
                        before.add(key)
            needed = before
    return keep_parent, [sorted(options) for options in keep]


_Key = tuple[tuple[int, Decimal], ...]


def _plus(key: _Key, figures: dict[int, Decimal]) -> _Key:
    total = dict(key)
    for column, value in figures.items():
        total[column] = total.get(column, Decimal(0)) + value
    return tuple(sorted((column, value) for column, value in total.items() if value))


def _sums_after(
    children: Sequence[tuple[Figures, Sequence[Places]]],
    target: dict[int, Decimal],
    slack: Decimal,
) -> list[set[_Key]] | None:
    """The sums by column that are possible after each of the parts."""
    after: list[set[_Key]] = [{()}]
    for figures, options in children:
        grown: set[_Key] = set()
        for key in after[-1]:
            for option in options:
                total = _plus(key, figures.at(option))
                if all(
                    value <= target.get(column, Decimal(0)) + slack or value < 0
                    for column, value in total
                ):
                    grown.add(total)
        if len(grown) > MAX_WAYS:
            return None
        after.append(grown)
    return after


def _matches(total: dict[int, Decimal], target: dict[int, Decimal], slack: Decimal) -> bool:
    return all(
        abs(total.get(column, Decimal(0)) - target.get(column, Decimal(0))) <= slack
        for column in {*total, *target}
    )


def settle_tree(
    rows: Sequence[Figures],
    options: Sequence[list[Places]],
    families: Sequence[tuple[int, tuple[int, ...]]],
) -> list[list[Places]]:
    """Layouts of all rows of a table that fit those above and below; ``families`` by row number.

    A family that cannot add up in any layout says nothing (the document may be wrong itself):
    it leaves the layouts as they are.
    """
    left = [list(places) for places in options]
    changed = True
    while changed:
        changed = False
        for parent, children in families:
            if len(left[parent]) == 1 and all(len(left[child]) == 1 for child in children):
                continue
            settled = settle_family(
                rows[parent],
                left[parent],
                [(rows[child], left[child]) for child in children],
            )
            if settled is None or not settled[0]:
                continue
            for at, kept in zip((parent, *children), (settled[0], *settled[1]), strict=True):
                if kept and len(kept) < len(left[at]):
                    left[at] = kept
                    changed = True
    return left


def certain_places(options: Sequence[Places]) -> tuple[tuple[int, bool], ...]:
    """For each figure of a row its column and whether all layouts agree on it."""
    if not options:
        return ()
    return tuple((places[0], len(set(places)) == 1) for places in zip(*options, strict=True))


def keep_if_any(options: list[Places], allowed: Callable[[Places], bool]) -> list[Places]:
    """The layouts that are allowed; all of them where none is."""
    kept = [places for places in options if allowed(places)]
    return kept or options


def families_of(codes: Iterable[str]) -> list[tuple[int, tuple[int, ...]]]:
    """Which rows are the parts of which, by their codes; '' is the row of the total.

    >>> families_of(["", "201", "20101", "2010101", "2010102"])
    [(0, (1,)), (1, (2,)), (2, (3, 4))]
    """
    listed = list(codes)
    families = []
    for at, code in enumerate(listed):
        size = 3 if not code else len(code) + 2
        parts = tuple(
            other
            for other, part in enumerate(listed)
            if len(part) == size and part.startswith(code)
        )
        single = listed.count(code) == 1 and len({listed[part] for part in parts}) == len(parts)
        if parts and single:
            families.append((at, parts))
    return families

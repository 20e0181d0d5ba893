"""Readings of a header: which of its cells are columns, and which stand over several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod

from extract.plain.heads import VARIABLE, Head, token_of
from extract.plain.layout import Column, Layout, Token, oddities
from extract.plain.shape import load_shapes
from extract.text import squeeze

CENTRED = 6.0
"""A group stands centred over its columns, within this many places."""
MOST_OPEN = 4
"""So many cells may stand over others or not; more are taken to."""
MAX_TREES = 400
"""No more readings of a header are looked at, the best centred ones."""

Span = tuple[int, int]
"""First column, and the one after the last."""


@dataclass(frozen=True)
class Reading:
    """A header read: its columns, their cells from left to right, and how crooked they stand."""

    layout: Layout
    leaves: tuple[Head, ...]
    crooked: float


def read_heads(heads: Sequence[Head], strips: Sequence[Span], counted: int = 0) -> list[Reading]:
    """The readings of the cells of a header, the likeliest first; none where it is not one.

    ``strips`` are the places where figures stand below it, ``counted`` is how many columns the
    row of column numbers counts (0 without one). A cell with nothing below it is a
    column; any other one stands centred over its columns. How far it is off, and what the words
    may hold, tell the readings apart.
    """
    kinds = [_stands_above(head, heads) for head in heads]
    open_ones = [at for at, kind in enumerate(kinds) if kind is None][:MOST_OPEN]
    readings: dict[tuple[tuple[str, ...], ...], Reading] = {}
    for choice in product((True, False), repeat=len(open_ones)):
        chosen = dict(zip(open_ones, choice, strict=True))
        groups = [head for at, head in enumerate(heads) if chosen.get(at, kinds[at])]
        leaves = [head for at, head in enumerate(heads) if not chosen.get(at, kinds[at])]
        for reading in _trees(groups, leaves, strips, counted, 3.0 * choice.count(False)):
            key = tuple(column.path for column in reading.layout)
            if key not in readings or readings[key].crooked > reading.crooked:
                readings[key] = reading
    return sorted(readings.values(), key=lambda reading: reading.crooked)


def _trees(
    groups: Sequence[Head],
    leaves: Sequence[Head],
    strips: Sequence[Span],
    counted: int,
    price: float,
) -> Iterator[Reading]:
    if len(leaves) < 2 or any(one.end > two.start + 1 for one, two in pairwise(leaves)):
        return
    edges = _edges([(leaf.start, leaf.end) for leaf in leaves])
    wide = _widened(leaves, strips)
    choices = [_runs(group, leaves, edges, wide) for group in groups]
    if any(not choice for choice in choices):
        return
    while prod(len(choice) for choice in choices) > MAX_TREES:
        most = max(len(choice) for choice in choices)
        choices = [choice[: most - 1] for choice in choices]
    shaped = _shaped(groups, leaves)
    if shaped is not None:
        yield Reading(shaped, tuple(leaves), 0.0)
        return
    for chosen in product(*choices):
        runs = [(group, span) for group, (_, span) in zip(groups, chosen, strict=True)]
        if not _nested(runs):
            continue
        layout = _layout(leaves, runs, strips)
        cost = price + sum(off for off, _ in chosen)
        cost += 6 * oddities(layout) + 12 * _unfit(layout) + 6 * _sideless(layout)
        cost += 3 * sum(1 for _, (first, last) in runs if last - first == 1)
        cost += 4 * _uneven(leaves, runs)
        cost += 3 * sum(1 for column in layout if token_of(squeeze(column.path[-1])) is None)
        amounts = sum(1 for column in layout if column.token.is_amount)
        if counted and counted not in (amounts, len(layout), len(layout) - 1):
            cost += 20
        yield Reading(layout, tuple(leaves), cost)


def _shaped(groups: Sequence[Head], leaves: Sequence[Head]) -> Layout | None:
    """The columns of the prescribed header that has just these words; None if there is none."""
    words = [leaf.text for leaf in leaves]
    above = {VARIABLE.sub("*年", group.text) for group in groups}
    found = []
    for shape in load_shapes():
        paths = [tuple(squeeze(word) for word in path) for path in shape.paths]
        upper = {VARIABLE.sub("*年", word) for path in paths for word in path[:-1]}
        if [path[-1] for path in paths] == words and above == upper:
            found.append(paths)
    if len(found) != 1 or any("*" in word for path in found[0] for word in path):
        return None
    return tuple(
        Column(path, replace(token_of(path[-1]) or Token("", "text", frozenset()), text=path[-1]))
        for path in found[0]
    )


def _stands_above(head: Head, heads: Sequence[Head]) -> bool | None:
    """True for a cell that stands over others; None where that is open."""
    below = [other for other in heads if other.top > head.bottom]
    if any(head.overlaps(other) for other in below):
        return True
    token = token_of(head.text)
    if token is None or not below:
        return False
    if token.family == "side":
        return True
    beside = [
        other
        for other in heads
        if other is not head and other.top <= head.bottom and other.bottom >= head.top
    ]
    left = max((other.end for other in beside if other.end <= head.start), default=-1e9)
    right = min((other.start for other in beside if other.start >= head.end), default=1e9)
    held = [
        other
        for other in below
        if other.start >= left
        and other.end <= right
        and (under := token_of(other.text)) is not None
        and under.family in token.holds
    ]
    return None if len(held) >= 2 else False


def _edges(extents: Sequence[tuple[float, float]]) -> list[float]:
    inner = [(one[1] + two[0]) / 2 for one, two in pairwise(extents)]
    return [extents[0][0], *inner, extents[-1][1]]


def _widened(leaves: Sequence[Head], strips: Sequence[Span]) -> list[Span]:
    """Where columns begin and end: their words, with the figures that stand below them alone."""
    extents = [(int(leaf.start), int(leaf.end)) for leaf in leaves]
    for start, end in strips:
        over = [at for at, leaf in enumerate(leaves) if leaf.start < end and leaf.end > start]
        if len(over) == 1:
            first, last = extents[over[0]]
            extents[over[0]] = (min(first, start), max(last, end))
    return extents


def _runs(
    group: Head, leaves: Sequence[Head], edges: Sequence[float], wide: Sequence[Span]
) -> list[tuple[float, Span]]:
    """Runs of columns over which a group may stand, the best centred first.

    ``wide`` are the columns with their figures.
    """
    under = [at for at, leaf in enumerate(leaves) if leaf.top > group.bottom]
    must = [at for at in under if group.overlaps(leaves[at])]
    found: list[tuple[float, Span]] = []
    for first in under:
        for last in under:
            run = range(first, last + 1)
            if last < first or any(at not in under for at in run):
                continue
            if any(at not in run for at in must):
                continue
            own = (leaves[first].start + leaves[last].end) / 2
            off = min(
                abs((edges[first] + edges[last + 1]) / 2 - group.middle),
                abs(own - group.middle),
                abs((wide[first][0] + wide[last][1]) / 2 - group.middle),
            )
            found.append((off, (first, last + 1)))
    found.sort()
    near = [
        item
        for item in found
        if item[0] <= max(CENTRED, 0.15 * (edges[-1] - edges[0]), found[0][0] + 2)
    ]
    return near[:6]


def _nested(runs: Sequence[tuple[Head, Span]]) -> bool:
    """True if no two groups cross: they are apart, or the upper one holds the lower one."""
    for at, (one, (first, last)) in enumerate(runs):
        for two, (start, stop) in runs[at + 1 :]:
            if last <= start or stop <= first:
                continue
            if one.bottom < two.top and first <= start and stop <= last:
                continue
            if two.bottom < one.top and start <= first and last <= stop:
                continue
            return False
    return True


def _layout(
    leaves: Sequence[Head],
    runs: Sequence[tuple[Head, Span]],
    strips: Sequence[Span],
) -> Layout:
    columns = []
    for at, leaf in enumerate(leaves):
        above = sorted(
            (group for group, (first, last) in runs if first <= at < last),
            key=lambda group: group.top,
        )
        token = token_of(leaf.text)
        if token is None:
            figures = any(low < leaf.end and high > leaf.start for low, high in strips)
            token = Token(leaf.text, "money" if figures else "text", frozenset())
        path = (*(group.text for group in above), leaf.text)
        columns.append(Column(path, replace(token, text=leaf.text)))
    return tuple(columns)


def _unfit(layout: Layout) -> int:
    """How many columns stand under a word that does not hold them."""
    count = 0
    for column in layout:
        for upper, lower in zip(column.path, column.path[1:], strict=False):
            above, below = token_of(squeeze(upper)), token_of(squeeze(lower))
            if above is not None and below is not None and above.holds:
                count += below.family not in above.holds
    return count


def _uneven(leaves: Sequence[Head], runs: Sequence[tuple[Head, Span]]) -> float:
    """How many lines columns are from the middle of the height below their groups."""
    cells = [*leaves, *(group for group, _ in runs)]
    lines = sorted({line for cell in cells for line in (cell.top, cell.bottom)})
    rank = {line: at for at, line in enumerate(lines)}
    total = 0.0
    for at, leaf in enumerate(leaves):
        above = [rank[group.bottom] + 1 for group, (first, last) in runs if first <= at < last]
        wanted = (max(above, default=0) + len(lines) - 1) / 2
        total += abs((rank[leaf.top] + rank[leaf.bottom]) / 2 - wanted)
    return total


def _sideless(layout: Layout) -> int:
    """How many columns stand beside 收入 and 支出, under neither."""
    under = [
        (above := token_of(squeeze(column.path[0]))) is not None
        and above.family == "side"
        and len(column.path) > 1
        for column in layout
    ]
    first = 1 if layout[0].token.family == "index" else 0
    return under[first:].count(False) if any(under) else 0

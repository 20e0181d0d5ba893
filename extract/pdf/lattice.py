"""From ruling lines to grids of cells: the lattice of a page.

Rulings that touch belong to one table. Their places cut it into small places; places with no
ruling between them are one cell. An open outer border is closed at the extent of the rulings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from operator import add, itemgetter
from typing import NamedTuple

import numpy as np

from extract.page import Box, boxes_of
from extract.pdf.calls import Flags, Indexes, Numbers
from extract.pdf.paint import Ruling

SAME = 2.6
"""Rulings nearer than this (points) are one: borders are painted twice, or as thin boxes."""
NEAR = 4.0
"""Borders of places nearer than this are one: a double line."""
TOUCH = 3.5
"""Rulings whose ends are nearer than this touch."""


DASH = 8.0
"""Dashes that are drawn one by one are no longer than this, nor farther apart."""


class Region(NamedTuple):
    """A cell of a lattice: the places it covers."""

    row: int
    column: int
    row_span: int
    column_span: int
    whole: bool
    """False if the places do not fill their rectangle: the rulings are odd here."""


@dataclass(frozen=True)
class Lattice:
    """A table of rulings: ``xs`` and ``ys`` are the borders of its places, left to right, top down.

    ``owner[row][column]`` is the index in ``regions`` of the cell that holds the place.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[int, ...], ...]
    regions: tuple[Region, ...]
    upright: tuple[Ruling, ...] = ()

    def parts(self, border: int, top: float, bottom: float) -> bool:
        """True if a ruling stands at the border left of a column, between two heights."""
        near = [line for line in self.upright if abs(line.at - self.xs[border]) <= SAME]
        return any(
            min(line.end, bottom) - max(line.start, top) > 0.5 * (bottom - top) for line in near
        )

    @property
    def box(self) -> Box:
        """The outer border."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def region_box(self, region: Region) -> Box:
        """The rectangle of a cell."""
        return Box(
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.column_span],
            self.ys[region.row + region.row_span],
        )

    def region_boxes(self) -> Iterator[Box]:
        """The rectangles of all cells, in their order."""
        rows, columns, tall, wide, _ = zip(*self.regions, strict=True)
        return boxes_of(
            map(self.xs.__getitem__, columns),
            map(self.ys.__getitem__, rows),
            map(self.xs.__getitem__, map(add, columns, wide)),
            map(self.ys.__getitem__, map(add, rows, tall)),
        )

    def regions_at(self, x: Numbers, y: Numbers) -> Indexes:
        """For each point the index of the cell that holds it; -1 outside of the lattice."""
        box = self.box
        inside = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
        column = np.searchsorted(self.xs, x, "right") - 1
        row = np.searchsorted(self.ys, y, "right") - 1
        owner = np.array(self.owner)
        found = owner[row.clip(0, len(self.ys) - 2), column.clip(0, len(self.xs) - 2)]
        return np.where(inside, found, -1)


def merge_rulings(rulings: Sequence[Ruling], gap: float = TOUCH) -> list[Ruling]:
    """Join rulings on one line that touch or overlap (dashes, borders painted cell by cell)."""
    merged: list[Ruling] = []
    for horizontal in (True, False):
        lines = sorted(
            [ruling for ruling in rulings if ruling.horizontal is horizontal],
            key=itemgetter(1, 2),  # at, start
        )
        places = [ruling.at for ruling in lines]
        ends = [at for at, (one, two) in enumerate(pairwise(places), 1) if two - one > SAME / 2]
        for first, end in pairwise([0, *ends, len(lines)]):
            merged.extend(_join(lines[first:end], gap))
    return merged


def _join(group: list[Ruling], gap: float) -> list[Ruling]:
    if len(group) < 2:
        return group
    gap = DASH if _is_dashed(group) else gap
    (horizontal, at, start, end), *others = sorted(group, key=itemgetter(2))
    joined: list[Ruling] = []
    for _, place, begin, stop in others:
        if begin > end + gap:
            joined.append(Ruling(horizontal, at, start, end))
            at, start, end = place, begin, stop
        elif stop > end:
            end = stop
    return [*joined, Ruling(horizontal, at, start, end)]


def _is_dashed(group: list[Ruling]) -> bool:
    """True for a line of many short pieces."""
    return len(group) >= 6 and all(ruling.end - ruling.start <= DASH for ruling in group)


def find_lattices(rulings: Sequence[Ruling]) -> list[Lattice]:
    """The tables that the rulings draw, from the top of the page down, without single boxes."""
    lines = merge_rulings(rulings)
    found = [_build(group) for group in _touching(lines)]
    lattices = [lattice for lattice in found if lattice is not None and len(lattice.regions) > 1]
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _touching(lines: list[Ruling]) -> list[list[Ruling]]:
    """Groups of rulings that touch, directly or through others."""
    across = [line for line in lines if line.horizontal]
    upright = [line for line in lines if not line.horizontal]
    if not across or not upright:
        return []
    at, start, end = (np.array(side)[:, None] for side in list(zip(*across, strict=True))[1:])
    tall_at, tall_start, tall_end = (
        np.array(side) for side in list(zip(*upright, strict=True))[1:]
    )
    touch = (start - TOUCH <= tall_at) & (tall_at <= end + TOUCH)
    touch &= (tall_start - TOUCH <= at) & (at <= tall_end + TOUCH)
    groups: list[list[Ruling]] = []
    near = touch.astype(np.float32)  # a product with it is the fastest way to ask for any
    left = np.ones(len(across), bool)
    while left.any():
        flat = np.arange(len(across)) == left.argmax()
        tall = touch[left.argmax()]
        while np.count_nonzero(more := near @ tall > 0) > np.count_nonzero(flat):
            flat, tall = more, more @ near > 0
        left &= ~flat
        groups.append([*compress(across, flat.tolist()), *compress(upright, tall.tolist())])
    return groups


def _places(values: list[float]) -> list[float]:
    """Cluster nearby places; each cluster is its mean."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= NEAR:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _build(group: list[Ruling]) -> Lattice | None:
    flat = [line for line in group if line.horizontal]
    tall = [line for line in group if not line.horizontal]
    if len(flat) < 2 or not tall:
        return None
    xs = _places([line.at for line in tall])
    ys = _places([line.at for line in flat])
    xs = _with_open_ends(xs, [end for line in flat for end in (line.start, line.end)])
    ys = _with_open_ends(ys, [end for line in tall for end in (line.start, line.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return _cells(xs, ys, flat, tall)


def _with_open_ends(places: list[float], ends: list[float]) -> list[float]:
    low, high = min(ends), max(ends)
    if low < places[0] - 2 * TOUCH:
        places = [low, *places]
    if high > places[-1] + 2 * TOUCH:
        places = [*places, high]
    return places


def _walls(lines: list[Ruling], borders: list[float], places: list[float]) -> Flags:
    """For each border and each step from place to place: True if a ruling covers most of it."""
    _, at, start, end = (np.array(side) for side in zip(*lines, strict=True))
    edges = np.array(places)
    covered = np.minimum(end[:, None], edges[1:]) - np.maximum(start[:, None], edges[:-1])
    most = covered > 0.5 * (edges[1:] - edges[:-1])
    near = abs(at - np.array(borders)[:, None]) <= SAME
    walls: Flags = near.astype(np.float32) @ most.astype(np.float32) > 0
    return walls


def _cells(xs: list[float], ys: list[float], flat: list[Ruling], tall: list[Ruling]) -> Lattice:
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for column, row in np.argwhere(~_walls(tall, xs, ys)[1:-1]).tolist():
        here = row * columns + column
        parent[root(here + 1)] = root(here)
    for row, column in np.argwhere(~_walls(flat, ys, xs)[1:-1]).tolist():
        here = row * columns + column
        parent[root(here + columns)] = root(here)

    held: dict[int, list[int]] = {}
    for place, above in enumerate(parent):
        held.setdefault(above if above == place else root(place), []).append(place)
    owner = [0] * (rows * columns)
    regions: list[Region] = []
    for number, own in enumerate(held.values()):
        if len(own) == 1:
            row, column = divmod(own[0], columns)
            regions.append(Region(row, column, 1, 1, True))
            owner[own[0]] = number
            continue
        regions.append(_region(own, columns))
        for place in own:
            owner[place] = number
    by_row = (tuple(owner[at : at + columns]) for at in range(0, len(owner), columns))
    return Lattice(tuple(xs), tuple(ys), tuple(by_row), tuple(regions), tuple(tall))


def _region(places: list[int], columns: int) -> Region:
    top, left = places[0] // columns, min(place % columns for place in places)
    high = places[-1] // columns - top + 1
    wide = max(place % columns for place in places) - left + 1
    return Region(top, left, high, wide, high * wide == len(places))

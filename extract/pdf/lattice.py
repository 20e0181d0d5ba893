"""From ruling lines to grids of cells: the lattice of a page.

Rulings that touch belong to one table. Their places cut it into small places; places with no
ruling between them are one cell. An open outer border is closed at the extent of the rulings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.page import Box
from extract.pdf.calls import Indexes, Numbers
from extract.pdf.paint import Ruling

SAME = 2.6
"""Rulings nearer than this (points) are one: borders are painted twice, or as thin boxes."""
NEAR = 4.0
"""Borders of places nearer than this are one: a double line."""
TOUCH = 3.5
"""Rulings whose ends are nearer than this touch."""


DASH = 8.0
"""Dashes that are drawn one by one are no longer than this, nor farther apart."""


@dataclass(frozen=True)
class Region:
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
        return _covers(self.upright, self.xs[border], top, bottom)

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
            (ruling for ruling in rulings if ruling.horizontal is horizontal),
            key=lambda ruling: (ruling.at, ruling.start),
        )
        group: list[Ruling] = []
        for ruling in lines:
            if group and ruling.at - group[-1].at > SAME / 2:
                merged.extend(_join(group, gap))
                group = []
            group.append(ruling)
        merged.extend(_join(group, gap))
    return merged


def _join(group: list[Ruling], gap: float) -> list[Ruling]:
    if not group:
        return []
    gap = DASH if _is_dashed(group) else gap
    joined: list[Ruling] = []
    for ruling in sorted(group, key=lambda item: item.start):
        if joined and ruling.start <= joined[-1].end + gap:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, ruling.end))
        else:
            joined.append(ruling)
    return joined


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
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = [index for index, line in enumerate(lines) if line.horizontal]
    upright = [index for index, line in enumerate(lines) if not line.horizontal]
    for one in across:
        for two in upright:
            flat, tall = lines[one], lines[two]
            if (
                flat.start - TOUCH <= tall.at <= flat.end + TOUCH
                and tall.start - TOUCH <= flat.at <= tall.end + TOUCH
            ):
                parent[root(one)] = root(two)
    groups: dict[int, list[Ruling]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), []).append(line)
    return list(groups.values())


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


def _covers(lines: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """True if rulings near ``at`` cover more than half of the way from ``start`` to ``end``."""
    covered = 0.0
    for line in lines:
        if abs(line.at - at) <= SAME:
            covered = max(covered, min(line.end, end) - max(line.start, start))
    return covered > 0.5 * (end - start)


def _cells(xs: list[float], ys: list[float], flat: list[Ruling], tall: list[Ruling]) -> Lattice:
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    tall_at = [[line for line in tall if abs(line.at - x) <= SAME] for x in xs]
    flat_at = [[line for line in flat if abs(line.at - y) <= SAME] for y in ys]
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _covers(
                tall_at[column + 1], xs[column + 1], ys[row], ys[row + 1]
            ):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _covers(
                flat_at[row + 1], ys[row + 1], xs[column], xs[column + 1]
            ):
                parent[root(here + columns)] = root(here)

    places: dict[int, list[tuple[int, int]]] = {}
    for row in range(rows):
        for column in range(columns):
            places.setdefault(root(row * columns + column), []).append((row, column))
    regions: list[Region] = []
    owner = [[0] * columns for _ in range(rows)]
    for held in sorted(places.values()):
        top, left = min(r for r, _ in held), min(c for _, c in held)
        high = max(r for r, _ in held) - top + 1
        wide = max(c for _, c in held) - left + 1
        for row, column in held:
            owner[row][column] = len(regions)
        regions.append(Region(top, left, high, wide, high * wide == len(held)))
    return Lattice(
        tuple(xs), tuple(ys), tuple(tuple(row) for row in owner), tuple(regions), tuple(tall)
    )

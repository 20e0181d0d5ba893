"""Forms among the tables of a text with spaces between cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.page import Grid, Line, Word
from extract.plain.evaluation_forms import find_evaluations
from extract.plain.spaced import read_spaced
from extract.plain.target_forms import FormRegion, find_target_forms

READERS: tuple[Callable[[Sequence[str]], list[FormRegion]], ...] = (
    find_evaluations,
    find_target_forms,
)
"""Readers of forms; the first one that takes a line keeps it."""


def read_spaced_forms(lines: Sequence[str]) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a text, forms included, and its words; forms keep their places."""
    rest = list(lines)
    regions: list[FormRegion] = []
    for find in READERS:
        for region in find(rest):
            regions.append(region)
            rest[region.start : region.stop] = [""] * (region.stop - region.start)
    items, words = read_spaced(rest)
    for region in sorted(regions, key=lambda one: one.start):
        at = next((at for at, item in enumerate(items) if _top(item) >= region.start), len(items))
        items.insert(at, region.grid)
        words += region.words
    return items, words


def _top(item: Line | Grid) -> float:
    return item.box.y0 if item.box is not None else 0.0

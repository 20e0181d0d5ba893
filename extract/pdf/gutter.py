"""Sheets that print two pages, or two tables with headings of their own, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from extract.pdf.glyphs import Letters
from extract.pdf.lattice import Lattice
from extract.pdf.writing import Span, words_of

NARROWEST = 8.0
"""The white space between two halves is at least so wide (points)."""

_UNIT = re.compile(r"单位[:：].{0,3}元")


def find_gutter(
    letters: Letters, runs: Sequence[Span], lattices: Sequence[Lattice]
) -> float | None:
    """Where white space over the whole height parts a page in two; None for nearly all pages.

    It counts only between tables that stand side by side, or between two lines that say a unit:
    a table without rulings has white space between its columns as well.
    """
    beside = [
        (min(one.box.x1, two.box.x1), max(one.box.x0, two.box.x0))
        for one, two in combinations(lattices, 2)
        if min(one.box.y1, two.box.y1) > max(one.box.y0, two.box.y0)
    ]
    beside = [(left, right) for left, right in beside if left < right]
    if not beside and len(_UNIT.findall(letters.text)) < 2:
        return None
    words = words_of(letters, runs)
    taken = sorted(
        [(word.box.x0, word.box.x1) for word in words]
        + [(lattice.box.x0, lattice.box.x1) for lattice in lattices]
    )
    units = [word.box.middle[0] for word in words if _UNIT.search(word.text)]
    for left, right in _gaps(taken):
        middle = (left + right) / 2
        if any(low <= middle <= high for low, high in beside):
            return middle
        if any(at < left for at in units) and any(at > right for at in units):
            return middle
    return None


def _gaps(taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """White space between spans in order of their left ends, from the left."""
    gaps: list[tuple[float, float]] = []
    reach = float("inf")
    for left, right in taken:
        if left - reach >= NARROWEST:
            gaps.append((reach, left))
        reach = right if reach == float("inf") else max(reach, right)
    return gaps


def halves(letters: Letters, gutter: float) -> tuple[Letters, Letters]:
    """The characters on either side, in their order."""
    left = letters.middles()[0] < gutter
    return _only(letters, np.flatnonzero(left)), _only(letters, np.flatnonzero(~left))


def _only(letters: Letters, at: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Letters:
    text = "".join([letters.text[index] for index in at.tolist()])
    return Letters(text, *(side[at] for side in letters.sides()))

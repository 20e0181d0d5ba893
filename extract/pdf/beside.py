"""Large pictures beside the text of a page: a table may be pasted as one, or a scan numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.page import Box, Grid, bounds
from extract.pdf.glyphs import Letters

LEAST_SHARE = 0.03
"""A picture that covers less of the page holds no table."""
MOST_OVER = 60
"""One under more characters is the ground of a page, and its text says what there is."""
TOUCH = 2.0
"""Strips of one picture are no more points apart."""


def pictures_beside(
    pictures: Iterable[Box], page: Box, letters: Letters, grids: Sequence[Grid]
) -> tuple[Box, ...]:
    """Those large enough for a table, as far as they lie on the page, and no ground under text."""
    x, y = letters.middles()
    tables = [grid.box.middle for grid in grids if grid.box is not None]
    seen = [_clipped(box, page) for box in pictures]
    return tuple(
        box
        for box in _joined([box for box in seen if box.area > 0.0])
        if box.area >= LEAST_SHARE * page.area
        and not any(box.holds(*middle) for middle in tables)
        and _count_in(box, x.tolist(), y.tolist()) <= MOST_OVER
    )


def _clipped(box: Box, page: Box) -> Box:
    x0, y0 = max(box.x0, page.x0), max(box.y0, page.y0)
    return Box(x0, y0, max(x0, min(box.x1, page.x1)), max(y0, min(box.y1, page.y1)))


def _count_in(box: Box, xs: Sequence[float], ys: Sequence[float]) -> int:
    return sum(box.holds(x, y) for x, y in zip(xs, ys, strict=True))


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, those that touch each other as one; from top to bottom."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.y0, box.x0)):
        near = [other for other in found if _touch(box, other)]
        found = [other for other in found if other not in near]
        found.append(bounds([box, *near]))
    return found


def _touch(one: Box, two: Box) -> bool:
    across = one.x0 <= two.x1 + TOUCH and two.x0 <= one.x1 + TOUCH
    return across and one.y0 <= two.y1 + TOUCH and two.y0 <= one.y1 + TOUCH

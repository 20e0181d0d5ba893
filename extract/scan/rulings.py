"""Ruling lines in the ink of a straightened page, and the ink without them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extract.pdf.paint import Ruling
from extract.scan.skew import Dark, Ink

LONG_ACROSS, LONG_UPRIGHT = 26.0, 40.0
"""A line of ink so long (in points) is a ruling; strokes of characters are shorter."""
SHORT_UPRIGHT = 7.0
"""So is a shorter upright one that reaches from one ruling to the next."""
THICK = 4.0
"""A thicker line is a bar, an area or a picture."""
DRAWN = 0.7
"""A faint or broken line is drawn over this share of its length."""
DOTTED = (0.2, 0.65)
"""It is black over hardly any of it, or over most: in between is a leader of dots."""
SLIM = 2.2
"""One that is faint, broken or short is no thicker than this."""
GAP = 1.5
"""Gaps in faint rulings."""
TOUCH, REACH = 1.0, 2.0
BESIDE = 0.13
"""The paper beside a ruling is dark to this share at most, where other lines cross it."""


Pixelbox = tuple[int, int, int, int]
"""Left, top, width and height."""
Marked = npt.NDArray[np.uint8]
"""1 where a page is dark."""


class Ruled(NamedTuple):
    """Rulings in points of the straightened page, and the ink that is no ruling."""

    rulings: list[Ruling]
    ink: Ink


def find_rulings(ink: Ink, faint: Ink, scale: float) -> Ruled:
    """The rulings of a page, faint and broken ones too; ``scale`` is in pixels per point.

    Strokes of characters look like short rulings: a line counts if it is longer than any stroke
    and unbroken, or has paper on both sides; a short upright one if it parts two cells, too.
    """
    clear, pale = ink.astype(np.uint8), _closed(faint.astype(np.uint8), scale)
    across = _lines(clear, scale, LONG_ACROSS, horizontal=True)
    across += [
        box
        for box in _lines(pale[0], scale, LONG_ACROSS, horizontal=True)
        if _stands_alone(Dark(ink, faint), box, scale, horizontal=True)
    ]
    upright = _lines(clear, scale, LONG_UPRIGHT, horizontal=False)
    upright += [
        box
        for box in _lines(pale[1], scale, LONG_UPRIGHT, horizontal=False)
        if _stands_alone(Dark(ink, faint), box, scale, horizontal=False)
    ]
    flat = [_ruling(box, scale, horizontal=True) for box in across]
    upright += [
        box
        for box in _lines(clear, scale, SHORT_UPRIGHT, horizontal=False)
        if _spans(_ruling(box, scale, horizontal=False), flat, TOUCH)
    ]
    upright += [
        box
        for box in _lines(pale[1], scale, SHORT_UPRIGHT, horizontal=False)
        if _spans(_ruling(box, scale, horizontal=False), flat, REACH)
        and _stands_alone(Dark(ink, faint), box, scale, horizontal=False)
    ]
    rest = ink.copy()
    edge = max(1, round(0.4 * scale))
    for x, y, wide, high in (*across, *upright):
        rest[max(0, y - edge) : y + high + edge, max(0, x - edge) : x + wide + edge] = False
    return Ruled([*flat, *(_ruling(box, scale, horizontal=False) for box in upright)], rest)


def _closed(dark: Marked, scale: float) -> tuple[Marked, Marked]:
    """The dark pixels with small gaps closed, along rows and along columns."""
    import cv2

    gap = max(2, round(GAP * scale)) | 1
    flat, tall = (
        cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(shape, np.uint8))
        for shape in ((1, gap), (gap, 1))
    )
    return np.asarray(flat), np.asarray(tall)


def _spans(ruling: Ruling, flat: list[Ruling], reach: float) -> bool:
    """True for an upright line that begins and ends at a ruling, or no farther than ``reach``."""
    ends = [line.at for line in flat if line.start - REACH <= ruling.at <= line.end + REACH]
    return any(abs(at - ruling.start) <= reach for at in ends) and any(
        abs(at - ruling.end) <= reach for at in ends
    )


def _lines(dark: Marked, scale: float, long: float, *, horizontal: bool) -> list[Pixelbox]:
    """Boxes (left, top, width, height) of straight lines of ink of this length in points."""
    import cv2

    length = max(9, round(long * scale))
    shape = (1, length) if horizontal else (length, 1)
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found: list[Pixelbox] = []
    for x, y, wide, high, _ in stats[1:].tolist():
        thick = high if horizontal else wide
        if thick <= THICK * scale:
            found.append((x, y, wide, high))
    return found


def _stands_alone(dark: Dark, box: Pixelbox, scale: float, *, horizontal: bool) -> bool:
    """True for a slim line with paper on both sides: strokes of characters have others beside."""
    x, y, wide, high = box if horizontal else (box[1], box[0], box[3], box[2])
    clear, ink = (side if horizontal else side.T for side in dark)
    if high > SLIM * scale:
        return False
    drawn, black = (side[y : y + high, x : x + wide].any(axis=0).mean() for side in (ink, clear))
    if drawn < DRAWN or DOTTED[0] < black < DOTTED[1]:
        return False
    near, far = max(1, round(0.5 * scale)), max(2, round(1.7 * scale))
    above = ink[max(0, y - far) : max(0, y - near), x : x + wide]
    below = ink[y + high + near : y + high + far, x : x + wide]
    shares = [float(side.mean()) if side.size else 0.0 for side in (above, below)]
    return min(shares) <= BESIDE and max(shares) <= 2.3 * BESIDE


def _ruling(box: Pixelbox, scale: float, *, horizontal: bool) -> Ruling:
    x, y, wide, high = box
    if horizontal:
        return Ruling(True, (y + high / 2) / scale, x / scale, (x + wide) / scale)
    return Ruling(False, (x + wide / 2) / scale, y / scale, (y + high) / scale)

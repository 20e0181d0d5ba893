"""How far the text of a scanned page is turned, and the way from straight places to the page.

Everything is found on the straightened page; what is handed on lies on the page as it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extract.page import Box
from extract.scan.recogniser import Pixels

Ink = npt.NDArray[np.bool_]
"""True where a page is dark: rows of pixels."""

MOST_TURNED = 3.0
"""In degrees: a page that lies farther askew is not straightened."""
COARSE, FINE = 0.1, 0.01
MOST_POINTS = 60_000
CLEAR, FAINT = 0.42, 0.16
"""Ink is darker than the paper by these shares of how dark print is: characters, and rulings."""


@dataclass(frozen=True)
class Skew:
    """A turn by ``radians`` around the middle of the page (of any unit of length)."""

    radians: float
    middle: tuple[float, float]

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A place of the straightened page on the page as it is shown."""
        cos, sin = math.cos(self.radians), math.sin(self.radians)
        dx, dy = x - self.middle[0], y - self.middle[1]
        return self.middle[0] + cos * dx - sin * dy, self.middle[1] + sin * dx + cos * dy

    def shift(self, box: Box) -> tuple[float, float]:
        """How far the middle of a box moves on its way to the page as it is shown."""
        x, y = box.middle
        shown = self.to_page(x, y)
        return shown[0] - x, shown[1] - y


class Dark(NamedTuple):
    """Where a page is clearly darker than the paper around it; and where it is at all."""

    ink: Ink
    faint: Ink


def find_ink(grey: Pixels) -> Dark:
    """Where a page is dark, be the paper shaded or not."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 7)
    ground = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(ground, grey)
    clear, faint = _thresholds(depth)
    return Dark(depth > clear, depth > faint)


def _thresholds(depth: Pixels) -> tuple[float, float]:
    """How much darker than the paper ink is: less than half of what is surely ink; grain is not."""
    counts = np.bincount(depth[::2, ::2].ravel(), minlength=256)
    noise = int(np.searchsorted(np.cumsum(counts), 0.5 * counts.sum()))
    strong = depth[depth > noise + 40]
    if not strong.size:
        return noise + 40.0, noise + 25.0
    full = float(np.percentile(strong, 75))
    return max(noise + 18.0, CLEAR * full), max(noise + 18.0, FAINT * full)


def find_skew(ink: Ink) -> float:
    """By how many radians rulings and lines of text fall to the right (0 without any)."""
    y, x = np.nonzero(ink)
    if len(x) < 200:
        return 0.0
    step = max(1, len(x) // MOST_POINTS)
    x, y = x[::step].astype(np.float32), y[::step].astype(np.float32)

    def sharpness(degrees: float) -> float:
        level = (y - x * math.tan(math.radians(degrees))).astype(np.int32)
        counts = np.bincount(level - level.min())
        return float((np.diff(counts.astype(np.float64)) ** 2).sum())

    angles = np.arange(-MOST_TURNED, MOST_TURNED + COARSE / 2, COARSE)
    best = float(max(angles, key=sharpness))
    near = np.arange(best - COARSE, best + COARSE + FINE / 2, FINE)
    return math.radians(float(max(near, key=sharpness)))


def straighten(grey: Pixels, radians: float) -> Pixels:
    """The page turned back by an angle around its middle; what comes in from outside is paper."""
    import cv2

    if abs(radians) < math.radians(FINE):
        return grey
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), math.degrees(radians), 1.0)
    paper = float(np.percentile(grey[::8, ::8], 80))
    return np.asarray(
        cv2.warpAffine(
            grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(paper, paper, paper)
        )
    )

"""Lines of text cut out of a page for the recogniser, straight and of its height.

A crop is taken from the page as drawn, turned and scaled in one step: each step costs sharpness. A
tight crop loses the last digit, so there is paper around every line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from extract.scan.ink import Span
from extract.scan.recogniser import HEIGHT, Pixels

ABOVE, BESIDE = 0.16, 0.5
"""Paper around a line, in shares of its height."""
LOWEST = 0.72
"""A line lower than this share of a usual one (digits, a dash) is cut out as high as this."""
LONGEST = 2400
"""A crop is no wider, in its own pixels."""


@dataclass(frozen=True)
class Crop:
    """A line cut out: ``left`` and ``right`` are its edges in pixels of the straightened page."""

    pixels: Pixels
    left: float
    right: float


@dataclass(frozen=True)
class Cutter:
    """Cuts lines out of a page as drawn that is turned by ``radians``."""

    grey: Pixels
    radians: float
    usual: float
    paper: float

    def cut(self, line: Span, room: Span, zoom: float = 1.0) -> Crop:
        """The line with paper around it; what lies outside of its ``room`` is paper.

        ``zoom`` above 1 takes more paper in, so that the signs are read smaller.
        """
        import cv2

        high = max(line.high, LOWEST * self.usual)
        above = ABOVE * high * zoom + (zoom - 1.0) * high / 2
        middle = (line.y0 + line.y1) / 2
        tall = high + 2 * above
        left, right = line.x0 - BESIDE * high * zoom, line.x1 + BESIDE * high * zoom
        scale = HEIGHT / tall
        wide = min(LONGEST, max(8, round((right - left) * scale)))
        top = middle - tall / 2
        cos, sin = math.cos(self.radians), math.sin(self.radians)
        stretch = (right - left) / wide
        cx, cy = self.grey.shape[1] / 2, self.grey.shape[0] / 2
        # from a pixel of the crop to the straightened page, and on to the page as drawn
        ax, ay = left + 0.5 * stretch - 0.5 - cx, top + 0.5 / scale - 0.5 - cy
        way = np.array(
            [
                [cos * stretch, -sin / scale, cx + cos * ax - sin * ay],
                [sin * stretch, cos / scale, cy + sin * ax + cos * ay],
            ]
        )
        paper = (self.paper, self.paper, self.paper)
        flags = (cv2.INTER_CUBIC if scale > 0.75 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
        cropped = np.asarray(
            cv2.warpAffine(self.grey, way, (wide, HEIGHT), flags=flags, borderValue=paper)
        )
        self._whiten(cropped, room, (left, top, stretch, 1.0 / scale))
        return Crop(cropped, left, right)

    def _whiten(
        self, cropped: Pixels, room: Span, frame: tuple[float, float, float, float]
    ) -> None:
        left, top, across, down = frame
        x0, x1 = math.ceil((room.x0 - left) / across), math.floor((room.x1 - left) / across)
        y0, y1 = math.ceil((room.y0 - top) / down), math.floor((room.y1 - top) / down)
        paper = round(self.paper)
        if x0 > 0:
            cropped[:, :x0] = paper
        if x1 < cropped.shape[1]:
            cropped[:, max(0, x1) :] = paper
        if y0 > 0:
            cropped[:y0] = paper
        if y1 < cropped.shape[0]:
            cropped[max(0, y1) :] = paper

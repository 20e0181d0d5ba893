"""The visible part of a PDF page and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from extract.page import Box

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """How the page is shown: the visible box in page space and the rotation in quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width as shown."""
        wide = self.right - self.left
        high = self.top - self.bottom
        return high if self.turns % 2 else wide

    @property
    def height(self) -> float:
        """Height as shown."""
        wide = self.right - self.left
        high = self.top - self.bottom
        return wide if self.turns % 2 else high

    def show(self, x: float, y: float) -> Point:
        """Page space (origin lower left, unrotated) to the page as shown (origin upper left)."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def show_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of page space as it is shown."""
        ax, ay = self.show(left, bottom)
        bx, by = self.show(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def page_frame(page: pdfium.PdfPage) -> Frame:
    """The visible box of the page (crop box within media box) and its rotation."""
    media = page.get_mediabox()
    crop = page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)

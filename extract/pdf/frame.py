"""The visible part of a PDF page and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

Numbers = npt.NDArray[np.float64]


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

    def show_all(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Points of page space (origin lower left, unrotated) as they are shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def page_frame(page: pdfium.PdfPage) -> Frame:
    """The visible box of the page (crop box within media box) and its rotation.

    PDFium takes the corners of a box in any order, and Letter where a page has none that it can
    show: the boxes as the file has them do not say what is seen.
    """
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)

"""Small PDFs for the tests of the reader: coordinates are points from the upper left corner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.page import Grid, Page
from extract.pdf.reader import read_pdf

WIDE, HIGH = 600.0, 400.0
SONG = "STSong-Light"


class Sheet:
    """A page to draw on, from the upper left corner."""

    def __init__(self, path: Path, size: tuple[float, float] = (WIDE, HIGH)) -> None:
        if SONG not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(SONG))
        self.path = path
        self.high = size[1]
        self.canvas = Canvas(str(path), pagesize=size)

    def text(self, x: float, y: float, text: str, size: float = 9) -> None:
        """Write with the base line at ``y``."""
        self.canvas.setFont(SONG if any(ord(c) > 127 for c in text) else "Helvetica", size)
        self.canvas.drawString(x, self.high - y, text)

    def right(self, x: float, y: float, text: str, size: float = 9) -> None:
        """Write a figure that ends at ``x``."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawRightString(x, self.high - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling."""
        self.canvas.line(x0, self.high - y0, x1, self.high - y1)

    def area(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        """Paint a rectangle without a border; 0 is black, 1 white."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.high - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def ruled(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw a full grid of rulings."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def save(self) -> Path:
        """Write the file."""
        self.canvas.save()
        return self.path


def read_one(path: Path) -> Page:
    """The only page of a file."""
    (page,) = read_pdf(path)
    return page


def read_drawn(path: Path, draw: Callable[[Sheet], None]) -> Page:
    """Draw a page and read it."""
    sheet = Sheet(path)
    draw(sheet)
    return read_one(sheet.save())


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid, row by row."""
    return [[cell.text for cell in row] for row in grid.by_row()]

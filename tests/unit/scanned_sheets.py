"""A small table as a scanner sees it: three columns and rows, the second row nearly blank."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

FIGURES = {(0, 0): "201", (0, 1): "20.00", (0, 2): "30.00", (1, 0): "202"}
FIGURES |= {(2, 0): "203", (2, 1): "22.00", (2, 2): "32.00"}
PAPER = 245
SIZE = (1240, 1754)
"""A4 at 150 dots per inch."""


def draw_sheet() -> Image.Image:
    """The sheet in grey; its table lies between (100, 200) and (1100, 520)."""
    sheet = Image.new("L", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    for y in (200, 260, 460, 520):
        pen.line((100, y, 1100, y), 0, 3)
    for x in (100, 433, 766, 1100):
        pen.line((x, 200, x, 520), 0, 3)
    for (row, column), text in FIGURES.items():
        place = (150 + 333 * column, (215, 340, 475)[row])
        pen.text(place, text, 0, ImageFont.load_default(28))
    return sheet

"""How the parts of a table reach the page: rulings, fills behind cells, texts, what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from typeset.styles import Variant
from typeset.text import draw_text, text_width

STROKE = 0.6
GAP_OF_ZEBRA = 0.8
DARK, LIGHT = 0.84, 0.95
GHOST_COLUMNS = 3
FAKE_BOLD_SHIFT = 0.25
WIDEST_SPACE = 0.22
Edge = tuple[float, float, float, float]


def rule(canvas: Canvas, edges: Sequence[Edge], rulings: str) -> None:
    """Draw borders as lines, dashed lines, or thin filled rectangles; `zebra` has none."""
    if rulings == "zebra":
        return
    canvas.setLineWidth(STROKE)
    half = STROKE / 2
    if rulings == "dashed":
        canvas.setDash(2.2, 1.6)
    for x0, y0, x1, y1 in edges:
        if rulings == "filled":
            canvas.rect(x0 - half, y0 - half, x1 - x0 + STROKE, y1 - y0 + STROKE, stroke=0, fill=1)
        else:
            canvas.line(x0, y0, x1, y1)
    if rulings == "dashed":
        canvas.setDash()


def paint_zebra(canvas: Canvas, boxes: Sequence[Edge], dark: bool) -> None:
    """Fill cells, with a white gap between them instead of a ruling."""
    half = GAP_OF_ZEBRA / 2
    canvas.setFillGray(DARK if dark else LIGHT)
    for left, below, right, above in boxes:
        width, height = right - left - GAP_OF_ZEBRA, above - below - GAP_OF_ZEBRA
        canvas.rect(left + half, below + half, width, height, stroke=0, fill=1)
    canvas.setFillGray(0)


def paint_behind(canvas: Canvas, variants: frozenset[Variant], boxes: Sequence[Edge]) -> None:
    """Paint white behind cells: one fill each, or several that divide it like another grid."""
    if not variants & {Variant.WHITE_CELLS, Variant.GHOST_GRID}:
        return
    canvas.setFillGray(1)
    for left, below, right, above in boxes:
        parts = GHOST_COLUMNS if Variant.GHOST_GRID in variants else 1
        step = (right - left) / parts
        for part in range(parts):
            canvas.rect(left + part * step, below, step, above - below, stroke=0, fill=1)
    canvas.setFillGray(0)


def draw_hidden(
    canvas: Canvas,
    variants: frozenset[Variant],
    size: tuple[float, float],
    draw: Callable[[], None],
) -> None:
    """Draw the tables once more where nobody sees them: beside the page, or behind white."""
    if Variant.HIDDEN_OFF_PAGE in variants:
        canvas.saveState()
        canvas.translate(size[0] + 30, 0)
        draw()
        canvas.restoreState()
    if Variant.HIDDEN_BEHIND_WHITE in variants:
        canvas.saveState()
        canvas.translate(7, 5)
        draw()
        canvas.restoreState()
        canvas.setFillGray(1)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.setFillGray(0)


def draw_in_cell(
    canvas: Canvas,
    at: tuple[float, float],
    text: str,
    size: float,
    leftmost: float,
    is_figure: bool,
    variants: frozenset[Variant],
) -> None:
    """Draw a line of a cell from `at`; letter-spaced figures may begin at `leftmost` instead."""
    x, y = at
    if Variant.GLYPH_BY_GLYPH in variants:
        for char in text:
            draw_text(canvas, x, y, char, size)
            x += text_width(char, size)
    elif Variant.SPACED_FIGURES in variants and is_figure and len(text) > 1:
        gap = min((x - leftmost) / (len(text) - 1), size * WIDEST_SPACE)
        x -= gap * (len(text) - 1)
        for char in text:
            draw_text(canvas, x, y, char, size)
            x += text_width(char, size) + gap
    else:
        draw_text(canvas, x, y, text, size)
        if Variant.FAKE_BOLD in variants:
            draw_text(canvas, x + FAKE_BOLD_SHIFT, y, text, size)

"""Draw the pieces of tables on a canvas: rulings, texts, titles and notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reportlab.pdfgen.canvas import Canvas

from typeset.grid import LEADING, PADDING, Band, Cell
from typeset.model import Disclosure
from typeset.pages import LINE_HEIGHT, LINE_SIZE, MARGIN, TITLE_HEIGHT, TITLE_SIZE, Page, Piece
from typeset.text import draw_text, text_width

STROKE = 0.6
SHADE = 0.92
TITLE_WEIGHT = 0.35
Edge = tuple[float, float, float, float]


def draw_page(canvas: Canvas, disclosure: Disclosure, page: Page) -> None:
    """Draw all pieces of a page."""
    for piece in page.pieces:
        top = _draw_head(canvas, disclosure, piece, page.size[0])
        top = _draw_grid(canvas, disclosure, piece, top)
        if piece.noted and piece.table.note:
            draw_text(
                canvas, MARGIN, top - LINE_HEIGHT + 4, disclosure.fill(piece.table.note), LINE_SIZE
            )


def draw_centred(
    canvas: Canvas, x: float, y: float, text: str, size: float, weight: float = 0
) -> None:
    """Draw a line of text centred on x."""
    draw_text(canvas, x - text_width(text, size) / 2, y, text, size, weight)


def draw_right(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Draw a line of text that ends at x."""
    draw_text(canvas, x - text_width(text, size), y, text, size)


def _draw_head(canvas: Canvas, disclosure: Disclosure, piece: Piece, width: float) -> float:
    table, y = piece.table, piece.top
    if not piece.titled:
        return y
    right = width - MARGIN
    if table.number:
        y -= LINE_HEIGHT
        number = disclosure.fill(table.number)
        if disclosure.style.number_at == "caption":
            draw_centred(canvas, width / 2, y, number, LINE_SIZE + 1.5)
        elif disclosure.style.number_at == "right":
            draw_right(canvas, right, y, number, LINE_SIZE)
        else:
            draw_text(canvas, MARGIN, y, number, LINE_SIZE)
    y -= TITLE_HEIGHT
    draw_centred(canvas, width / 2, y + 8, disclosure.fill(table.title), TITLE_SIZE, TITLE_WEIGHT)
    y -= LINE_HEIGHT
    draw_text(canvas, MARGIN, y + 5, disclosure.fill(table.agency_line), LINE_SIZE)
    draw_right(canvas, right, y + 5, table.unit_text, LINE_SIZE)
    return y


def _draw_grid(canvas: Canvas, disclosure: Disclosure, piece: Piece, top: float) -> float:
    """Draw header and rows from `top` down; returns where the grid ends."""
    lefts = [MARGIN, *accumulate(piece.grid.widths, initial=MARGIN)][1:]
    bands = list(piece.grid.rows[piece.first : piece.last])
    edges: set[Edge] = set()
    y = top
    if piece.headed:
        header = piece.grid.header
        if disclosure.style.shade:
            canvas.setFillGray(SHADE)
            canvas.rect(
                MARGIN, y - header.height, lefts[-1] - MARGIN, header.height, stroke=0, fill=1
            )
            canvas.setFillGray(0)
        bands.insert(0, header)
    for band in bands:
        edges |= _draw_band(canvas, band, lefts, y, piece.grid.size)
        y -= band.height
    if disclosure.style.rulings == "open":
        outer = (lefts[0], lefts[-1])
        edges = {edge for edge in edges if not (edge[0] == edge[2] and edge[0] in outer)}
    _rule(canvas, sorted(edges), filled=disclosure.style.rulings == "filled")
    return y


def _draw_band(
    canvas: Canvas, band: Band, lefts: Sequence[float], top: float, size: float
) -> set[Edge]:
    """Draw the texts of a band; returns the borders of its cells."""
    tops = [top - used for used in accumulate(band.heights, initial=0.0)]
    edges: set[Edge] = set()
    for cell in band.cells:
        left, right = lefts[cell.column], lefts[cell.column + cell.column_span]
        above, below = tops[cell.row], tops[cell.row + cell.row_span]
        _draw_cell(canvas, cell, left, right, above, below, size)
        above, below = round(above, 3), round(below, 3)
        edges |= {
            (left, above, right, above),
            (left, below, right, below),
            (left, below, left, above),
            (right, below, right, above),
        }
    return edges


def _draw_cell(
    canvas: Canvas, cell: Cell, left: float, right: float, above: float, below: float, size: float
) -> None:
    step = size * LEADING
    y = (above + below + len(cell.lines) * step) / 2 - size * 1.02
    for line in cell.lines:
        if line and cell.align == "centre":
            draw_centred(canvas, (left + right) / 2, y, line, size)
        elif line and cell.align == "right":
            draw_right(canvas, right - PADDING, y, line, size)
        elif line:
            draw_text(canvas, left + PADDING, y, line, size)
        y -= step


def _rule(canvas: Canvas, edges: Sequence[Edge], filled: bool) -> None:
    """Draw borders as lines, or as thin filled rectangles."""
    canvas.setLineWidth(STROKE)
    half = STROKE / 2
    for x0, y0, x1, y1 in edges:
        if filled:
            canvas.rect(x0 - half, y0 - half, x1 - x0 + STROKE, y1 - y0 + STROKE, stroke=0, fill=1)
        else:
            canvas.line(x0, y0, x1, y1)

"""Draw the pieces of tables on a canvas: rulings, texts, titles and notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reportlab.pdfgen.canvas import Canvas

from typeset.grid import LEADING, PADDING, Band, Cell
from typeset.ink import Edge, draw_hidden, draw_in_cell, paint_behind, paint_zebra, rule
from typeset.model import Disclosure, Table
from typeset.pages import LINE_HEIGHT, LINE_SIZE, MARGIN, TITLE_HEIGHT, TITLE_SIZE, Page, Piece
from typeset.styles import Variant
from typeset.text import draw_text, text_width

SHADE = 0.92
TITLE_WEIGHT = 0.35


def draw_page(canvas: Canvas, disclosure: Disclosure, page: Page, printed_number: str) -> None:
    """Draw all pieces of a page; `printed_number` is what it prints as its page number."""
    variants = disclosure.style.variants
    if Variant.WHITE_PAGE in variants:
        canvas.setFillGray(1)
        canvas.rect(0, 0, *page.size, stroke=0, fill=1)
        canvas.setFillGray(0)

    def pieces() -> None:
        for piece in page.pieces:
            top = _draw_head(canvas, disclosure, piece, page.size[0])
            _draw_grid(canvas, disclosure, piece, top, printed_number)

    draw_hidden(canvas, variants, page.size, pieces)
    for piece in page.pieces:
        top = _draw_head(canvas, disclosure, piece, page.size[0])
        top = _draw_grid(canvas, disclosure, piece, top, printed_number)
        if piece.noted and piece.table.note:
            draw_text(
                canvas, MARGIN, top - LINE_HEIGHT + 4, disclosure.fill(piece.table.note), LINE_SIZE
            )
    if page.foot:
        y = 46 + TITLE_HEIGHT + LINE_HEIGHT
        _draw_title(canvas, disclosure, page.foot, y, page.size[0])


def draw_centred(
    canvas: Canvas, x: float, y: float, text: str, size: float, weight: float = 0
) -> None:
    """Draw a line of text centred on x."""
    draw_text(canvas, x - text_width(text, size) / 2, y, text, size, weight)


def draw_right(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Draw a line of text that ends at x."""
    draw_text(canvas, x - text_width(text, size), y, text, size)


def _draw_title(
    canvas: Canvas, disclosure: Disclosure, table: Table, top: float, width: float
) -> float:
    """Draw number and title from `top` down; returns where they end."""
    right, y = width - MARGIN, top
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
    return y


def _draw_head(canvas: Canvas, disclosure: Disclosure, piece: Piece, width: float) -> float:
    table, y = piece.table, piece.top
    if piece.titled:
        y = _draw_title(canvas, disclosure, table, y, width)
    if piece.measured:
        y -= LINE_HEIGHT
        draw_text(canvas, MARGIN, y + 5, disclosure.fill(table.agency_line), LINE_SIZE)
        draw_right(canvas, width - MARGIN, y + 5, table.unit_text, LINE_SIZE)
    return y


def _draw_grid(
    canvas: Canvas, disclosure: Disclosure, piece: Piece, top: float, printed_number: str
) -> float:
    """Draw header and rows from `top` down; returns where the grid ends."""
    style = disclosure.style
    lefts = [MARGIN, *accumulate(piece.grid.widths, initial=MARGIN)][1:]
    bands = list(piece.grid.rows[piece.first : piece.last])
    if piece.headed:
        header = piece.grid.header
        if style.shade and style.rulings != "zebra":
            canvas.setFillGray(SHADE)
            canvas.rect(
                MARGIN, top - header.height, lefts[-1] - MARGIN, header.height, stroke=0, fill=1
            )
            canvas.setFillGray(0)
        bands.insert(0, header)
    if Variant.PAGE_NUMBER_INSIDE in style.variants:
        cell = Cell(0, 0, 1, len(lefts) - 1, (printed_number,), "centre")
        bands.append(Band((cell,), (piece.grid.size * 2.4,)))
    tops = list(accumulate((-band.height for band in bands), initial=top))
    edges: set[Edge] = set()
    order = list(zip(bands, tops, strict=False))
    for number, (band, y) in enumerate(order):
        boxes = _boxes(band, lefts, y)
        if style.rulings == "zebra":
            paint_zebra(canvas, [box for _, box in boxes], dark=number % 2 == 0)
        paint_behind(canvas, style.variants, [box for _, box in boxes])
        edges |= {edge for _, box in boxes for edge in _borders(box)}
    if Variant.SHUFFLED in style.variants:
        order = order[1::2] + order[::2][::-1]
    for band, y in order:
        for cell, box in _boxes(band, lefts, y):
            _draw_cell(canvas, cell, box, piece.grid.size, style.variants)
    if style.rulings == "open":
        outer = (lefts[0], lefts[-1])
        edges = {edge for edge in edges if not (edge[0] == edge[2] and edge[0] in outer)}
    elif style.rulings == "horizontal":
        edges = {edge for edge in edges if edge[0] != edge[2]}
    rule(canvas, sorted(edges), style.rulings)
    return tops[-1]


def _boxes(band: Band, lefts: Sequence[float], top: float) -> list[tuple[Cell, Edge]]:
    """The cells of a band, each with its left, lower, right and upper side."""
    tops = [top - used for used in accumulate(band.heights, initial=0.0)]
    return [
        (
            cell,
            (
                lefts[cell.column],
                tops[cell.row + cell.row_span],
                lefts[cell.column + cell.column_span],
                tops[cell.row],
            ),
        )
        for cell in band.cells
    ]


def _borders(box: Edge) -> set[Edge]:
    left, below, right, above = box[0], round(box[1], 3), box[2], round(box[3], 3)
    return {
        (left, above, right, above),
        (left, below, right, below),
        (left, below, left, above),
        (right, below, right, above),
    }


def _draw_cell(
    canvas: Canvas, cell: Cell, box: Edge, size: float, variants: frozenset[Variant]
) -> None:
    left, below, right, above = box
    step = size * LEADING
    y = (above + below + len(cell.lines) * step) / 2 - size * 1.02
    if cell.height == "top":
        y = above - PADDING - size * 1.02
    elif cell.height == "bottom":
        y = below + PADDING + len(cell.lines) * step - size * 1.02
    for line in cell.lines:
        if line:
            x = left + PADDING
            if cell.align == "centre":
                x = (left + right) / 2 - text_width(line, size) / 2
            elif cell.align == "right":
                x = right - PADDING - text_width(line, size)
            draw_in_cell(canvas, (x, y), line, size, left + PADDING, cell.figure, variants)
        y -= step

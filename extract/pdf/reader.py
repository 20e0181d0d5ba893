"""Pages of a PDF with a text layer: lines and grids on pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

from extract.errors import DocumentError
from extract.page import Grid, Line, Page
from extract.pdf.filling import fill_lattices
from extract.pdf.glyphs import Letters, read_text, unmapped_share
from extract.pdf.gutter import find_gutter, halves
from extract.pdf.lattice import Lattice, find_lattices
from extract.pdf.paint import Paint, Ruling, area_edges
from extract.pdf.seams import seam_lattices
from extract.pdf.stream import Columns, find_streams, may_hold_table
from extract.pdf.writing import Span, rows_of, runs_of, words_of

TOO_MANY_UNMAPPED = 0.1
"""A page with a larger share of unmapped characters is not trusted: its figures are in doubt."""


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """Open a PDF; DocumentError if it is broken, protected, empty, or no PDF at all."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise DocumentError("empty_file", "the file has no bytes; expected a PDF")
    if b"%PDF-" not in head:
        raise DocumentError(
            "not_a_pdf",
            f"its first bytes are {head[:8].hex(' ')}; expected %PDF- (is it another format?)",
        )
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                "password_protected", "the PDF asks for a password; save it without one"
            ) from error
        raise DocumentError("broken_file", f"the PDF cannot be opened: {error}") from error
    if pages == 0:
        raise DocumentError("broken_file", "the PDF has no pages")
    return document


def read_pdf(path: Path) -> Iterator[Page]:
    """The pages of a PDF, one after the other; DocumentError if the file, or a page, is broken."""
    document = open_pdf(path)
    columns: Columns | None = None
    try:
        for number in range(1, len(document) + 1):
            page = _load(document, number)
            try:
                read, columns = read_page(page, number, columns)
                yield read
            finally:
                page.close()
    finally:
        document.close()


def _load(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise DocumentError(
            "broken_file", f"page {number} of {len(document)} cannot be loaded: {error}"
        ) from error


def read_page(
    page: pdfium.PdfPage, number: int, before: Columns | None = None
) -> tuple[Page, Columns | None]:
    """One page: grids where rulings draw them, lines of text elsewhere.

    ``before`` are the columns of a table without upright rulings that ends the page before; the
    second value are those for the page after.
    """
    letters, frame, paint = read_text(page)
    runs = runs_of(letters)
    lattices = find_lattices(paint.rulings) if runs else []
    if runs and not lattices and (edges := area_edges(paint)):
        lattices = find_lattices([*paint.rulings, *edges])
    gutter = find_gutter(letters, runs, lattices)
    if gutter is None:
        found, columns = _find(letters, runs, lattices, paint.rulings, before)
    else:
        found, columns = _Found(), None
        for side, half in zip((False, True), halves(letters, gutter), strict=True):
            own = [lattice for lattice in lattices if (lattice.box.x0 > gutter) is side]
            rulings = [ruling for ruling in paint.rulings if (_middle(ruling) > gutter) is side]
            more, _ = _find(half, runs_of(half), own, rulings, None)
            found = _Found(found.items + more.items, found.doubts + more.doubts)
    grids = [item for item in found.items if isinstance(item, Grid)]
    route = _route(paint, letters, grids)
    items = [
        _in_doubt(item) if isinstance(item, Grid) and route == "unmapped" else item
        for item in found.items
    ]
    read = Page(
        number=number,
        width=frame.width,
        height=frame.height,
        route=route,
        items=tuple(items),
        words=tuple(words_of(letters, runs)) if grids else (),
        doubts=tuple(found.doubts),
    )
    return read, columns


class _Found(NamedTuple):
    """What a page, or one of two printed side by side, holds in reading order; what is odd."""

    items: tuple[Line | Grid, ...] = ()
    doubts: tuple[str, ...] = ()


def _middle(ruling: Ruling) -> float:
    return (ruling.start + ruling.end) / 2 if ruling.horizontal else ruling.at


def _find(
    letters: Letters,
    runs: Sequence[Span],
    lattices: Sequence[Lattice],
    rulings: Sequence[Ruling],
    before: Columns | None,
) -> tuple[_Found, Columns | None]:
    """Grids and lines; and the columns of a table without upright rulings that ends the page."""
    columned = [lattice for lattice in lattices if len(lattice.xs) > 2]
    columned += seam_lattices(rulings, columned, letters) if runs else []
    grids, rest, doubts = fill_lattices(columned, letters, runs)
    lines, streams, columns = rows_of(rest), list[Grid](), None
    if before is not None or may_hold_table(lines):
        singles = [single for piece in rest for single in piece.split()]
        streams, outside, columns = find_streams(singles, rulings, before)
    if streams:
        grids, lines = [*grids, *streams], rows_of(outside)
    elif len(columned) < len(lattices):
        grids, rest, doubts = fill_lattices(lattices, letters, runs)
        lines = rows_of(rest)
    items: list[tuple[float, Line | Grid]] = [
        (grid.box.y0 if grid.box else 0.0, grid) for grid in grids
    ]
    items += [(row.box.middle[1], Line(row.text, row.box)) for row in lines]
    items.sort(key=lambda item: item[0])
    return _Found(tuple(item for _, item in items), tuple(doubts)), columns


def _in_doubt(grid: Grid) -> Grid:
    """The grid of a page whose characters are not trusted."""
    cells = (replace(cell, doubt=cell.doubt or "unreadable_figure") for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def _route(paint: Paint, letters: Letters, grids: list[Grid]) -> str:
    if len(letters) >= 20 and unmapped_share(letters) > TOO_MANY_UNMAPPED:
        return "unmapped"
    if grids:
        return "lattice" if any(grid.origin == "lattice" for grid in grids) else "stream"
    if len(letters) < 20 and paint.pictures:
        return "scan"
    return "prose" if len(letters) else "empty"

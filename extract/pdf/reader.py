"""Pages of a PDF with a text layer: lines and grids on pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from extract.errors import DocumentError
from extract.page import Box, Grid, Notice, Page
from extract.pdf.arranging import arrange_items
from extract.pdf.beside import pictures_beside
from extract.pdf.drawn import draws_text
from extract.pdf.frame import Frame, page_frame
from extract.pdf.glyphs import Letters, read_text, unmapped_share
from extract.pdf.lattice import find_lattices
from extract.pdf.paint import Paint, area_edges
from extract.pdf.stream import Columns
from extract.pdf.writing import runs_of, words_of
from extract.scan.progress import tell_page

FEW = 20
"""A page with fewer characters may be a number at the foot of a picture."""
TOO_MANY_UNMAPPED = 0.1
"""A page with a larger share of unmapped characters is not trusted: its figures are in doubt."""


PICTURES = frozenset({"scan", "unmapped"})
"""Routes of pages whose picture is read: they have no text, or none that can be trusted."""


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
                if read.route in PICTURES or read.pictures:
                    tell_page(number, len(document))
                    read = _read_picture(page, read, number)
                    columns = None if read.route in PICTURES else columns
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


def _read_picture(page: pdfium.PdfPage, read: Page, number: int) -> Page:
    """The page as its pictures say; as it was, with the reason, where they cannot be read."""
    from extract.scan.reader import read_pictures, read_scan

    turns = page_frame(page).turns
    try:
        if read.route in PICTURES:
            return read_scan(page, number, turns)
        return read_pictures(page, read, turns)
    except DocumentError as error:
        return replace(read, notices=(*read.notices, Notice(error.reason, error.detail)))


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
    found, columns = arrange_items(letters, runs, lattices, paint.rulings, before)
    grids = [item for item in found.items if isinstance(item, Grid)]
    route = _route(paint, letters, grids)
    if len(letters) < FEW and draws_text(page):
        route = "scan"
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
        pictures=_beside(paint, letters, grids, frame) if paint.pictures else (),
    )
    return read, columns


def _in_doubt(grid: Grid) -> Grid:
    """The grid of a page whose characters are not trusted."""
    cells = (replace(cell, doubt=cell.doubt or "unreadable_figure") for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def _beside(paint: Paint, letters: Letters, grids: Sequence[Grid], frame: Frame) -> tuple[Box, ...]:
    page = Box(0.0, 0.0, frame.width, frame.height)
    return pictures_beside((picture.box for picture in paint.pictures), page, letters, grids)


def _route(paint: Paint, letters: Letters, grids: list[Grid]) -> str:
    if len(letters) >= FEW and unmapped_share(letters) > TOO_MANY_UNMAPPED:
        return "unmapped"
    if grids:
        return "lattice" if any(grid.origin == "lattice" for grid in grids) else "stream"
    if len(letters) < FEW and paint.pictures:
        return "scan"
    return "prose" if len(letters) else "empty"

"""Pages of a PDF with a text layer: lines and grids on pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from extract.errors import DocumentError
from extract.page import Grid, Line, Page
from extract.pdf.glyphs import Glyph, read_text, unmapped_share
from extract.pdf.lattice import Lattice, find_lattices
from extract.pdf.open_rows import Draft, finish_cell, join_wrapped_figures, split_open_rows
from extract.pdf.paint import Paint
from extract.pdf.writing import rows_of, words_of

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
            f"the file starts with {head[:8]!r}; expected %PDF- (is it another format?)",
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
    """The pages of a PDF, one after the other; DocumentError if the file cannot be opened."""
    document = open_pdf(path)
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            try:
                yield read_page(page, number)
            finally:
                page.close()
    finally:
        document.close()


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """One page: grids where rulings draw them, lines of text elsewhere."""
    glyphs, frame, paint = read_text(page)
    lattices = find_lattices(paint.rulings) if glyphs else []
    grids, rest = _fill(lattices, glyphs)
    items: list[tuple[float, Line | Grid]] = [
        (grid.box.y0 if grid.box else 0.0, grid) for grid in grids
    ]
    items += [(row.box.middle[1], Line(row.text, row.box)) for row in rows_of(rest)]
    items.sort(key=lambda item: item[0])
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        route=_route(paint, glyphs, grids),
        items=tuple(item for _, item in items),
        words=tuple(words_of(glyphs)),
        doubts=tuple(
            f"odd cell at row {region.row + 1}, column {region.column + 1}"
            for lattice in lattices
            for region in lattice.regions
            if not region.whole
        ),
    )


def _route(paint: Paint, glyphs: list[Glyph], grids: list[Grid]) -> str:
    if len(glyphs) >= 20 and unmapped_share(glyphs) > TOO_MANY_UNMAPPED:
        return "unmapped"
    if grids:
        return "lattice"
    if len(glyphs) < 20 and paint.pictures:
        return "scan"
    return "prose" if glyphs else "empty"


def _fill(lattices: list[Lattice], glyphs: list[Glyph]) -> tuple[list[Grid], list[Glyph]]:
    """Put each character into the smallest lattice around it; the rest stays outside."""
    order = sorted(
        range(len(lattices)),
        key=lambda index: (
            (lattices[index].xs[-1] - lattices[index].xs[0])
            * (lattices[index].ys[-1] - lattices[index].ys[0])
        ),
    )
    held: dict[tuple[int, int], list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in glyphs:
        for index in order:
            region = lattices[index].region_at(glyph)
            if region is not None:
                held.setdefault((index, region), []).append(glyph)
                break
        else:
            rest.append(glyph)
    grids = []
    for index, lattice in enumerate(lattices):
        if not any(key[0] == index for key in held):
            continue
        grids.append(_grid(index, lattice, held))
    return grids, rest


def _grid(index: int, lattice: Lattice, held: dict[tuple[int, int], list[Glyph]]) -> Grid:
    drafts = [
        Draft(
            row=region.row,
            column=region.column,
            row_span=region.row_span,
            column_span=region.column_span,
            box=lattice.region_box(region),
            lines=tuple(rows_of(held.get((index, at), []))),
        )
        for at, region in enumerate(lattice.regions)
    ]
    ys, drafts = split_open_rows(lattice.ys, join_wrapped_figures(drafts))
    return Grid(
        rows=len(ys) - 1,
        columns=len(lattice.xs) - 1,
        cells=tuple(finish_cell(draft) for draft in drafts),
        box=lattice.box,
    )

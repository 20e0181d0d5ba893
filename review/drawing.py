"""Drawing pages of a PDF with personal data painted over, in a process that loads little else."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from extract.errors import GongkaiError
from review.marks import Rectangle
from review.masks import see_page

LONG_SIDE = 1500
"""Pixels of the longer side of a page: figures of a dense table can be read."""

_COLOURS = 16
_ROOM = 1.5
_PAINT = (108, 117, 125)


@dataclass(frozen=True)
class PageWanted:
    """A page of which a picture is wanted, and what the warehouse knows to be personal on it.

    ``turns`` are the quarter turns by which a scanned page was read; None for one with text.
    """

    document_id: str
    path: Path
    page_number: int
    personal: tuple[Rectangle, ...] = ()
    turns: int | None = None

    @property
    def name(self) -> str:
        """File name of the picture on the site."""
        return picture_name(self.document_id, self.page_number)


def picture_name(document_id: str, page_number: int) -> str:
    """Name the picture of a page on the site."""
    return f"{document_id}-p{page_number}.png"


def draw_document(pages: Sequence[tuple[PageWanted, Path]]) -> None:
    """Draw pages of one document, each to the path that goes with it; runs in a worker process."""
    path = pages[0][0].path
    try:
        if _content_id(path) != pages[0][0].document_id:
            return  # another file stands there now
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, FileNotFoundError, PermissionError):
        return
    try:
        for page, target in pages:
            try:
                picture = draw_page(document, page.page_number, page.personal, page.turns)
            except (pdfium.PdfiumError, GongkaiError):
                continue
            if picture is None:
                continue
            partial = target.with_name(f".{target.name}.{os.getpid()}")
            picture.save(partial, "PNG")
            partial.replace(target)
    finally:
        document.close()


def draw_page(
    document: pdfium.PdfDocument,
    page_number: int,
    personal: Sequence[Rectangle] = (),
    turns: int | None = None,
) -> Image.Image | None:
    """Draw a page in few colours, with what is personal on it painted over.

    ``personal`` are areas in points from the upper left corner, beside those that are found on the
    page; ``turns`` the quarter turns by which a scanned page was read. None when it cannot be told
    what is personal.
    """
    page = document[page_number - 1]
    try:
        seen = see_page(page, page_number)
        if seen is None or not seen.frame.width or not seen.frame.height:
            return None
        scale = LONG_SIDE / max(seen.frame.width, seen.frame.height)
        # the reader turns a page whose text lies on its side; so does the picture
        upright = seen.frame.turns if turns is None else turns
        turned = (upright * 90 - page.get_rotation()) % 360
        bitmap = page.render(scale=scale, rotation=turned, may_draw_forms=False)
        picture = bitmap.to_pil().convert("RGB")
    finally:
        page.close()
    brush = ImageDraw.Draw(picture)
    for area in (*seen.personal, *personal):
        brush.rectangle(
            (
                (area.x - _ROOM) * scale,
                (area.y - _ROOM) * scale,
                (area.x + area.width + _ROOM) * scale,
                (area.y + area.height + _ROOM) * scale,
            ),
            fill=_PAINT,
        )
    drawn: Image.Image = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    return drawn


def _content_id(path: Path) -> str:
    """The document_id of what a file holds now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]

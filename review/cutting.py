"""The cut-out of one place of a page, as a picture file."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from extract.landing import content_hash
from review.chain import Chain
from review.drawing import LONG_SIDE, draw_page
from review.errors import ReviewError
from review.marks import Rectangle, cut_out, mark, rectangle

_MARK_COLOUR = (179, 50, 27)
_ENLARGED = 2


def find_file(chain: Chain, documents: Path) -> Path:
    """Find the file of a chain below ``documents``, with the very bytes that were read.

    Raises ReviewError when it is gone or has changed.
    """
    for name in chain.spot.files:
        path = documents / name
        if path.is_file() and content_hash(path) == chain.spot.sha256:
            return path
    names = ", ".join(chain.spot.files) or chain.spot.document_id
    raise ReviewError(
        f"{names} is not below {documents} any more, or has changed; DOCUMENTS=dir names the"
        " directory that the warehouse was built from"
    )


def write_cut_out(chain: Chain, file: Path, target: Path) -> None:
    """Draw the part of the page around the place, with the place marked, into ``target`` (PNG).

    Raises ReviewError when the page cannot be drawn, or when nobody can tell what on it is
    personal.
    """
    spot = chain.spot
    sides = (spot.x0, spot.y0, spot.x1, spot.y1)
    if spot.page_number is None or None in sides or not spot.page_width or not spot.page_height:
        raise ReviewError(f"{spot.place_id} has no place on a page")
    area = rectangle(*(side for side in sides if side is not None))
    personal = [rectangle(hidden.x0, hidden.y0, hidden.x1, hidden.y1) for hidden in chain.personal]
    picture = _draw(file, spot.page_number, personal, chain.turns)
    scale = LONG_SIDE / max(spot.page_width, spot.page_height)
    ImageDraw.Draw(picture).rectangle(
        _pixels(mark(area, spot.page_width, spot.page_height), scale), outline=_MARK_COLOUR, width=3
    )
    cut = picture.crop(_pixels(cut_out(area, spot.page_width, spot.page_height), scale))
    target.parent.mkdir(parents=True, exist_ok=True)
    cut.resize((cut.width * _ENLARGED, cut.height * _ENLARGED)).save(target, "PNG")


def _draw(
    file: Path, page_number: int, personal: Sequence[Rectangle], turns: int | None
) -> Image.Image:
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        raise ReviewError(f"{file} cannot be opened: {error}") from error
    try:
        picture = draw_page(document, page_number, personal, turns)
    finally:
        document.close()
    if picture is None:
        raise ReviewError(f"{file}, page {page_number}: it cannot be told what on it is personal")
    return picture.convert("RGB")


def _pixels(area: Rectangle, scale: float) -> tuple[int, int, int, int]:
    return (
        round(area.x * scale),
        round(area.y * scale),
        round((area.x + area.width) * scale),
        round((area.y + area.height) * scale),
    )

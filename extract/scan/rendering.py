"""A page of a PDF as a picture in grey, at the resolution it was scanned with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.errors import DocumentError
from extract.page import Box
from extract.scan.recogniser import Pixels

Flags = npt.NDArray[np.bool_]

POINTS = 72.0
FINEST, COARSEST, USUAL = 300.0, 96.0, 200.0
"""Dots per inch: pages are drawn at those of their picture, within these bounds."""
MOST_PIXELS = 60_000_000
"""A picture in a file with more is not opened: it would fill the memory."""
MOST_TOGETHER = 2 * MOST_PIXELS
"""Nor are the pictures of a page with more between them, however often each is shown."""
MOST_DRAWN = 26_000_000
"""A page is drawn with no more (A3 at 300 dots per inch has 17 million)."""
LEAST_DRAWN = 72.0
"""A page so large that it has fewer dots per inch then is not read."""
NARROWEST = 16
"""Nor is one of fewer dots from side to side."""
LARGE, SMALL = 1300.0, 500.0
"""The longer side of a page, in points: beyond A3, and far from A5."""
POOR, RICH = 100.0, 250.0
"""Dots per inch of a picture whose page is not of its size: as large as that, and as small."""
FILLED = 0.5
"""Its pictures cover this share of it."""
SHEET = 842.0
"""The longer side of A4: such a page is taken for one."""
COLOURED = 60
"""A pixel whose channels lie farther apart is coloured: a seal, or coloured print."""
LEAST_COLOURED = 0.0003
"""The share of coloured pixels of a page with a seal, at least."""
AROUND = 1.5
"""So many points around coloured ink the channels are not to be trusted."""
PACKED = 1032
"""No stream unpacks to more times its bytes (the limit of DEFLATE)."""
BLACK = (45.0, 140.0)
"""There, what is as dark as the first is ink, and what is brighter than the second is none."""
DARK, BRIGHT = 96.0, 128
"""Paper is brighter than the first, and print on black (a negative) than the second."""
BROAD, STROKES = 6.0, 0.1
"""What is bright over so many points both ways is paper: of print on black, hardly any is."""


@dataclass(frozen=True)
class Picture:
    """A page as drawn: ``grey`` without coloured ink, ``scale`` in pixels per point.

    ``coloured`` is True in and around coloured ink; None on a page without any. ``enlarged`` is how
    many points of the page are one of the print: a picture of 72 dots per inch is no larger page.
    ``several`` is True where the page is put together of several pictures.
    """

    grey: Pixels
    scale: float
    coloured: Flags | None = None
    enlarged: float = 1.0
    several: bool = False


def draw_page(page: pdfium.PdfPage, turns: int, *, whole: bool = True) -> Picture:
    """The page as it is shown after ``turns`` quarter turns (clockwise, instead of its own).

    ``whole``: the page is nothing but its pictures, so that one which is far too large or small for
    them is read as the sheet that was scanned. Print on black becomes print on white.
    Raises DocumentError `scan_not_read` for pictures and pages of a size that no scanner makes.
    """
    width, height = page.get_size()
    shown = _shown(page)
    fills = shown.area >= FILLED * width * height
    enlarged = _enlarged(max(width, height), shown.dots) if whole and fills else 1.0
    fine = min(max(shown.dots * enlarged, COARSEST), FINEST)
    area = width * height / enlarged**2
    scale = min(fine / POINTS, (MOST_DRAWN / max(1.0, area)) ** 0.5)
    if scale * POINTS < LEAST_DRAWN or min(width, height) * scale / enlarged < NARROWEST:
        across, down = (round(side / POINTS * 2.54, 1) for side in (width, height))
        detail = f"a page of {across} × {down} cm cannot be drawn so that it can be read"
        raise DocumentError("scan_not_read", detail)
    rotation = (turns * 90 - page.get_rotation()) % 360
    bitmap = page.render(scale=scale / enlarged, rotation=rotation, may_draw_forms=False)
    try:
        drawn = bitmap.to_numpy()[:, :, :3]
        if _is_negative(drawn[:, :, 1], scale):
            drawn = 255 - drawn
        if not _is_coloured(drawn):
            plain = Picture(np.ascontiguousarray(drawn[:, :, 1]), scale)
        else:
            plain = _without_colour(drawn, scale)
        return replace(plain, enlarged=enlarged, several=shown.pictures > 1)
    finally:
        bitmap.close()


def count_broken(page: pdfium.PdfPage) -> int:
    """How many pictures of the page are broken: there is nothing to show, or less than the half."""
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    return sum(isinstance(one, pdfium.PdfImage) and _is_broken(one) for one in found)


def _is_broken(picture: pdfium.PdfImage) -> bool:
    about = picture.get_metadata()
    try:
        picture.get_bitmap()  # freed with the last reference to it
        if picture.get_filters() != ["FlateDecode"]:
            return False
        wanted = about.width * about.height * about.bits_per_pixel // 8
        return bool(len(picture.get_data()) * PACKED < wanted // 2)
    except pdfium.PdfiumError:
        return True


def without_text(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """The picture with paper in these boxes, in points: they hold text that was read otherwise."""
    if not boxes:
        return picture
    grey = picture.grey.copy()
    paper = round(float(np.percentile(grey[::8, ::8], 80)))
    for box in boxes:
        x0, y0, x1, y1 = (round(side * picture.scale) for side in box)
        grey[max(0, y0 - 1) : y1 + 2, max(0, x0 - 1) : x1 + 2] = paper
    return replace(picture, grey=grey)


def _is_coloured(drawn: Pixels) -> bool:
    sample = drawn[::3, ::3].astype(np.int16)
    return bool((sample.max(axis=2) - sample.min(axis=2) > COLOURED).mean() > LEAST_COLOURED)


def _without_colour(drawn: Pixels, scale: float) -> Picture:
    """The page without what is printed or stamped in colour; black print under it stays.

    A colour is bright in one of its channels, black in none. Around it the channels of a JPEG run
    into each other, so that only what is clearly black counts there.
    """
    import cv2

    brightest: Pixels = drawn.max(axis=2)
    spread = brightest.astype(np.int16) - drawn.min(axis=2)
    reach = 2 * max(1, round(AROUND * scale)) + 1
    marked = (spread > COLOURED).astype(np.uint8)
    zone = cv2.dilate(marked, np.ones((reach, reach), np.uint8)).astype(bool)
    paper = float(np.percentile(brightest[::8, ::8], 80))
    low, high = BLACK
    kept = np.clip((brightest[zone].astype(np.float32) - low) / (high - low), 0.0, 1.0)
    plain = brightest.copy()
    plain[zone] = (kept * paper).astype(np.uint8)
    return Picture(plain, scale, zone)


def _is_negative(drawn: Pixels, scale: float) -> bool:
    """True for a dark page with bright strokes: white on black. Bright areas are paper."""
    import cv2

    if float(np.median(drawn[::8, ::8])) >= DARK:
        return False
    bright = (drawn > BRIGHT).astype(np.uint8)
    reach = max(3, round(BROAD * scale))
    areas = cv2.erode(bright, np.ones((reach, reach), np.uint8))
    return bool(areas.mean() < STROKES * bright.mean())


def _enlarged(longer: float, dots: float) -> float:
    """How many times larger a page is than the sheet that was scanned; 1 for nearly every page.

    Programs that make a page of a picture do not know its resolution: a dot becomes a point (72
    dots per inch), or 96 dots an inch, so that a sheet is as large as a poster. ``longer`` is the
    longer side of the page in points, ``dots`` the resolution of its largest picture.
    """
    if (longer > LARGE and dots <= POOR) or (longer < SMALL and dots >= RICH):
        return longer / SHEET
    return 1.0


class Shown(NamedTuple):
    """Pictures of a page: dots per inch of the largest, how many, square points together."""

    dots: float
    pictures: int
    area: float


def _shown(page: pdfium.PdfPage) -> Shown:
    best, together, count, found, area = 0, 0, 0, USUAL, 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        about = picture.get_metadata()
        pixels = about.width * about.height
        together, count = together + pixels, count + 1
        dots = max(1e-6, about.horizontal_dpi), max(1e-6, about.vertical_dpi)
        area += pixels / (dots[0] * dots[1]) * POINTS**2
        if pixels > MOST_PIXELS:
            raise _too_large("a picture", pixels, MOST_PIXELS)
        if together > MOST_TOGETHER:
            raise _too_large("pictures", together, MOST_TOGETHER)
        if pixels > best:
            best = pixels
            found = min(dots)
    return Shown(found, count, area)


def _too_large(what: str, pixels: int, most: int) -> DocumentError:
    mega = 1_000_000
    detail = f"{what} of {pixels // mega} megapixels; at most {most // mega} are read"
    return DocumentError("scan_not_read", detail)

"""A page of a PDF as a picture in grey, at the resolution it was scanned with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
MOST_DRAWN = 26_000_000
"""A page is drawn with no more (A3 at 300 dots per inch has 17 million)."""
COLOURED = 60
"""A pixel whose channels lie farther apart is coloured: a seal, or coloured print."""
LEAST_COLOURED = 0.0003
"""The share of coloured pixels of a page with a seal, at least."""
AROUND = 1.5
"""So many points around coloured ink the channels are not to be trusted."""
BLACK = (45.0, 140.0)
"""There, what is as dark as the first is ink, and what is brighter than the second is none."""


@dataclass(frozen=True)
class Picture:
    """A page as drawn: ``grey`` without coloured ink, ``scale`` in pixels per point.

    ``coloured`` is True in and around coloured ink; None on a page without any.
    """

    grey: Pixels
    scale: float
    coloured: Flags | None = None


def draw_page(page: pdfium.PdfPage, turns: int) -> Picture:
    """The page as it is shown after ``turns`` quarter turns (clockwise, instead of its own).

    Raises DocumentError `scan_not_read` for pictures of a size that no scanner makes.
    """
    width, height = page.get_size()
    scale = _resolution(page) / POINTS
    scale = min(scale, (MOST_DRAWN / max(1.0, width * height)) ** 0.5)
    rotation = (turns * 90 - page.get_rotation()) % 360
    bitmap = page.render(scale=scale, rotation=rotation, may_draw_forms=False)
    try:
        drawn = bitmap.to_numpy()[:, :, :3]
        if not _is_coloured(drawn):
            return Picture(np.ascontiguousarray(drawn[:, :, 1]), scale)
        return _without_colour(drawn, scale)
    finally:
        bitmap.close()


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


def _resolution(page: pdfium.PdfPage) -> float:
    """Dots per inch of the largest picture of the page."""
    best, found = 0, USUAL
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        about = picture.get_metadata()
        pixels = about.width * about.height
        if pixels > MOST_PIXELS:
            raise DocumentError(
                "scan_not_read",
                f"a picture of {pixels // 1_000_000} megapixels;"
                f" at most {MOST_PIXELS // 1_000_000} are read",
            )
        if pixels > best:
            best = pixels
            found = min(about.horizontal_dpi, about.vertical_dpi)
    return min(max(found, COARSEST), FINEST)

"""Pictures that hide text: a scan laid over the text that a program recognised in it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

LARGE = 0.5
"""A picture over this share of a page may be the page."""
SOLID, NEARLY = 250, 0.99
"""It hides what lies below if so much of it is as solid as that (of 255)."""


def is_cover(
    page: pdfium.PdfPage, handle: int, sides: Sequence[float], size: tuple[float, float]
) -> bool:
    """True for a picture (its handle, its sides on the page) that is large and opaque.

    Masks, soft masks and transparent inks let the text below through: the picture is drawn to see.
    """
    x0, y0, x1, y1 = sides
    width, height = size
    wide = min(x1, width) - max(x0, 0.0)
    high = min(y1, height) - max(y0, 0.0)
    if min(wide, high) <= 0.0 or wide * high < LARGE * width * height:
        return False
    picture = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
    if raw.FPDFPageObj_HasTransparency(picture):
        return False
    drawn = raw.FPDFImageObj_GetRenderedBitmap(page.pdf, page, picture)
    if not drawn:
        return False
    bitmap = pdfium.PdfBitmap.from_raw(drawn)  # freed with the last reference to it
    if bitmap.n_channels < 4 or bitmap.mode.endswith("X"):
        return True
    return bool((bitmap.to_numpy()[:, :, 3] >= SOLID).mean() >= NEARLY)

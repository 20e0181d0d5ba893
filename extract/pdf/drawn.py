"""Text that a page draws as outlines instead of writing it: curves that no text layer knows."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.pdf import calls
from extract.pdf.objects import page_objects

FEWEST_CURVES = 200
"""A page without text that draws so many curves draws text: a Chinese sign has twenty or more."""


def draws_text(page: pdfium.PdfPage) -> bool:
    """True for a page whose paths have as many curves as a few lines of outlined text.

    Programs for printers turn text into outlines (转曲); rulings and bars of charts have no curves.
    """
    kinds = calls.path_segments(page_objects(page).paths.handles).kinds
    return int((kinds == raw.FPDF_SEGMENT_BEZIERTO).sum()) >= FEWEST_CURVES

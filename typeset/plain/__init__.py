"""Writes the sample disclosures as the text that converters make of PDFs, with seeded noise.

write_text(slug, manner, seed)   the text and the figures that it prints
MANNERS                          `spaced`, `tabbed`, `aligned`, `wide`, `pipes`
"""

from typeset.plain.document import MANNERS, TextSample, write_text
from typeset.plain.figures import PrintedFigure, vary

__all__ = ["MANNERS", "PrintedFigure", "TextSample", "vary", "write_text"]

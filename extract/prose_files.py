"""Pages of Word documents and web pages, by what the file is and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from extract.formats import find_prose_format, read_content
from extract.office.word import read_word
from extract.office.word_old import convert_word
from extract.page import Page
from extract.web.encoding import decode_page
from extract.web.reader import read_markup

MOST_BYTES = 256 * 1024 * 1024
"""A file is not larger, pictures included."""


def read_prose_file(path: Path) -> Page:
    """The one page, without a number, of a .docx, .doc, .rtf, .html or .mht.

    Raises DocumentError with the reasons of ``find_prose_format`` and of the format's reader.
    """
    content = read_content(path, MOST_BYTES)
    form = find_prose_format(content)
    if form == "html":
        return read_markup(decode_page(content))
    return read_word(content if form == "docx" else convert_word(content, form))

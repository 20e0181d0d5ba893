"""Pages of a text that was made from a PDF (.txt, .md): lines and grids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from extract.errors import DocumentError
from extract.page import Grid, Line, Page, Word
from extract.plain.aligned import Known, read_aligned
from extract.plain.loose import loose_figures
from extract.plain.markup import has_markup, read_markup
from extract.plain.pieces import is_aligned
from extract.plain.repeats import mark_repeats
from extract.plain.spaced_forms import read_spaced_forms
from extract.plain.tabbed import is_tabbed, read_tabbed
from extract.plain.titling import settle_titles
from extract.plain.unread import keep_unread
from extract.vocabulary import load_vocabulary

_FEED = "\f"


def read_text(path: Path) -> Iterator[Page]:
    """The pages of a text, in reading order; page numbers from 1.

    A form feed begins a page; without one the text has no pages (number None): no other trace of
    a page break is certain. Raises DocumentError with the reason `empty_file` or `not_text`.
    """
    pages = decode(path.read_bytes()).split(_FEED)
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    aligned = is_aligned([line for text in pages for line in _split(text)])
    last: Known | None = None
    found: list[tuple[str, list[Line | Grid], list[Word], int]] = []
    for text in pages:
        lines = _split(text)
        if has_markup(text):
            route = "markup"
            items, words = read_markup(text)
        elif is_tabbed(lines):
            route = "tabbed"
            items, words = read_tabbed(lines)
        elif aligned:
            route = "aligned"
            items, words, last = read_aligned(lines, last)
        else:
            route = "spaced"
            items, words = read_spaced_forms(lines)
            items, unread = keep_unread(items, load_vocabulary())
            words += unread
        found.append((route, items, words, len(lines)))
    settled = settle_titles([items for _, items, _, _ in found], load_vocabulary())
    settled = mark_repeats(settled, load_vocabulary())
    for number, (titled, (route, _, words, height)) in enumerate(
        zip(settled, found, strict=True), start=1
    ):
        yield Page(
            number=number if len(pages) > 1 else None,
            width=0.0,
            height=float(height),
            route=route,
            items=tuple(titled),
            words=(*words, *loose_figures(titled)),
        )


def _split(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def decode(content: bytes) -> str:
    """Text of UTF-8 (with or without a mark), UTF-16 with a mark, or GB 18030.

    Raises DocumentError: `empty_file` for nothing but white space, `not_text` for what is no
    text in any of these.
    """
    if not content.strip():
        raise DocumentError("empty_file", "the file holds no text")
    encodings = ["utf-8-sig", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings.insert(0, "utf-16")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip("\ufeff \t\r\n\f"):
            raise DocumentError("empty_file", "the file holds no text")
        if _is_text(text):
            return text
    raise DocumentError(
        "not_text", f"its first bytes are {content[:8].hex(' ')}; expected UTF-8 or GB 18030 text"
    )


def _is_text(text: str) -> bool:
    """False where control, private or unassigned characters are more than a stray few."""
    odd = sum(
        1
        for char in text
        if char not in "\t\r\n\f" and unicodedata.category(char) in ("Cc", "Cn", "Cs", "Co")
    )
    return "\0" not in text and odd * 50 <= len(text)

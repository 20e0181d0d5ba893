"""Characters of a PDF page that a reader of the paper sees, with pypdfium2's raw interface.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page import Box
from extract.pdf.frame import Frame, page_frame
from extract.pdf.paint import Paint, read_paint

UNMAPPED = "\ufffd"
"""Stands for a character whose meaning the file does not say."""

QUARTER = math.pi / 2

_NOTHING = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0xFFFF, 0xFEFF, 0x200B, 0x200C, 0x200D})
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""How pypdfium2 gives a hyphen at the end of a line: in a table it is a minus sign or a dash."""
_RADICALS = dict(
    zip(
        "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民示虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@dataclass(frozen=True)
class Glyph:
    """A character with its box; ``size`` is its font size in points."""

    text: str
    box: Box
    size: float


def read_text(page: pdfium.PdfPage) -> tuple[list[Glyph], Frame, Paint]:
    """Visible characters of the page in content order, without white space; and what is painted.

    The page is turned so that its text reads from left to right. Left out are characters outside
    of the page box or of their clip path, invisible ones (text mode 3), white ones on white, those
    under a later opaque area, and second copies of a character at the same place (a fake bold, or
    a hidden copy of a whole table).
    """
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        frame = _upright(handle, page_frame(page))
        paint = read_paint(page, frame)
        return list(_glyphs(handle, frame, paint)), frame, paint
    finally:
        textpage.close()


def _glyphs(handle: Any, frame: Frame, paint: Paint) -> Iterator[Glyph]:
    rect = raw.FS_RECTF()
    seen: dict[tuple[str, int, int], list[Box]] = {}
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in _NOTHING or not raw.FPDFText_GetLooseCharBox(handle, index, rect):
            continue
        mapped = raw.FPDFText_HasUnicodeMapError(handle, index) != 1
        text = _character(code) if mapped else UNMAPPED
        box = frame.show_box(rect.left, rect.bottom, rect.right, rect.top)
        x, y = box.middle
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            continue
        if paint.doubtful and paint.hides(_address(handle, index), box):
            continue
        column, row = round(x / 4), round(y / 4)
        if any(_same_place(box, other) for other in _near(seen, text, column, row)):
            continue
        seen.setdefault((text, column, row), []).append(box)
        yield Glyph(text, box, raw.FPDFText_GetFontSize(handle, index))


def _upright(handle: Any, frame: Frame) -> Frame:
    """The frame turned so that most of the page's text reads from left to right.

    Tables are set sideways on pages that have no /Rotate, and upright on pages that have one.
    """
    count = raw.FPDFText_CountChars(handle)
    turns: Counter[int] = Counter()
    for index in range(0, count, max(1, count // 60)):
        if raw.FPDFText_GetUnicode(handle, index) in _NOTHING:
            continue
        angle = raw.FPDFText_GetCharAngle(handle, index)
        if angle >= 0:
            turns[-round(angle / QUARTER) % 4] += 1
    if not turns:
        return frame
    turn, votes = turns.most_common(1)[0]
    return replace(frame, turns=turn) if votes * 10 >= 8 * turns.total() else frame


def unmapped_share(glyphs: list[Glyph]) -> float:
    """The share of characters whose meaning the file does not say, from 0 to 1."""
    if not glyphs:
        return 0.0
    return sum(1 for glyph in glyphs if glyph.text == UNMAPPED) / len(glyphs)


@cache
def _character(code: int) -> str:
    """The character as printed: look-alike radicals and compatibility ideographs are the same."""
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF or code >= 0xF0000:
        return UNMAPPED
    text = chr(code)
    if 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        return _RADICALS.get(text, unicodedata.normalize("NFKC", text))
    return text


def _address(textpage: Any, index: int) -> int:
    """What tells the text object of a character from others on the page."""
    found = raw.FPDFText_GetTextObject(textpage, index)
    return ctypes.cast(found, ctypes.c_void_p).value or 0


def _near(
    seen: dict[tuple[str, int, int], list[Box]], text: str, column: int, row: int
) -> Iterator[Box]:
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            places = seen.get((text, column + dx, row + dy))
            if places:
                yield from places


def _same_place(one: Box, two: Box) -> bool:
    (ax, ay), (bx, by) = one.middle, two.middle
    slack = 0.25 * max(min(one.x1 - one.x0, two.x1 - two.x0), 1.0)
    return abs(ax - bx) <= slack and abs(ay - by) <= max(slack, 1.0)

"""Characters of a PDF page that a reader of the paper sees, with PDFium.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

from extract.page import UNREAD, Box, boxes_of
from extract.pdf import calls
from extract.pdf.calls import Codes, Flags, Indexes, Numbers
from extract.pdf.frame import Frame, page_frame
from extract.pdf.paint import Paint, read_paint

UNMAPPED = UNREAD
"""Stands for a character whose meaning the file does not say."""

QUARTER = math.pi / 2
ANGLES = 24
"""So many characters of a page say which way its text reads."""

_NOTHING = (0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0xFFFF, 0xFEFF, 0x200B, 0x200C, 0x200D)
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""How pypdfium2 gives a hyphen at the end of a line: in a table it is a minus sign or a dash."""
_RADICALS = dict(
    zip(
        "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民示虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@dataclass(frozen=True, eq=False)
class Letters:
    """The characters of a page in content order, as columns: ``text`` has one for each box."""

    text: str
    x0: Numbers
    y0: Numbers
    x1: Numbers
    y1: Numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.text)

    def middles(self) -> tuple[Numbers, Numbers]:
        """The middles of the boxes."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def sides(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Left, top, right and bottom of the boxes."""
        return self.x0, self.y0, self.x1, self.y1


class Glyph(NamedTuple):
    """One character, or several of one height that stand on one level with no gap between.

    ``start`` is the place of the first one in ``letters``.
    """

    text: str
    box: Box
    letters: Letters
    start: int

    def split(self) -> list[Glyph]:
        """Its characters, one by one."""
        if len(self.text) == 1:
            return [self]
        return single_glyphs(self.letters, self.start, self.start + len(self.text))


def single_glyphs(letters: Letters, start: int, end: int) -> list[Glyph]:
    """Characters of a page, one by one."""
    boxes = boxes_of(*(side[start:end].tolist() for side in letters.sides()))
    text = letters.text
    return [Glyph(text[at], box, letters, at) for at, box in enumerate(boxes, start)]


def read_text(page: pdfium.PdfPage) -> tuple[Letters, Frame, Paint]:
    """Visible characters of the page in content order, without white space; and what is painted.

    The page is turned so that its text reads from left to right. Left out are characters outside
    of the page box or of their clip path, invisible ones (text mode 3), white ones on white, those
    under a later opaque area, and second copies of a character at the same place (a fake bold, or
    a hidden copy of a whole table).
    """
    handle = calls.open_text(calls.address_of(page.raw))
    try:
        codes = calls.char_codes(handle)
        printed = np.flatnonzero(_is_printed()[np.minimum(codes, 0x10000)])
        frame = _upright(handle, printed, page_frame(page))
        paint = read_paint(page, frame)
        return _letters(handle, codes[printed], printed.tolist(), frame, paint), frame, paint
    finally:
        calls.close_text(handle)


def _letters(
    handle: int, codes: Codes, indexes: Sequence[int], frame: Frame, paint: Paint
) -> Letters:
    """The visible ones of the characters ``indexes`` of a text page."""
    codes, unmapped = _characters(codes), calls.are_unmapped(handle, indexes)
    if unmapped is not None:
        codes[unmapped] = ord(UNMAPPED)
    found, (left, top, right, bottom) = calls.char_boxes(handle, indexes)
    ax, ay = frame.show_all(left, bottom)
    bx, by = frame.show_all(right, top)
    x0, y0, x1, y1 = np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    seen = found & (x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height)
    if paint.doubtful and indexes:
        seen &= ~paint.hides(list(map(calls.char_object, repeat(handle), indexes)), x, y)
    letters = _chosen(codes, (x0, y0, x1, y1), seen)
    copies = _copies(codes[seen], letters)
    if not copies:
        return letters
    once = np.ones(len(letters), bool)
    once[copies] = False
    return _chosen(codes[seen], letters.sides(), once)


def _chosen(codes: Codes, sides: tuple[Numbers, ...], chosen: Flags) -> Letters:
    if chosen.all():
        return Letters(codes.astype("<u4").tobytes().decode("utf-32-le"), *sides)
    text = codes[chosen].astype("<u4").tobytes().decode("utf-32-le")
    return Letters(text, *(side[chosen] for side in sides))


def _upright(handle: int, printed: Indexes, frame: Frame) -> Frame:
    """The frame turned so that most of the page's text reads from left to right.

    Tables are set sideways on pages that have no /Rotate, and upright on pages that have one.
    """
    sample = printed[:: max(1, len(printed) // ANGLES)].tolist()
    angles = list(map(calls.char_angle, repeat(handle), sample))
    if not frame.turns and not any(angles):
        return frame
    turns = Counter(-round(angle / QUARTER) % 4 for angle in angles if angle >= 0)
    if not turns:
        return frame
    turn, votes = turns.most_common(1)[0]
    return replace(frame, turns=turn) if votes * 10 >= 8 * turns.total() else frame


def unmapped_share(letters: Letters) -> float:
    """The share of characters whose meaning the file does not say, from 0 to 1."""
    return letters.text.count(UNMAPPED) / len(letters) if letters.text else 0.0


def _characters(codes: Codes) -> Codes:
    """The characters as printed: look-alike radicals and compatibility ideographs are the same."""
    table = _printed()
    if not len(codes) or codes.max() < len(table):
        return table[codes]
    return np.array([ord(_character(code)) for code in codes.tolist()], np.uint32)


@cache
def _is_printed() -> Flags:
    """For each code of two bytes, and for all others together, if it is no white space."""
    flags = np.ones(0x10001, bool)
    flags[list(_NOTHING)] = False
    return flags


@cache
def _printed() -> Codes:
    """The character as printed for each code of two bytes."""
    table = np.arange(0x10000, dtype=np.uint32)
    special = [*range(32), *range(0xD800, 0xF900), *range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)]
    for code in (*special, *_HYPHENS):
        table[code] = ord(_character(code))
    return table


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF or code >= 0xF0000:
        return UNMAPPED
    text = chr(code)
    if 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        folded = _RADICALS.get(text, unicodedata.normalize("NFKC", text))
        return folded if len(folded) == 1 else text
    return text


def _copies(codes: Codes, letters: Letters) -> list[int]:
    """Characters that stand where the same one stood before."""
    suspects = _repeated(codes, letters)
    if not suspects:
        return []
    seen: dict[tuple[str, int, int], list[Box]] = {}
    copies: list[int] = []
    for at in np.flatnonzero(np.isin(codes, list(suspects))).tolist():
        text, box = letters.text[at], Box(*(float(side[at]) for side in letters.sides()))
        column, row = (round(place / 4) for place in box.middle)
        if any(_same_place(box, other) for other in _near(seen, text, column, row)):
            copies.append(at)
        else:
            seen.setdefault((text, column, row), []).append(box)
    return copies


def _repeated(codes: Codes, letters: Letters) -> set[int]:
    """Codes of characters that may stand twice at one place: neighbours in bands of the page.

    Two bandings, one shifted by half a band: what stands at one place is in one band of either.
    """
    suspects: set[int] = set()
    if len(codes) < 2:
        return suspects
    (x, y), wide = letters.middles(), np.maximum(letters.x1 - letters.x0, 1.0)
    band = 0.5 * float(wide.max())
    wide_codes, columns = codes.astype(np.int64) << 20, (16 * x).astype(np.int64)
    for shift in (0.0, 0.5):
        group = wide_codes + (y / band + shift).astype(np.int64)
        places = (group << 20) + columns
        if np.diff(np.sort(places)).min() > 8 * band + 1:
            continue  # nowhere are two nearer than half of the widest: no other look is needed
        order = np.argsort(places)
        near = np.diff(x[order]) <= 0.25 * np.maximum(wide[order][1:], wide[order][:-1])
        found = near & (np.diff(group[order]) == 0)
        if found.any():
            suspects |= set(codes[order][1:][found].tolist())
    return suspects


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

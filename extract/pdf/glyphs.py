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
import numpy.typing as npt
import pypdfium2 as pdfium

from extract.page import Box
from extract.pdf import calls
from extract.pdf.calls import Flags, Numbers
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
    sides = (side[start:end].tolist() for side in letters.sides())
    return [
        Glyph(letters.text[at], Box(*box), letters, at)
        for at, box in enumerate(zip(*sides, strict=True), start)
    ]


def read_text(page: pdfium.PdfPage) -> tuple[Letters, Frame, Paint]:
    """Visible characters of the page in content order, without white space; and what is painted.

    The page is turned so that its text reads from left to right. Left out are characters outside
    of the page box or of their clip path, invisible ones (text mode 3), white ones on white, those
    under a later opaque area, and second copies of a character at the same place (a fake bold, or
    a hidden copy of a whole table).
    """
    textpage = page.get_textpage()
    try:
        handle = calls.address_of(textpage.raw)
        codes = list(map(calls.char_code, repeat(handle), range(calls.count_chars(handle))))
        frame = _upright(handle, codes, page_frame(page))
        paint = read_paint(page, frame)
        return _letters(handle, codes, frame, paint), frame, paint
    finally:
        textpage.close()


def _letters(handle: int, codes: Sequence[int], frame: Frame, paint: Paint) -> Letters:
    indexes = [index for index, code in enumerate(codes) if code not in _NOTHING]
    unmapped = map(calls.char_is_unmapped, repeat(handle), indexes)
    texts = [
        UNMAPPED if mark == 1 else _character(codes[index])
        for index, mark in zip(indexes, unmapped, strict=True)
    ]
    found, boxes = calls.char_boxes(handle, indexes)
    left, top, right, bottom = boxes.T
    ax, ay = frame.show_all(left, bottom)
    bx, by = frame.show_all(right, top)
    x0, y0, x1, y1 = np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    seen = found & (x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height)
    if paint.doubtful and indexes:
        seen &= ~paint.hides(list(map(calls.char_object, repeat(handle), indexes)), x, y)
    kept = np.flatnonzero(seen)
    letters = Letters("".join([texts[at] for at in kept]), x0[kept], y0[kept], x1[kept], y1[kept])
    copies = _copies(letters)
    return _without(letters, copies) if copies else letters


def _without(letters: Letters, left_out: Sequence[int]) -> Letters:
    kept = np.setdiff1d(np.arange(len(letters)), left_out)
    return Letters("".join([letters.text[at] for at in kept]), *(s[kept] for s in letters.sides()))


def _upright(handle: int, codes: Sequence[int], frame: Frame) -> Frame:
    """The frame turned so that most of the page's text reads from left to right.

    Tables are set sideways on pages that have no /Rotate, and upright on pages that have one.
    """
    turns: Counter[int] = Counter()
    for index in range(0, len(codes), max(1, len(codes) // 60)):
        if codes[index] in _NOTHING:
            continue
        angle = calls.char_angle(handle, index)
        if angle >= 0:
            turns[-round(angle / QUARTER) % 4] += 1
    if not turns:
        return frame
    turn, votes = turns.most_common(1)[0]
    return replace(frame, turns=turn) if votes * 10 >= 8 * turns.total() else frame


def unmapped_share(letters: Letters) -> float:
    """The share of characters whose meaning the file does not say, from 0 to 1."""
    return letters.text.count(UNMAPPED) / len(letters) if letters.text else 0.0


@cache
def _character(code: int) -> str:
    """The character as printed: look-alike radicals and compatibility ideographs are the same."""
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF or code >= 0xF0000:
        return UNMAPPED
    text = chr(code)
    if 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        folded = _RADICALS.get(text, unicodedata.normalize("NFKC", text))
        return folded if len(folded) == 1 else text
    return text


def _copies(letters: Letters) -> list[int]:
    """Characters that stand where the same one stood before."""
    codes = np.frombuffer(letters.text.encode("utf-32-le"), np.uint32)
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


def _repeated(codes: npt.NDArray[np.uint32], letters: Letters) -> set[int]:
    """Codes of characters that may stand twice at one place: each in bands of the page's height.

    Two bandings, one shifted by half a band: what stands at one place is in one band of either.
    """
    suspects: set[int] = set()
    if len(codes) < 2:
        return suspects
    (x, y), wide = letters.middles(), letters.x1 - letters.x0
    band = 2 * max(0.25 * float(wide.max()), 1.0)
    for shift in (0.0, 0.5):
        number = np.floor(y / band + shift)
        order = np.lexsort((x, number, codes))
        code, number, at, room = codes[order], number[order], x[order], wide[order]
        slack = 0.25 * np.maximum(np.maximum(room[1:], room[:-1]), 1.0)
        alike: Flags = (code[1:] == code[:-1]) & (number[1:] == number[:-1])
        suspects |= set(code[1:][alike & (at[1:] - at[:-1] <= slack)].tolist())
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

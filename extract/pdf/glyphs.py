"""Characters and ruling lines of a PDF page, read with pypdfium2's raw interface.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page import Box

RULE_THICKNESS = 3.2
"""A filled rectangle thinner than this many points is a ruling line; thicker ones are areas."""


@dataclass(frozen=True)
class Glyph:
    """A character with its box; ``size`` is its font size in points."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True)
class Ruling:
    """A straight ruling line along an axis: ``at`` is its place, ``start``–``end`` its extent."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Frame:
    """How the page is shown: the visible box in page space and the rotation in quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width as shown."""
        wide = self.right - self.left
        high = self.top - self.bottom
        return high if self.turns % 2 else wide

    @property
    def height(self) -> float:
        """Height as shown."""
        wide = self.right - self.left
        high = self.top - self.bottom
        return wide if self.turns % 2 else high

    def show(self, x: float, y: float) -> tuple[float, float]:
        """Page space (origin lower left, unrotated) to the page as shown (origin upper left)."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def show_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of page space as it is shown."""
        ax, ay = self.show(left, bottom)
        bx, by = self.show(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def page_frame(page: pdfium.PdfPage) -> Frame:
    """The visible box of the page (crop box within media box) and its rotation."""
    media = page.get_mediabox()
    crop = page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)


def read_glyphs(page: pdfium.PdfPage, frame: Frame) -> list[Glyph]:
    """Visible characters of the page, in content order, without white space.

    Left out: characters outside of the page box, invisible ones (text mode 3), and second copies
    of a character at the same place (a fake bold, or a hidden copy of a whole table).
    """
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = raw.FPDFText_CountChars(handle)
        rect = raw.FS_RECTF()
        glyphs: list[Glyph] = []
        seen: dict[tuple[str, int, int], list[Box]] = {}
        for index in range(count):
            code = raw.FPDFText_GetUnicode(handle, index)
            if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF, 0xFEFF, 0x200B):
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, index, rect):
                continue
            box = frame.show_box(rect.left, rect.bottom, rect.right, rect.top)
            x, y = box.middle
            if not (0 <= x <= frame.width and 0 <= y <= frame.height):
                continue
            text = chr(code)
            places = seen.setdefault((text, round(x / 4), round(y / 4)), [])
            if any(_same_place(box, other) for other in _near(seen, text, x, y)):
                continue
            places.append(box)
            glyphs.append(Glyph(text, box, raw.FPDFText_GetFontSize(handle, index)))
        return glyphs
    finally:
        textpage.close()


def _near(
    seen: dict[tuple[str, int, int], list[Box]], text: str, x: float, y: float
) -> Iterator[Box]:
    column, row = round(x / 4), round(y / 4)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from seen.get((text, column + dx, row + dy), ())


def _same_place(one: Box, two: Box) -> bool:
    (ax, ay), (bx, by) = one.middle, two.middle
    slack = 0.25 * max(min(one.x1 - one.x0, two.x1 - two.x0), 1.0)
    return abs(ax - bx) <= slack and abs(ay - by) <= max(slack, 1.0)


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _matrix(handle: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _paths(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """All path objects with their matrix to page space, those of form objects included."""

    def walk(
        count: int, get: Callable[[int], Any], outer: Matrix, depth: int
    ) -> Iterator[tuple[Any, Matrix]]:
        for index in range(count):
            handle = get(index)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield handle, _compose(_matrix(handle), outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 5:
                inner = _compose(_matrix(handle), outer)
                yield from walk(
                    raw.FPDFFormObj_CountObjects(handle),
                    lambda at, form=handle: raw.FPDFFormObj_GetObject(form, at),
                    inner,
                    depth + 1,
                )

    yield from walk(
        raw.FPDFPage_CountObjects(page.raw),
        lambda at: raw.FPDFPage_GetObject(page.raw, at),
        _IDENTITY,
        0,
    )


def _segments(handle: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The straight sub-paths of a path as lists of points in page space; curves are left out."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    paths: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                paths.append(points)
            points = [point]
        elif kind == raw.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            points = []
        if points and raw.FPDFPathSegment_GetClose(segment) and points[0] != point:
            points.append(points[0])
    if len(points) > 1:
        paths.append(points)
    return paths


def _is_pale(handle: Any, get_color: Callable[..., int]) -> bool:
    """True for white, near white, and fully transparent paint."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_color(handle, red, green, blue, alpha):
        return False
    return alpha.value < 16 or min(red.value, green.value, blue.value) >= 250


def read_rulings(page: pdfium.PdfPage, frame: Frame) -> list[Ruling]:
    """Ruling lines of the page: stroked axis-parallel segments and thin filled rectangles.

    White paint and filled areas are no rulings: office programs paint them behind cells.
    """
    rulings: list[Ruling] = []
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    for handle, matrix in _paths(page):
        if not raw.FPDFPath_GetDrawMode(handle, fill_mode, stroked):
            continue
        filled = fill_mode.value != 0 and not _is_pale(handle, raw.FPDFPageObj_GetFillColor)
        drawn = stroked.value != 0 and not _is_pale(handle, raw.FPDFPageObj_GetStrokeColor)
        if not filled and not drawn:
            continue
        for points in _segments(handle, matrix):
            shown = [frame.show(x, y) for x, y in points]
            if drawn:
                rulings.extend(_stroke_rulings(shown))
            elif filled:
                rulings.extend(_fill_rulings(shown))
    return [ruling for ruling in rulings if _inside(ruling, frame)]


def _inside(ruling: Ruling, frame: Frame) -> bool:
    across = frame.height if ruling.horizontal else frame.width
    along = frame.width if ruling.horizontal else frame.height
    return -2 <= ruling.at <= across + 2 and ruling.end > 0 and ruling.start < along


def _stroke_rulings(points: list[tuple[float, float]]) -> Iterator[Ruling]:
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ay - by) <= 1.0 and abs(ax - bx) > abs(ay - by):
            yield Ruling(True, (ay + by) / 2, min(ax, bx), max(ax, bx))
        elif abs(ax - bx) <= 1.0 and abs(ay - by) > abs(ax - bx):
            yield Ruling(False, (ax + bx) / 2, min(ay, by), max(ay, by))


def _fill_rulings(points: list[tuple[float, float]]) -> Iterator[Ruling]:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if high <= RULE_THICKNESS and wide > high:
        yield Ruling(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
    elif wide <= RULE_THICKNESS and high > wide:
        yield Ruling(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))
    elif wide <= RULE_THICKNESS and high <= RULE_THICKNESS:
        # a corner where two rulings meet is painted apart by some producers
        yield Ruling(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
        yield Ruling(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))

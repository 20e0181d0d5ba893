"""What is painted on a PDF page beside its text: ruling lines, areas, pictures; and what they hide.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page import Box
from extract.pdf.frame import Frame, Point

RULE_THICKNESS = 3.2
"""A filled rectangle thinner than this many points is a ruling line; thicker ones are areas."""
BAR_THICKNESS = 5.0
"""The same for a rectangle that is ten times as long as it is thick."""
DEEPEST = 12
"""Forms inside of forms are followed this far."""

FEWEST_AREAS = 6
"""A table painted as rectangles has at least so many."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Ruling:
    """A straight ruling line along an axis: ``at`` is its place, ``start``–``end`` its extent."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Area:
    """A filled rectangle; ``order`` counts in the order of painting, later ones lie above."""

    box: Box
    pale: bool
    opaque: bool
    order: int


@dataclass
class Paint:
    """All that a page paints.

    ``texts`` are text objects by address: their order of painting and how they are set ('' for
    plainly, `invisible`, `pale`), ``clips`` the clip boxes of those that may be cut
    by one, ``covers`` the opaque areas that are painted after the first text. ``doubtful`` is
    False where all text is plainly visible.
    """

    rulings: list[Ruling] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    texts: dict[int, tuple[int, str]] = field(default_factory=dict)
    clips: dict[int, Box] = field(default_factory=dict)
    covers: list[Area] = field(default_factory=list)
    doubtful: bool = False

    def hides(self, text: int, box: Box) -> bool:
        """True if a character of the text object at this place cannot be seen."""
        order, manner = self.texts.get(text, (-1, ""))
        if order < 0:
            return False
        x, y = box.middle
        clip = self.clips.get(text)
        if manner == "invisible" or (clip is not None and not clip.holds(x, y, 1.0)):
            return True
        if manner == "pale" and not any(
            not area.pale and area.order < order and area.box.holds(x, y)
            for area in (*self.areas, *self.pictures)
        ):
            return True
        return any(area.order > order and area.box.holds(x, y) for area in self.covers)


def area_edges(paint: Paint) -> list[Ruling]:
    """The edges of shaded areas, and of white ones on a shaded ground, as rulings.

    They part the cells of tables that are painted as rectangles, without any line.
    """
    shaded = [area for area in paint.areas if not area.pale]
    if len(shaded) + sum(area.pale for area in paint.areas) < FEWEST_AREAS or not shaded:
        return []
    edges: list[Ruling] = []
    for area in paint.areas:
        box = area.box
        if area.pale and not any(
            ground.order < area.order and ground.box.holds(*box.middle) for ground in shaded
        ):
            continue
        edges.extend(Ruling(True, y, box.x0, box.x1) for y in (box.y0, box.y1))
        edges.extend(Ruling(False, x, box.y0, box.y1) for x in (box.x0, box.x1))
    return edges


def read_paint(page: pdfium.PdfPage, frame: Frame) -> Paint:
    """Rulings, areas, pictures and the manner of the text objects of a page.

    White paint and filled areas are no rulings: office programs paint them behind cells.
    """
    paint = Paint()
    clipped: list[tuple[int, Any, Matrix]] = []
    for order, (handle, kind, outer) in enumerate(_objects(page)):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(paint, handle, _compose(_matrix(handle), outer), frame, order)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            address = ctypes.cast(handle, ctypes.c_void_p).value or 0
            paint.texts[address] = (order, _manner(handle))
            clipped.append((address, handle, outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            corners = _corners(_compose(_matrix(handle), outer))
            paint.pictures.append(Area(_box_of(corners, frame), False, False, order))
    _add_clips(paint, clipped, frame)
    first = min((order for order, _ in paint.texts.values()), default=0)
    paint.covers = [area for area in paint.areas if area.opaque and area.order > first]
    paint.doubtful = bool(paint.clips or paint.covers) or any(
        manner for _, manner in paint.texts.values()
    )
    return paint


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """All objects in order of painting, those of forms included, with the matrix around them."""

    def walk(
        count: int, get: Callable[[int], Any], outer: Matrix, depth: int
    ) -> Iterator[tuple[Any, int, Matrix]]:
        for index in range(count):
            handle = get(index)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                yield from walk(
                    raw.FPDFFormObj_CountObjects(handle),
                    _getter(handle),
                    _compose(_matrix(handle), outer),
                    depth + 1,
                )
            else:
                yield handle, kind, outer

    def top(at: int) -> Any:
        return raw.FPDFPage_GetObject(page.raw, at)

    yield from walk(raw.FPDFPage_CountObjects(page.raw), top, _IDENTITY, 0)


def _getter(form: Any) -> Callable[[int], Any]:
    def get(at: int) -> Any:
        return raw.FPDFFormObj_GetObject(form, at)

    return get


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


def _corners(matrix: Matrix) -> list[Point]:
    a, b, c, d, e, f = matrix
    return [(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]


def _box_of(points: list[Point], frame: Frame) -> Box:
    shown = [frame.show(x, y) for x, y in points]
    xs, ys = [x for x, _ in shown], [y for _, y in shown]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _manner(handle: Any) -> str:
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "invisible"
    if mode == raw.FPDF_TEXTRENDERMODE_FILL and _is_pale(handle, raw.FPDFPageObj_GetFillColor):
        return "pale"
    return ""


def _add_clips(paint: Paint, texts: list[tuple[int, Any, Matrix]], frame: Frame) -> None:
    """Clip boxes of text objects, where a sample shows that some text lies outside of its own.

    Nearly all text has a clip path, and nearly none is cut by it: every eighth is looked at first.
    """
    for step in (8, 1):
        outside = False
        for address, handle, outer in texts[::step]:
            clip = _clip_box(handle, outer, frame)
            if clip is None:
                continue
            paint.clips[address] = clip
            outside = outside or _leaves(handle, outer, clip, frame)
        if not outside:
            paint.clips.clear()
            return


def _leaves(handle: Any, outer: Matrix, clip: Box, frame: Frame) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return False
    box = _box_of(
        [_moved(outer, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)],
        frame,
    )
    return box.x0 < clip.x0 - 2 or box.x1 > clip.x1 + 2 or not clip.holds(*box.middle, 1.0)


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _clip_box(handle: Any, outer: Matrix, frame: Frame) -> Box | None:
    """The box around what the clip paths of an object leave visible; None without a clip path."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    x, y = ctypes.c_float(), ctypes.c_float()
    held: Box | None = None
    for path in range(max(count, 0)):
        points: list[Point] = []
        for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(_moved(outer, x.value, y.value))
        if points:
            box = _box_of(points, frame)
            held = box if held is None else _overlap(held, box)
    return held


def _overlap(one: Box, two: Box) -> Box:
    x0, y0 = max(one.x0, two.x0), max(one.y0, two.y0)
    return Box(x0, y0, max(x0, min(one.x1, two.x1)), max(y0, min(one.y1, two.y1)))


def _add_path(paint: Paint, handle: Any, matrix: Matrix, frame: Frame, order: int) -> None:
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, fill_mode, stroked):
        return
    filled = fill_mode.value != 0
    pale = filled and _is_pale(handle, raw.FPDFPageObj_GetFillColor)
    drawn = stroked.value != 0 and not _is_pale(handle, raw.FPDFPageObj_GetStrokeColor)
    if not filled and not drawn:
        return
    paths = _segments(handle, matrix)
    for points in paths:
        shown = [frame.show(x, y) for x, y in points]
        found: list[Ruling] = []
        if drawn:
            found.extend(_stroke_rulings(shown))
        elif not pale:
            found.extend(_fill_rulings(shown))
        paint.rulings.extend(ruling for ruling in found if _inside(ruling, frame))
        if filled and len(paths) == 1 and _is_rectangle(shown):
            box = _box_of(points, frame)
            if min(box.x1 - box.x0, box.y1 - box.y0) > RULE_THICKNESS:
                paint.areas.append(Area(box, pale, _is_opaque(handle), order))


def _is_rectangle(points: list[Point]) -> bool:
    """True for four corners with upright sides."""
    return len(points) in (4, 5) and all(
        abs(ax - bx) < 0.5 or abs(ay - by) < 0.5 for (ax, ay), (bx, by) in pairwise(points)
    )


def _is_opaque(handle: Any) -> bool:
    """True if the whole rectangle hides what lies below: no blending, no alpha, no clip path."""
    if raw.FPDFPageObj_HasTransparency(handle):
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha) or alpha.value < 255:
        return False
    clip = raw.FPDFPageObj_GetClipPath(handle)
    return not clip or raw.FPDFClipPath_CountPaths(clip) <= 0


def _segments(handle: Any, matrix: Matrix) -> list[list[Point]]:
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


def _is_bar(thick: float, long: float) -> bool:
    """True for a filled rectangle that is a ruling line."""
    return (thick <= RULE_THICKNESS and long > thick) or (
        thick <= BAR_THICKNESS and long >= 10 * thick
    )


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
    if _is_bar(high, wide):
        yield Ruling(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
    elif _is_bar(wide, high):
        yield Ruling(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))
    elif wide <= RULE_THICKNESS and high <= RULE_THICKNESS:
        # a corner where two rulings meet is painted apart by some producers
        yield Ruling(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
        yield Ruling(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))

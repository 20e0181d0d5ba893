"""What is painted on a PDF page beside its text: ruling lines, areas, pictures; and what they hide.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page import Box
from extract.pdf import calls
from extract.pdf.calls import Flags, Numbers
from extract.pdf.frame import Frame
from extract.pdf.outlines import Outlines, read_outlines

RULE_THICKNESS = 3.2
"""A filled rectangle thinner than this many points is a ruling line; thicker ones are areas."""
BAR_THICKNESS = 5.0
"""The same for a rectangle that is ten times as long as it is thick."""
DEEPEST = 12
"""Forms inside of forms are followed this far."""

FEWEST_AREAS = 6
"""A table painted as rectangles has at least so many."""

CLIP_SAMPLE = 8
"""Every eighth text is looked at first for a clip path that cuts it."""

_IDENTITY: Numbers = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])


class Ruling(NamedTuple):
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

    ``texts`` are text objects by address: their order of painting; ``manners`` how those are set
    that are not set plainly (`invisible`, `pale`); ``clips`` the clip boxes of those that may be
    cut by one; ``covers`` the opaque areas that are painted after the first text.
    """

    rulings: list[Ruling] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    manners: dict[int, str] = field(default_factory=dict)
    clips: dict[int, Box] = field(default_factory=dict)
    covers: list[Area] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """False where all text is plainly visible."""
        return bool(self.clips or self.covers or self.manners)

    def hides(self, texts: Sequence[int], x: Numbers, y: Numbers) -> Flags:
        """True for each character that cannot be seen: its text object and its middle."""
        orders = np.array([self.texts.get(text, -1) for text in texts])
        hidden = np.zeros(len(texts), bool)
        for cover in self.covers:
            box = cover.box
            hidden |= (
                (orders < cover.order)
                & (x >= box.x0)
                & (x <= box.x1)
                & (y >= box.y0)
                & (y <= box.y1)
            )
        if self.clips or self.manners:
            for index, text in enumerate(texts):
                hidden[index] |= self._cannot_be_seen(text, float(x[index]), float(y[index]))
        return hidden & (orders >= 0)

    def _cannot_be_seen(self, text: int, x: float, y: float) -> bool:
        manner, clip = self.manners.get(text, ""), self.clips.get(text)
        if manner == "invisible" or (clip is not None and not clip.holds(x, y, 1.0)):
            return True
        return manner == "pale" and not any(
            not area.pale and area.order < self.texts[text] and area.box.holds(x, y)
            for area in (*self.areas, *self.pictures)
        )


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


@dataclass(frozen=True)
class _Objects:
    """Objects of one kind: their handles, their order of painting, the matrices around them."""

    handles: list[int]
    orders: list[int]
    outer: Numbers

    def only(self, chosen: Flags) -> _Objects:
        places = np.flatnonzero(chosen).tolist()
        return _Objects(
            [self.handles[place] for place in places],
            [self.orders[place] for place in places],
            self.outer[chosen],
        )


def read_paint(page: pdfium.PdfPage, frame: Frame) -> Paint:
    """Rulings, areas, pictures and the manner of the text objects of a page.

    White paint and filled areas are no rulings: office programs paint them behind cells.
    """
    found = _objects(page)
    paint = Paint()
    _add_paths(paint, found[raw.FPDF_PAGEOBJ_PATH], frame)
    _add_pictures(paint, found[raw.FPDF_PAGEOBJ_IMAGE], frame)
    texts = found[raw.FPDF_PAGEOBJ_TEXT]
    paint.texts = dict(zip(texts.handles, texts.orders, strict=True))
    paint.manners = _manners(texts.handles)
    paint.clips = _clips(texts, frame)
    first = min(texts.orders, default=0)
    paint.covers = [area for area in paint.areas if area.opaque and area.order > first]
    return paint


def _objects(page: pdfium.PdfPage) -> dict[int, _Objects]:
    """Texts, paths and pictures of a page, those inside of forms included, by kind."""
    handle = calls.address_of(page.raw)
    handles: list[int] = []
    kinds: list[int] = []
    outer: list[Numbers] = []

    def walk(own: list[int], around: Numbers, depth: int) -> None:
        own_kinds = list(map(calls.object_kind, own))
        if raw.FPDF_PAGEOBJ_FORM not in own_kinds or depth >= DEEPEST:
            handles.extend(own)
            kinds.extend(own_kinds)
            outer.extend([around] * len(own))
            return
        for item, kind in zip(own, own_kinds, strict=True):
            if kind != raw.FPDF_PAGEOBJ_FORM:
                handles.append(item)
                kinds.append(kind)
                outer.append(around)
                continue
            count = calls.count_form_objects(item)
            inner = [calls.form_object(item, at) for at in range(count)]
            walk(inner, _compose(calls.matrices([item]), around[None])[0], depth + 1)

    top = [calls.page_object(handle, at) for at in range(calls.count_objects(handle))]
    walk(top, _IDENTITY, 0)
    every = np.array(kinds)
    around = np.array(outer).reshape(-1, 6)
    found = _Objects(handles, list(range(len(handles))), around)
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE)
    return {kind: found.only(every == kind) for kind in wanted}


def _compose(inner: Numbers, outer: Numbers) -> Numbers:
    """Matrices, row by row: first the inner one, then the outer one."""
    a, b, c, d, e, f = inner.T
    g, h, i, j, k, m = outer.T
    rows = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return np.stack((*rows, e * g + f * i + k, e * h + f * j + m), axis=1)


def _add_paths(paint: Paint, paths: _Objects, frame: Frame) -> None:
    filled, stroked = calls.draw_modes(paths.handles)
    pale = filled & _are_pale(paths.handles, stroke=False)
    drawn = stroked & ~_are_pale(paths.handles, stroke=True)
    seen = paths.only(filled | drawn)
    if not seen.handles:
        return
    chosen = filled | drawn
    filled, pale, drawn = filled[chosen], pale[chosen], drawn[chosen]
    matrix = _compose(calls.matrices(seen.handles), seen.outer)
    outlines = read_outlines(seen.handles, matrix, frame)
    flat, tall = _strokes(outlines, drawn), _bars(outlines, ~drawn & ~pale)
    paint.rulings = [*flat, *tall]
    paint.rulings = [ruling for ruling in paint.rulings if _inside(ruling, frame)]
    thick = np.minimum(outlines.x1 - outlines.x0, outlines.y1 - outlines.y0) > RULE_THICKNESS
    single = outlines.of_path(outlines.counts() == 1)
    for index in np.flatnonzero(single & outlines.of_path(filled) & outlines.upright & thick):
        path = int(outlines.path[index])
        box = Box(*(float(side[index]) for side in outlines.sides()))
        order = seen.orders[path]
        opaque = _is_opaque(seen.handles[path])
        paint.areas.append(Area(box, bool(pale[path]), opaque, order))


def _are_pale(handles: Sequence[int], *, stroke: bool) -> Flags:
    """True for white, near white, and fully transparent paint."""
    found, color = calls.colors(handles, stroke=stroke)
    pale: Flags = found & ((color[:, 3] < 16) | (color[:, :3].min(axis=1, initial=255) >= 250))
    return pale


def _is_opaque(handle: int) -> bool:
    """True if the whole rectangle hides what lies below: no blending, no alpha, no clip path."""
    if calls.has_transparency(handle):
        return False
    found, color = calls.colors([handle], stroke=False)
    if not found[0] or color[0, 3] < 255:
        return False
    clip = calls.clip_path(handle)
    return not clip or calls.count_clips(clip) <= 0


def _strokes(outlines: Outlines, drawn: Flags) -> list[Ruling]:
    """The sides of stroked paths that run along an axis."""
    ax, ay, bx, by = (side[drawn[outlines.edge_path]] for side in outlines.edges())
    wide, high = abs(ax - bx), abs(ay - by)
    flat = (high <= 1.0) & (wide > high)
    tall = ~flat & (wide <= 1.0) & (high > wide)
    return [
        *_rulings(True, (ay + by) / 2, np.minimum(ax, bx), np.maximum(ax, bx), flat),
        *_rulings(False, (ax + bx) / 2, np.minimum(ay, by), np.maximum(ay, by), tall),
    ]


def _bars(outlines: Outlines, painted: Flags) -> list[Ruling]:
    """Filled outlines so thin that they are ruling lines.

    A corner where two rulings meet is painted apart by some producers: it counts for both.
    """
    x0, y0, x1, y1 = outlines.sides()
    wide, high = x1 - x0, y1 - y0
    shown = outlines.of_path(painted)
    corner = (wide <= RULE_THICKNESS) & (high <= RULE_THICKNESS)
    flat = _is_bar(high, wide)
    tall = ~flat & _is_bar(wide, high)
    corner &= ~flat & ~tall
    return [
        *_rulings(True, (y0 + y1) / 2, x0, x1, shown & (flat | corner)),
        *_rulings(False, (x0 + x1) / 2, y0, y1, shown & (tall | corner)),
    ]


def _is_bar(thick: Numbers, long: Numbers) -> Flags:
    """True for filled rectangles that are ruling lines."""
    bar: Flags = ((thick <= RULE_THICKNESS) & (long > thick)) | (
        (thick <= BAR_THICKNESS) & (long >= 10 * thick)
    )
    return bar


def _rulings(
    horizontal: bool, at: Numbers, start: Numbers, end: Numbers, chosen: Flags
) -> list[Ruling]:
    columns = (at[chosen].tolist(), start[chosen].tolist(), end[chosen].tolist())
    return [Ruling(horizontal, *places) for places in zip(*columns, strict=True)]


def _inside(ruling: Ruling, frame: Frame) -> bool:
    across = frame.height if ruling.horizontal else frame.width
    along = frame.width if ruling.horizontal else frame.height
    return -2 <= ruling.at <= across + 2 and ruling.end > 0 and ruling.start < along


def _add_pictures(paint: Paint, pictures: _Objects, frame: Frame) -> None:
    if not pictures.handles:
        return
    a, b, c, d, e, f = _compose(calls.matrices(pictures.handles), pictures.outer).T
    x, y = frame.show_all(
        np.stack((e, a + e, c + e, a + c + e)), np.stack((f, b + f, d + f, b + d + f))
    )
    sides = (x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0))
    boxes = zip(*(side.tolist() for side in sides), strict=True)
    paint.pictures = [
        Area(Box(*box), False, False, order)
        for box, order in zip(boxes, pictures.orders, strict=True)
    ]


def _manners(texts: Sequence[int]) -> dict[int, str]:
    """How texts are set that are not set plainly: `invisible` or `pale`."""
    modes = np.array(list(map(calls.text_mode, texts)))
    pale = _are_pale(texts, stroke=False) & (modes == raw.FPDF_TEXTRENDERMODE_FILL)
    manners = {texts[at]: "pale" for at in np.flatnonzero(pale).tolist()}
    invisible = np.flatnonzero(modes == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return manners | {texts[at]: "invisible" for at in invisible.tolist()}


def _clips(texts: _Objects, frame: Frame) -> dict[int, Box]:
    """Clip boxes of text objects, where a sample shows that some text lies outside of its own.

    Nearly all text has a clip path, and nearly none is cut by it.
    """
    clips: dict[int, Box] = {}
    for step in (CLIP_SAMPLE, 1):
        sample = texts.only(np.arange(len(texts.handles)) % step == 0)
        clips, outside = _clip_boxes(sample, frame)
        if not outside:
            return {}
    return clips


def _clip_boxes(texts: _Objects, frame: Frame) -> tuple[dict[int, Box], bool]:
    """The box that the clip paths of each text leave visible; and whether a text leaves its own."""
    clips = list(map(calls.clip_path, texts.handles))
    counts = [max(calls.count_clips(clip), 0) if clip else 0 for clip in clips]
    owner = np.repeat(np.arange(len(clips)), counts)
    if not len(owner):
        return {}, False
    paths = [path for count in counts for path in range(count)]
    lengths, x, y = calls.clip_points([clips[at] for at in owner], paths)
    owner, lengths = owner[lengths > 0], lengths[lengths > 0]
    if not len(owner):
        return {}, False
    x, y = _moved(texts.outer[np.repeat(owner, lengths)], x, y)
    x, y = frame.show_all(x, y)
    starts = np.cumsum(lengths) - lengths
    own = np.unique(owner, return_index=True)
    x0, y0 = (np.maximum.reduceat(np.minimum.reduceat(v, starts), own[1]) for v in (x, y))
    x1, y1 = (np.minimum.reduceat(np.maximum.reduceat(v, starts), own[1]) for v in (x, y))
    x1, y1 = np.maximum(x0, x1), np.maximum(y0, y1)
    held = [texts.handles[at] for at in own[0]]
    sides = (side.tolist() for side in (x0, y0, x1, y1))
    boxes = dict(zip(held, (Box(*box) for box in zip(*sides, strict=True)), strict=True))
    found, bounds = calls.object_bounds(held)
    left, bottom, right, top = bounds.T
    x, y = _moved(
        texts.outer[own[0]], np.stack((left, left, right, right)), np.stack((bottom, top) * 2)
    )
    x, y = frame.show_all(x, y)
    bx0, bx1 = x.min(axis=0), x.max(axis=0)
    middle_x, middle_y = (bx0 + bx1) / 2, (y.min(axis=0) + y.max(axis=0)) / 2
    leaves = (bx0 < x0 - 2) | (bx1 > x1 + 2) | (middle_x < x0 - 1) | (middle_x > x1 + 1)
    leaves |= (middle_y < y0 - 1) | (middle_y > y1 + 1)
    return boxes, bool((leaves & found).any())


def _moved(matrix: Numbers, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    a, b, c, d, e, f = matrix.T
    return a * x + c * y + e, b * x + d * y + f

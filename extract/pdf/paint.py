"""What is painted on a PDF page beside its text: ruling lines, areas, pictures; and what they hide.

Everything is returned in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page import Box, boxes_of
from extract.pdf import calls
from extract.pdf.calls import Flags, Indexes, Numbers
from extract.pdf.covering import is_cover
from extract.pdf.frame import Frame
from extract.pdf.objects import Objects, Sides, moved, page_objects, shown
from extract.pdf.outlines import Outlines, read_outlines

RULE_THICKNESS = 3.2
"""A filled rectangle thinner than this many points is a ruling line; thicker ones are areas."""
BAR_THICKNESS = 5.0
"""The same for a rectangle that is ten times as long as it is thick."""

FEWEST_AREAS = 6
"""A table painted as rectangles has at least so many."""

WHOLE = 0.98
"""An area this wide and high, in shares of the page, hides all that is painted before it."""

EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)
COVERS_AT_ONCE = 256
CLIP_SAMPLE = 8
"""Every eighth text is looked at first for a clip path that cuts it."""


Lines = tuple[bool, Numbers, Numbers, Numbers, Flags, Indexes]
"""Ruling lines as columns: whether they are horizontal, at, start, end; which are meant; order."""


class Ruling(NamedTuple):
    """A straight ruling line along an axis: ``at`` is its place, ``start``–``end`` its extent."""

    horizontal: bool
    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A filled rectangle; ``order`` counts in the order of painting, later ones lie above."""

    box: Box
    pale: bool
    opaque: bool
    order: int


@dataclass
class Paint:
    """All that a page paints.

    ``texts`` are text objects by address: their order of painting (only where not all is plainly
    visible); ``manners`` how those are set that are not set plainly (`invisible`, `pale`);
    ``clips`` the clip boxes of those that may be cut by one; ``covers`` the opaque areas and
    large pictures that are painted after the first text.
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
        for first in range(0, len(self.covers), COVERS_AT_ONCE):
            some = self.covers[first : first + COVERS_AT_ONCE]
            x0, y0, x1, y1 = np.array([cover.box for cover in some]).T[:, :, None]
            later = orders < np.array([cover.order for cover in some])[:, None]
            hidden |= (later & (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)).any(axis=0)
        if self.clips:
            boxes = np.array([self.clips.get(text, EVERYWHERE) for text in texts])
            x0, y0, x1, y1 = boxes.reshape(-1, 4).T
            hidden |= (x < x0 - 1.0) | (x > x1 + 1.0) | (y < y0 - 1.0) | (y > y1 + 1.0)
        if self.manners:
            for index, text in enumerate(texts):
                hidden[index] |= self._is_set_unseen(text, float(x[index]), float(y[index]))
        return hidden & (orders >= 0)

    def _is_set_unseen(self, text: int, x: float, y: float) -> bool:
        manner = self.manners.get(text, "")
        return manner == "invisible" or (manner == "pale" and not self._is_on_dark(text, x, y))

    def _is_on_dark(self, text: int, x: float, y: float) -> bool:
        return any(
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


def read_paint(page: pdfium.PdfPage, frame: Frame) -> Paint:
    """Rulings, areas, pictures and the manner of the text objects of a page.

    White paint and filled areas are no rulings: office programs paint them behind cells.
    """
    found = page_objects(page)
    paint = Paint()
    _add_paths(paint, found.paths, frame)
    _add_pictures(paint, found.pictures, frame)
    texts = found.texts
    paint.manners = _manners(texts.handles, found.modes)
    paint.clips = _clips(texts, frame)
    first = texts.orders[0] if texts.handles else 0
    paint.covers = [area for area in paint.areas if area.opaque and area.order > first]
    size = (frame.width, frame.height)
    paint.covers += [
        area
        for area, handle in zip(paint.pictures, found.pictures.handles, strict=True)
        if texts.handles and area.order > first and is_cover(page, handle, area.box, size)
    ]
    if paint.doubtful:
        paint.texts = dict(zip(texts.handles, texts.orders.tolist(), strict=True))
    return paint


def _add_paths(paint: Paint, paths: Objects, frame: Frame) -> None:
    if not paths.handles:
        return
    filled, stroked = calls.draw_modes(paths.handles)
    bars = filled & ~stroked
    bars[bars], lines = _find_bars(paths.only(bars), frame)
    if bars.any():
        paths, filled, stroked = paths.only(~bars), filled[~bars], stroked[~bars]
    pale, drawn = filled.copy(), stroked.copy()
    pale[filled] = _are_pale(paths.only(filled).handles, stroke=False)
    drawn[stroked] = ~_are_pale(paths.only(stroked).handles, stroke=True)
    seen = filled | drawn
    paths, filled, pale, drawn = paths.only(seen), filled[seen], pale[seen], drawn[seen]
    if not paths.handles:
        _add_rulings(paint, lines, frame)
        return
    outlines, orders = read_outlines(paths.handles, paths.matrices(), frame), paths.orders
    lines += _strokes(outlines, drawn, orders)
    lines += _slim(outlines.sides(), outlines.of_path(~drawn & ~pale), orders[outlines.path])
    thick = np.minimum(outlines.x1 - outlines.x0, outlines.y1 - outlines.y0) > RULE_THICKNESS
    single = outlines.of_path(outlines.counts() == 1)
    chosen = np.flatnonzero(single & outlines.of_path(filled) & outlines.upright & thick)
    if not len(chosen):
        _add_rulings(paint, lines, frame)
        return
    owners = outlines.path[chosen]
    opaque = _are_opaque([paths.handles[path] for path in owners.tolist()])
    sides = [side[chosen] for side in outlines.sides()]
    whole = orders[owners][opaque & _fill(sides, frame)]
    ground = int(whole.max()) if len(whole) else -1
    columns = (pale[owners], opaque, orders[owners])
    areas = zip(boxes_of(*map(_listed, sides)), *map(_listed, columns), strict=True)
    paint.areas = [area for area in map(Area._make, areas) if area.order >= ground]
    _add_rulings(paint, lines, frame, ground)


def _listed(column: npt.NDArray[Any]) -> list[Any]:
    values: list[Any] = column.tolist()
    return values


def _fill(sides: Sequence[Numbers], frame: Frame) -> Flags:
    """True for areas over nearly all of the page: what is painted before them is not seen."""
    x0, y0, x1, y1 = sides
    wide = np.minimum(x1, frame.width) - np.maximum(x0, 0.0)
    high = np.minimum(y1, frame.height) - np.maximum(y0, 0.0)
    filling: Flags = (wide >= WHOLE * frame.width) & (high >= WHOLE * frame.height)
    return filling


def _find_bars(paths: Objects, frame: Frame) -> tuple[Flags, list[Lines]]:
    """The filled paths that are one plain bar: True for each that needs no other look.

    Most rulings of office programs are such bars: their bounds say all. Pale ones are nothing.
    """
    if not paths.handles:
        return np.zeros(0, bool), []
    found, bounds = calls.object_bounds(paths.handles)
    sides = shown(bounds, paths.outer, frame)
    x0, y0, x1, y1 = sides
    slim = found & (np.minimum(x1 - x0, y1 - y0) <= RULE_THICKNESS)
    slim[slim] = calls.are_quadrangles(paths.only(slim).handles)
    dark = slim.copy()
    dark[slim] = ~_are_pale(paths.only(slim).handles, stroke=False)
    return slim, _slim(sides, dark, paths.orders)


def _are_pale(handles: Sequence[int], *, stroke: bool) -> Flags:
    """True for white, near white, and fully transparent paint."""
    found, color = calls.colors(handles, stroke=stroke)
    if not len(found) or (color[:, 2].max() < 250 and color[:, 3].min() >= 16):
        return np.zeros(len(found), bool)
    pale: Flags = found & ((color[:, 3] < 16) | (color[:, :3].min(axis=1, initial=255) >= 250))
    return pale


def _are_opaque(handles: Sequence[int]) -> Flags:
    """True for rectangles that hide what lies below: no blending, no alpha, no clip path."""
    found, color = calls.colors(handles, stroke=False)
    blended = calls.flags(map(calls.has_transparency, handles))
    clipped = np.array(list(map(calls.count_clips, map(calls.clip_path, handles)))) > 0
    opaque: Flags = found & (color[:, 3] >= 255) & ~blended & ~clipped
    return opaque


def _strokes(outlines: Outlines, drawn: Flags, orders: Indexes) -> list[Lines]:
    """The sides of stroked paths that run along an axis."""
    own = drawn[outlines.edge_path]
    ax, ay, bx, by = (side[own] for side in outlines.edges())
    order = orders[outlines.edge_path[own]]
    wide, high = abs(ax - bx), abs(ay - by)
    flat = (high <= 1.0) & (wide > high)
    tall = ~flat & (wide <= 1.0) & (high > wide)
    return [
        (True, (ay + by) / 2, np.minimum(ax, bx), np.maximum(ax, bx), flat, order),
        (False, (ax + bx) / 2, np.minimum(ay, by), np.maximum(ay, by), tall, order),
    ]


def _slim(sides: Sides, painted: Flags, order: Indexes) -> list[Lines]:
    """Filled outlines so thin that they are ruling lines.

    A corner where two rulings meet is painted apart by some producers: it counts for both.
    """
    x0, y0, x1, y1 = sides
    wide, high = x1 - x0, y1 - y0
    corner = (wide <= RULE_THICKNESS) & (high <= RULE_THICKNESS)
    flat = _is_bar(high, wide)
    tall = ~flat & _is_bar(wide, high)
    corner &= ~flat & ~tall
    return [
        (True, (y0 + y1) / 2, x0, x1, painted & (flat | corner), order),
        (False, (x0 + x1) / 2, y0, y1, painted & (tall | corner), order),
    ]


def _is_bar(thick: Numbers, long: Numbers) -> Flags:
    """True for filled rectangles that are ruling lines."""
    bar: Flags = ((thick <= RULE_THICKNESS) & (long > thick)) | (
        (thick <= BAR_THICKNESS) & (long >= 10 * thick)
    )
    return bar


def _add_rulings(paint: Paint, found: Sequence[Lines], frame: Frame, ground: int = -1) -> None:
    """Add those of the lines that lie on the page and are painted after ``ground``."""
    for horizontal, at, start, end, chosen, order in found:
        if not chosen.any():
            continue
        across = frame.height if horizontal else frame.width
        along = frame.width if horizontal else frame.height
        kept = (
            chosen
            & (order > ground)
            & (at >= -2)
            & (at <= across + 2)
            & (end > 0)
            & (start < along)
        )
        places = (side[kept].tolist() for side in (at, start, end))
        paint.rulings += map(
            tuple.__new__, repeat(Ruling), zip(repeat(horizontal), *places, strict=False)
        )


def _add_pictures(paint: Paint, pictures: Objects, frame: Frame) -> None:
    if not pictures.handles:
        return
    matrix = pictures.matrices()
    unit = np.tile([[0.0], [0.0], [1.0], [1.0]], len(matrix))
    sides = (side.tolist() for side in shown(unit, matrix, frame))
    paint.pictures = [
        Area(Box(*box), False, False, order)
        for box, order in zip(zip(*sides, strict=True), pictures.orders.tolist(), strict=True)
    ]


def _manners(texts: Sequence[int], modes: Indexes) -> dict[int, str]:
    """How texts are set that are not set plainly: `invisible` or `pale`."""
    invisible = modes == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    pale = _are_pale(texts, stroke=False) & (modes == raw.FPDF_TEXTRENDERMODE_FILL)
    manners = {texts[at]: "pale" for at in pale.nonzero()[0].tolist()}
    return manners | {texts[at]: "invisible" for at in invisible.nonzero()[0].tolist()}


def _clips(texts: Objects, frame: Frame) -> dict[int, Box]:
    """Clip boxes of text objects, where a sample shows that some text lies outside of its own.

    Nearly all text has a clip path, and nearly none is cut by it.
    """
    outer = texts.outer if texts.outer is None else texts.outer[::CLIP_SAMPLE]
    sample = Objects(texts.handles[::CLIP_SAMPLE], texts.orders[::CLIP_SAMPLE], outer)
    if not _clip_boxes(sample, frame, corners=True)[1]:
        return {}
    clips, outside = _clip_boxes(texts, frame)
    return clips if outside else {}


def _clip_boxes(
    texts: Objects, frame: Frame, *, corners: bool = False
) -> tuple[dict[int, Box], bool]:
    """The box that the clip paths of each text leave visible; and whether a text leaves its own.

    With ``corners`` paths of four corners are taken for rectangles.
    """
    clips = list(map(calls.clip_path, texts.handles))
    counts = np.array(list(map(calls.count_clips, clips)))
    has_clip = counts > 0
    if not has_clip.any():
        return {}, False
    cut, each = texts.only(has_clip), counts[has_clip]
    owners, several = np.repeat(np.arange(len(each)), each), each.tolist()
    clips = list(compress(clips, has_clip.tolist()))
    lengths, x, y = calls.clip_points(
        list(chain.from_iterable(map(repeat, clips, several))),
        list(chain.from_iterable(map(range, several))),
        corners=corners,
    )
    if not lengths.all():  # an empty path cuts nothing
        whole = np.ones(len(each), bool)
        whole[owners[lengths == 0]] = False
        return _clip_boxes(cut.only(whole), frame, corners=corners)
    if cut.outer is not None:
        x, y = moved(cut.outer[np.repeat(owners, lengths)], x, y)
    x, y = frame.show_all(x, y)
    paths = np.cumsum(lengths) - lengths
    own = np.cumsum(each) - each
    x0, y0 = (np.maximum.reduceat(np.minimum.reduceat(v, paths), own) for v in (x, y))
    x1, y1 = (np.minimum.reduceat(np.maximum.reduceat(v, paths), own) for v in (x, y))
    x1, y1 = np.maximum(x0, x1), np.maximum(y0, y1)
    found, bounds = calls.object_bounds(cut.handles)
    bx0, by0, bx1, by1 = shown(bounds, cut.outer, frame)
    middle_x, middle_y = (bx0 + bx1) / 2, (by0 + by1) / 2
    leaves = (bx0 < x0 - 2) | (bx1 > x1 + 2) | (middle_x < x0 - 1) | (middle_x > x1 + 1)
    leaves |= (middle_y < y0 - 1) | (middle_y > y1 + 1)
    if not (leaves & found).any():
        return {}, False
    boxes = boxes_of(*(side.tolist() for side in (x0, y0, x1, y1)))
    return dict(zip(cut.handles, boxes, strict=True)), True

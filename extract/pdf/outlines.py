"""Outlines of painted paths: their straight sides and the boxes around them, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as raw

from extract.pdf import calls
from extract.pdf.calls import Flags, Indexes, Numbers, Segments
from extract.pdf.frame import Frame


@dataclass(frozen=True)
class Outlines:
    """The outlines of ``paths`` paths, as they are shown; a path may have several.

    Per outline: the number of its path, the box around it, and whether it is a rectangle with
    upright sides. Per edge: the number of its path, and its two ends (a and b).
    """

    paths: int
    path: Indexes
    x0: Numbers
    y0: Numbers
    x1: Numbers
    y1: Numbers
    upright: Flags
    edge_path: Indexes
    ax: Numbers
    ay: Numbers
    bx: Numbers
    by: Numbers

    def sides(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Left, top, right and bottom of each outline."""
        return self.x0, self.y0, self.x1, self.y1

    def edges(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Both ends of each edge: ax, ay, bx, by."""
        return self.ax, self.ay, self.bx, self.by

    def counts(self) -> Indexes:
        """How many outlines each path has."""
        return np.bincount(self.path, minlength=self.paths)

    def of_path(self, flags: Flags) -> Flags:
        """For each outline what is true of its path."""
        chosen: Flags = flags[self.path]
        return chosen


def read_outlines(handles: Sequence[int], matrix: Numbers, frame: Frame) -> Outlines:
    """The straight outlines of path objects; ``matrix`` takes each to page space.

    Curves are left out, with what was drawn before them in the same outline; an outline that goes
    on after a curve or after it was closed begins anew there.
    """
    segments = calls.path_segments(handles)
    path = np.repeat(np.arange(len(handles)), segments.lengths)
    a, b, c, d, e, f = matrix[path].T
    x, y = frame.show_all(a * segments.x + c * segments.y + e, b * segments.x + d * segments.y + f)
    kept, outline, closes = _points(segments, path)
    x, y, path = x[kept], y[kept], path[kept]
    return _outlines(len(handles), path, x, y, outline, closes)


def _points(segments: Segments, path: Indexes) -> tuple[Indexes, Indexes, Flags]:
    """Which points are kept, the number of the outline of each, and which outlines are closed."""
    straight = segments.kinds != raw.FPDF_SEGMENT_BEZIERTO
    starts = segments.kinds == raw.FPDF_SEGMENT_MOVETO
    starts |= np.diff(path, prepend=-1) != 0
    starts[1:] |= ~straight[:-1] | segments.closing[:-1]
    number = np.cumsum(starts) - 1
    if not straight.all():
        # what was drawn before a curve in the same outline is dropped with it
        cut = np.zeros(number[-1] + 1, bool)
        cut[number[~straight]] = True
        straight = ~cut[number]
    kept = np.flatnonzero(straight)
    _, outline = np.unique(number[kept], return_inverse=True)
    closes = np.zeros(outline[-1] + 1 if len(outline) else 0, bool)
    closes[outline[segments.closing[kept]]] = True
    return kept, outline, closes


def _outlines(
    paths: int, path: Indexes, x: Numbers, y: Numbers, outline: Indexes, closes: Flags
) -> Outlines:
    lengths = np.bincount(outline)
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    closes = closes & ((x[first] != x[last]) | (y[first] != y[last]))
    follower = np.arange(1, len(x) + 1)
    follower[last] = np.where(closes, first, last)
    ax, ay, bx, by = x, y, x[follower], y[follower]
    skew = np.minimum(abs(ax - bx), abs(ay - by))
    points = lengths + closes
    upright = np.maximum.reduceat(skew, first) < 0.5
    upright &= (points == 4) | (points == 5)
    edges = follower != np.arange(len(x))
    real = points > 1
    return Outlines(
        paths=paths,
        path=path[first][real],
        x0=np.minimum.reduceat(x, first)[real],
        y0=np.minimum.reduceat(y, first)[real],
        x1=np.maximum.reduceat(x, first)[real],
        y1=np.maximum.reduceat(y, first)[real],
        upright=upright[real],
        edge_path=path[edges],
        ax=ax[edges],
        ay=ay[edges],
        bx=bx[edges],
        by=by[edges],
    )

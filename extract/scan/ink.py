"""Lines of text in the ink of a straightened page, found by cutting at white between them.

A region is cut into bands at white rows, a band into pieces at wide white gaps, a piece into bands
again, until nothing falls apart. Places are pixels of the straightened page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extract.scan.skew import Ink

LEAST_DOT = 0.6
"""A dot narrower than so many points, both ways, is dirt: a decimal point is twice as wide."""
BORDER, LONG, RING = 0.02, 0.15, 0.5
"""Ink that comes so near to the edge of a page, and is so long, is the dark around the sheet.

So is, anywhere, what is in one piece over so much of the page both ways.
"""
LOWEST, HIGHEST = 4.5, 24.0
"""Heights of usual lines, in points: others do not say how high the usual ones are."""
USUAL = 9.0
THIN = 0.45
"""A band lower than this share of a usual line is a part of a character (二) beside its rest.

So are the halves of a character (台) that is alone on its line.
"""
NEAR = 0.6
WHOLE = 1.3
"""Parts of one character are no farther apart, and no higher together, in usual lines."""
TALL = 1.75
"""A band higher than so many usual lines is several that touch."""
DEEPEST = 6


Flags = npt.NDArray[np.bool_]


class Span(NamedTuple):
    """A rectangle of pixels: left, top, right and bottom, the last two outside."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def high(self) -> int:
        """Rows of pixels."""
        return self.y1 - self.y0

    @property
    def wide(self) -> int:
        """Columns of pixels."""
        return self.x1 - self.x0

    def middle(self, scale: float) -> tuple[float, float]:
        """The centre in points, for a ``scale`` in pixels per point."""
        return (self.x0 + self.x1) / 2 / scale, (self.y0 + self.y1) / 2 / scale


def without_dirt(ink: Ink, scale: float) -> Ink:
    """The ink without dots too small for a decimal point, and without the dark around the sheet."""
    import cv2

    _, marks, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    kept = stats[:, 4] > max(1.0, (LEAST_DOT * scale) ** 2)
    kept[0] = False
    kept &= ~_around(stats, ink.shape)
    clean: Ink = kept[marks]
    return clean


def _around(stats: npt.NDArray[np.int32], shape: tuple[int, ...]) -> Flags:
    """Which pieces of ink (left, top, width, height) are no print, but the edge of the sheet.

    A scanner shows the dark beside a sheet as a band, a corner of two or a ring, which would join
    all lines of text to one.
    """
    high, wide = shape[:2]
    left, top, across, down = stats[:, :4].T
    beside = (left <= BORDER * wide) | (left + across >= (1.0 - BORDER) * wide)
    above = (top <= BORDER * high) | (top + down >= (1.0 - BORDER) * high)
    long = (across >= LONG * wide) | (down >= LONG * high)
    ring = (across >= RING * wide) & (down >= RING * high)
    around: Flags = ((beside | above) & long) | ring
    return around


def usual_height(ink: Ink, regions: Sequence[Span], scale: float) -> float:
    """The height in pixels of a usual line of text of these regions."""
    heights: list[int] = []
    for region in regions:
        heights += [end - start for start, end in runs(dark_rows(ink, region))]
    usual = [high for high in heights if LOWEST * scale <= high <= HIGHEST * scale]
    return float(np.median(usual)) if usual else USUAL * scale


def find_lines(ink: Ink, region: Span, usual: float, gap: float) -> list[Span]:
    """Lines of text in a region, each cut where white is wider than ``gap`` usual heights."""
    return sorted(_cut(ink, region, usual, gap * usual, 0), key=lambda span: (span.y0, span.x0))


def dark_rows(ink: Ink, region: Span) -> Flags:
    """For each row of a region if there is ink in it."""
    return np.asarray(ink[region.y0 : region.y1, region.x0 : region.x1].any(axis=1))


def dark_columns(ink: Ink, region: Span) -> Flags:
    """For each column of a region if there is ink in it."""
    return np.asarray(ink[region.y0 : region.y1, region.x0 : region.x1].any(axis=0))


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Where True begins and ends, one pair for each run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _cut(ink: Ink, region: Span, usual: float, gap: float, depth: int) -> Iterator[Span]:
    for top, bottom in _bands(ink, region, usual):
        band = region._replace(y0=region.y0 + top, y1=region.y0 + bottom)
        pieces = _joined(runs(dark_columns(ink, band)), gap)
        for left, right in pieces:
            piece = band._replace(x0=region.x0 + left, x1=region.x0 + right)
            rows = runs(dark_rows(ink, piece))
            tight = piece._replace(y0=piece.y0 + rows[0][0], y1=piece.y0 + rows[-1][1])
            if len(pieces) > 1 and depth < DEEPEST and tight.high > WHOLE * usual:
                yield from _cut(ink, tight, usual, gap, depth + 1)
            else:
                yield tight


def _joined(pieces: list[tuple[int, int]], gap: float) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _bands(ink: Ink, region: Span, usual: float) -> list[tuple[int, int]]:
    """Bands of ink between white rows: parts of characters joined, touching lines parted."""
    own = ink[region.y0 : region.y1, region.x0 : region.x1]
    bands = runs(dark_rows(ink, region))
    joined: list[tuple[int, int]] = []
    for top, bottom in bands:
        if joined:
            before = joined[-1]
            is_thin = min(bottom - top, before[1] - before[0]) < THIN * usual
            is_alone = _width(own[before[0] : bottom]) <= WHOLE * usual
            is_near = top - before[1] <= NEAR * usual and bottom - before[0] <= WHOLE * usual
            if is_near and (is_thin or is_alone):
                joined[-1] = (before[0], bottom)
                continue
        joined.append((top, bottom))
    found: list[tuple[int, int]] = []
    for top, bottom in joined:
        if bottom - top > TALL * usual:
            found += _parted(own[top:bottom], top, usual)
        else:
            found.append((top, bottom))
    return found


def _width(band: Ink) -> int:
    """From the first to the last column with ink."""
    dark = np.flatnonzero(band.any(axis=0))
    return int(dark[-1] - dark[0]) + 1


def _parted(band: Ink, top: int, usual: float) -> list[tuple[int, int]]:
    """A high band cut at its thinnest rows, where these are thin: large print stays whole."""
    weight = band.sum(axis=1).astype(float)
    most = float(np.percentile(weight, 80))
    lines = max(2, round(len(weight) / (1.25 * usual)))
    cuts: list[int] = []
    for number in range(1, lines):
        middle = round(number * len(weight) / lines)
        reach = max(1, round(0.35 * usual))
        first = max(1, middle - reach)
        near = weight[first : middle + reach]
        if len(near) and near.min() <= 0.12 * most:
            cuts.append(first + int(near.argmin()))
    edges = [0, *cuts, len(weight)]
    return [(top + one, top + two) for one, two in pairwise(edges) if two > one]

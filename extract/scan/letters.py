"""Recognised lines as characters with boxes, as the text layer of a page would give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.pdf.glyphs import Letters
from extract.scan.ink import Span, dark_columns, runs
from extract.scan.recogniser import Sign
from extract.scan.skew import Ink
from extract.text import has_chinese

CHINESE, DIGITS, COMMA = (0.84, 0.1), (0.7, 0.0), (0.7, 0.15)
"""How far ink rises above and falls below the ground line, in shares of an em."""
ASCENT, DESCENT = 0.86, 0.14
"""How far a line as a whole does."""
BLANK = 1.2
"""White wider than this share of a line's height is a blank between words."""

_DESCENDS = re.compile(r"[,;，；()gjpqy]")
_STANDS = re.compile(r"[0-9A-Za-z%]")


def letters_of(
    lines: Sequence[tuple[Span, Sequence[tuple[Sign, float]]]], ink: Ink, scale: float
) -> Letters:
    """The characters of lines, in points; each sign comes with its middle in pixels.

    Lines are taken column by column: text that goes on at the right, in the next cell, is no part
    of what stands here.
    """
    text: list[str] = []
    sides: list[tuple[float, float, float, float]] = []
    for span, signs in sorted(lines, key=lambda line: (line[0].x0, line[0].y0)):
        edges = _edges(span, [at for _, at in signs], ink)
        top, bottom = _level(span, "".join(sign.text for sign, _ in signs))
        for (sign, _), (left, right) in zip(signs, edges, strict=True):
            text.append(sign.text)
            sides.append((left / scale, top / scale, right / scale, bottom / scale))
    columns = np.array(sides, float).reshape(-1, 4).T
    return Letters("".join(text), *columns)


def _level(span: Span, text: str) -> tuple[float, float]:
    """Top and bottom of a line as a font gives them: one level for digits and words beside them.

    Ink is lower than its line, by how much depends on its signs.
    """
    if has_chinese(text):
        rise, fall = CHINESE
    elif _DESCENDS.search(text):
        rise, fall = COMMA
    elif _STANDS.search(text):
        rise, fall = DIGITS
    else:  # a dash says nothing of the height
        return float(span.y0), float(span.y1)
    em = span.high / (rise + fall)
    ground = span.y1 - fall * em
    return ground - ASCENT * em, ground + DESCENT * em


def _edges(span: Span, middles: Sequence[float], ink: Ink) -> list[tuple[float, float]]:
    """Left and right of each sign: half way to the next one, or where a blank begins."""
    blanks = [
        (span.x0 + start, span.x0 + end)
        for start, end in runs(~dark_columns(ink, span))
        if end - start >= BLANK * span.high
    ]
    lefts, rights = [float(span.x0)], list[float]()
    for one, two in pairwise(middles):
        between = [
            blank for blank in blanks if one <= (blank[0] + blank[1]) / 2 <= max(two, one + 1)
        ]
        if between:
            rights.append(float(between[0][0]))
            lefts.append(float(between[-1][1]))
        else:
            rights.append((one + two) / 2)
            lefts.append((one + two) / 2)
    rights.append(float(span.x1))
    return list(zip(lefts, rights, strict=True))

"""Fonts, widths of text, and breaking of lines.

Two shipped fonts: one for Chinese, one for Latin letters and digits, as offices mix them. A text
is drawn in runs of one font each.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from functools import cache, reduce
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parent / "fonts"
CHINESE, LATIN = "SampleHei", "SampleSans"
LATIN_SIGNS = "“”‘’—…"
RUNS = re.compile(rf"[\x20-\x7e{LATIN_SIGNS}]+|[^\x20-\x7e{LATIN_SIGNS}]+")
# What may not be torn apart at the end of a line: words and figures; the rest breaks anywhere.
PIECES = re.compile(r"\[?[A-Za-z0-9.,%-]+[\]、，。）]?|.", re.DOTALL)
# What may not begin a line.
CLOSING = "，。、；：）》】”,.;:)]"
# What may not end a line.
OPENING = "（《【“(["


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to reportlab."""
    pdfmetrics.registerFont(TTFont(CHINESE, str(FONTS / "sample-hei.ttf")))
    pdfmetrics.registerFont(TTFont(LATIN, str(FONTS / "sample-sans.ttf")))


def font_of(run: str) -> str:
    """The font that a run is drawn in."""
    return LATIN if run[:1].isascii() or run[:1] in LATIN_SIGNS else CHINESE


@cache
def glyphs_of(font: str) -> frozenset[int]:
    """The code points that a font has."""
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def add_up(numbers: Iterable[float]) -> float:
    """A sum from left to right: `sum` rounds in another way since Python 3.12."""
    return reduce(operator.add, numbers, 0.0)


@cache
def text_width(text: str, size: float) -> float:
    """Width of a text in points."""
    runs = RUNS.findall(text)
    return add_up(float(pdfmetrics.stringWidth(run, font_of(run), size)) for run in runs)


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, size: float, weight: float = 0
) -> None:
    """Draw a line of text from (x, y) on its base line; `weight` thickens the strokes.

    Raises ValueError with the characters that the shipped fonts lack.
    """
    missing = [char for char in text if ord(char) not in glyphs_of(font_of(char))]
    if missing:
        raise ValueError(f"no glyph for {''.join(missing)} in {text}")
    line = canvas.beginText(x, y)
    if weight:
        line.setTextRenderMode(2)
        canvas.setLineWidth(weight)
    for run in RUNS.findall(text):
        line.setFont(font_of(run), size)
        line.textOut(run)
    if weight:
        line.setTextRenderMode(0)
    canvas.drawText(line)


@cache
def break_lines(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines not wider than `width`; a piece wider than that is torn apart."""
    lines: list[str] = [""]
    for piece in PIECES.findall(text):
        if text_width(lines[-1] + piece, size) <= width or not lines[-1]:
            lines[-1] += piece
        elif len(lines[-1]) > 1 and (piece in CLOSING or lines[-1][-1] in OPENING):
            lines.append(lines[-1][-1] + piece)
            lines[-2] = lines[-2][:-1]
        else:
            lines.append(piece)
    return tuple(part for line in lines for part in _tear(line, width, size))


def _tear(line: str, width: float, size: float) -> list[str]:
    parts: list[str] = []
    while text_width(line, size) > width and len(line) > 1:
        end = len(line) - 1
        while end > 1 and text_width(line[:end], size) > width:
            end -= 1
        parts.append(line[:end])
        line = line[end:]
    return [*parts, line]

"""Tables as lines of text, as different converters write them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

Cells = list[list[str | None]]
"""Rows of cells; None for a place that a merged cell above or to the left covers."""

WRAP = 6
"""Header words longer than this are wrapped over two lines."""
LONG_NAME = 16
"""Names longer than this are wrapped around their figures."""
GAP = 2


def spaced_lines(
    header: Cells, body: Sequence[Sequence[str]], rng: random.Random | None
) -> list[str]:
    """Words with single spaces: header cells one after the other, blank cells leave no trace.

    With ``rng`` some header words and long names are broken over lines.
    """
    lines: list[str] = []
    for row in header:
        words = [cell for cell in row if cell]
        if rng is not None and rng.random() < 0.5 and not all(word.isdigit() for word in words):
            lines += [part for word in words for part in _halves(word)]
        elif words:
            lines.append(" ".join(words))
    for cells in body:
        words = [cell for cell in cells if cell]
        if not words:
            continue
        longest = max(words, key=len)
        if rng is not None and len(longest) > LONG_NAME and rng.random() < 0.5:
            at = words.index(longest)
            cut = len(longest) // 2
            lines.append(" ".join([*words[:at], longest[:cut]]))
            lines.append(" ".join([longest[cut:], *words[at + 1 :]]))
        else:
            lines.append(" ".join(words))
    return lines


def tabbed_lines(header: Cells, body: Sequence[Sequence[str]]) -> list[str]:
    """Cells with tabs between them; merged cells are their text and blanks."""
    rows = [[cell or "" for cell in row] for row in header] + [list(row) for row in body]
    return ["\t".join(row) for row in rows]


def pipe_lines(header: Cells, body: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; its rule stands below the first row."""
    rows = [[cell or "" for cell in row] for row in header] + [list(row) for row in body]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return ["", *lines, ""]


def aligned_lines(
    header: Cells, body: Sequence[Sequence[str]], amounts: Sequence[bool], *, wide: bool
) -> list[str]:
    """Columns aligned by spaces; header words centred and wrapped, long names around figures.

    With ``wide`` a Chinese character is as wide as two.
    """
    count = len(amounts)
    widths = [4] * count
    for row in header:
        for at, cell in enumerate(row):
            alone = at + 1 == count or row[at + 1] is not None or _has_word(header, row, at + 1)
            if cell and alone:
                widths[at] = max(widths[at], *(width_of(part, wide) for part in _halves(cell)))
    for cells in body:
        for at, text in enumerate(cells):
            for part in _name_parts(text) if not amounts[at] else [text]:
                widths[at] = max(widths[at], width_of(part, wide))
    lefts = [0]
    for width in widths:
        lefts.append(lefts[-1] + width + GAP)
    lines = _header_lines(header, lefts, wide)
    for cells in body:
        lines += _row_lines(cells, amounts, lefts, wide)
    return lines


def width_of(text: str, wide: bool) -> int:
    """How many places a text takes."""
    if not wide:
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _has_word(header: Cells, row: list[str | None], at: int) -> bool:
    """True if a place right of a cell is not covered by it: nothing stands below it alone."""
    above = header[: header.index(row)]
    return any(upper[at] for upper in above) and row[at] is None


def _header_lines(header: Cells, lefts: Sequence[int], wide: bool) -> list[str]:
    depth, count = len(header), len(lefts) - 1
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(2 * depth)]
    for level, row in enumerate(header):
        for at, cell in enumerate(row):
            if not cell:
                continue
            end = at + 1
            covers = level + 1 < depth and header[level + 1][at] is not None
            while (
                covers
                and end < count
                and row[end] is None
                and not any(header[up][end] for up in range(level))
            ):
                end += 1
            below = level + 1
            while below < depth and all(header[below][n] is None for n in range(at, end)):
                below += 1
            room = lefts[end] - GAP - lefts[at]
            parts = [cell] if width_of(cell, wide) <= room else _halves(cell)
            first = level + below - (len(parts) + 1) // 2
            for offset, part in enumerate(parts):
                start = lefts[at] + max(0, (room - width_of(part, wide)) // 2)
                canvas[first + offset].append((start, part))
    return [_draw(line, wide) for line in canvas if line]


def _row_lines(
    cells: Sequence[str], amounts: Sequence[bool], lefts: Sequence[int], wide: bool
) -> list[str]:
    lines: list[list[tuple[int, str]]] = [[], [], []]
    for at, text in enumerate(cells):
        if not text:
            continue
        if amounts[at]:
            lines[1].append((lefts[at + 1] - GAP - width_of(text, wide), text))
            continue
        parts = _name_parts(text)
        if len(parts) == 1:
            lines[1].append((lefts[at], text))
        else:
            lines[0].append((lefts[at], parts[0]))
            lines[2].append((lefts[at], parts[1]))
    return [_draw(line, wide) for line in lines if line]


def _draw(places: Sequence[tuple[int, str]], wide: bool) -> str:
    line, end = "", 0
    for start, text in sorted(places):
        line += " " * max(start - end, 1 if line else 0) + text
        end = max(start, end + 1 if end else start) + width_of(text, wide)
    return line


def _halves(word: str) -> list[str]:
    if len(word) <= WRAP:
        return [word]
    cut = (len(word) + 1) // 2
    return [word[:cut], word[cut:]]


def _name_parts(text: str) -> list[str]:
    if len(text) <= LONG_NAME:
        return [text]
    cut = (len(text) + 1) // 2
    return [text[:cut], text[cut:]]

"""Where marks lie on the picture of a page, and which part of it a cut-out shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in points from the upper left corner of the page as it is shown."""

    x: float
    y: float
    width: float
    height: float


_MARK_ROOM = 1.0
"""Points by which a mark is larger than the cell, so that it covers no figure."""

_LEFT_ROOM, _RIGHT_ROOM, _LINES_ROOM = 250.0, 40.0, 24.0
"""Points around a cell that a cut-out shows; more to the left, where labels stand."""

_WIDEST, _HIGHEST = 400.0, 150.0


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Rectangle:
    """Make the rectangle of a bounding box; sides may be given in any order."""
    left, right = sorted((x0, x1))
    top, bottom = sorted((y0, y1))
    return Rectangle(left, top, right - left, bottom - top)


def mark(cell: Rectangle, page_width: float, page_height: float) -> Rectangle:
    """Widen a cell's rectangle to a frame around it that does not leave the page."""
    return _within(
        cell.x - _MARK_ROOM,
        cell.y - _MARK_ROOM,
        cell.x + cell.width + _MARK_ROOM,
        cell.y + cell.height + _MARK_ROOM,
        page_width,
        page_height,
    )


def cut_out(cell: Rectangle, page_width: float, page_height: float) -> Rectangle:
    """Choose the part of a page to show of one cell: its row to the left, some lines around.

    A very wide or high cell is shown from its lower right end, where the figure stands.
    """
    right = min(page_width, cell.x + cell.width + _RIGHT_ROOM)
    left = max(0.0, cell.x - _LEFT_ROOM, right - _WIDEST)
    bottom = min(page_height, cell.y + cell.height + _LINES_ROOM)
    top = max(0.0, cell.y - _LINES_ROOM, bottom - _HIGHEST)
    return _within(left, top, right, bottom, page_width, page_height)


def words_within(line: Rectangle, text: str, words: str) -> Rectangle:
    """Estimate where words stand within a line of text; the whole line where they are not in it.

    Chinese characters count as twice as wide as Latin ones, which is near enough to choose a part
    of the page; a mark that has to be exact lies on the whole line.
    """
    start = text.find(words) if words else -1
    if start < 0:
        return line
    whole = _weight(text)
    before, own = _weight(text[:start]), _weight(words)
    return Rectangle(
        line.x + line.width * before / whole, line.y, line.width * own / whole, line.height
    )


def _weight(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _within(
    x0: float, y0: float, x1: float, y1: float, page_width: float, page_height: float
) -> Rectangle:
    left, right = max(0.0, x0), min(page_width, x1)
    top, bottom = max(0.0, y0), min(page_height, y1)
    return Rectangle(
        round(left, 2),
        round(top, 2),
        round(max(right - left, 1.0), 2),
        round(max(bottom - top, 1.0), 2),
    )

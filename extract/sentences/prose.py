"""Paragraphs out of lines: what is printed outside of tables, with the line of every character.

A wrapped line goes on where the line before reaches the right margin and the next one is not
indented; in text without places, where it is as long as its neighbours and ends in no full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.page import Line, Page
from extract.text import squeeze

APART = "\u00a6"
"""Stands between two digits that the print holds apart: they are not one figure."""

ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十]{1,2}(?:部分|条)|[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[、.](?![0-9])|\([0-9]{1,2}\))"
)
"""The number with which a heading or an entry of a list begins, in squeezed text."""

_HELD_APART = re.compile(r"(?<=[0-9])[\s\u3000\u00a0]+(?=[0-9])")
_FOOTER = re.compile(r"-?[0-9]{1,3}-?|-[0-9]{1,3}-|第[0-9]+页(?:,?共[0-9]+页)?")
_DASHED = re.compile(r"-[0-9]{1,3}-")
_ENDS = re.compile(r"[。;:]$")
_LAST_DIGITS = re.compile(r"[0-9][0-9,.]*$")
_FIRST_DIGITS = re.compile(r"^[0-9,.]*[0-9]")
_TORN = re.compile(
    r"(?:[为占算出额费计达加少长降的]\n[0-9]{1,3}(?:[0-9]*\.[0-9]|,[0-9]{3}|[0-9]*[万元%])"
    r"|[0-9]\n(?:万元|元|%|人次|批次)|[^。]\n\([类款项]\))"
)
"""A figure without the words before it, or its unit, does not begin a paragraph."""
_ONE_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]+\.[0-9]{1,6}")


class Paragraph(NamedTuple):
    """Squeezed text of a paragraph; ``starts`` are the offsets of its lines.

    ``lines`` are the numbers of these lines in their document (from 1, as they are landed),
    ``pages`` the pages on which they stand.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    pages: tuple[int | None, ...]

    def place(self, offset: int) -> tuple[int, int | None]:
        """Line number and page of a character."""
        at = bisect_right(self.starts, offset) - 1
        return self.lines[at], self.pages[at]


@dataclass(frozen=True)
class _Margins:
    """Left and right margin of a page's prose, and the width of one of its characters."""

    left: float
    right: float
    character: float


def flatten(text: str) -> str:
    """Squeezed text of a line in which digits that a space holds apart stay apart.

    >>> flatten("2023 年 1. 20 万元，10 35")
    '2023年1.20万元,10¦35'
    """
    return squeeze(_HELD_APART.sub(APART, text))


def paragraphs(pages: Sequence[Page]) -> Iterator[Paragraph]:
    """The paragraphs of a document in reading order; a table ends one, the end of a page not."""
    held: list[tuple[int, int | None, str, Line, bool]] = []
    number = 0
    for page in pages:
        margins = _margins(page)
        lines = [item for item in page.items if isinstance(item, Line)]
        widths = [_width(line.text) for line in lines] if margins is None else []
        at = -1
        for item in page.items:
            if not isinstance(item, Line):
                if held:
                    yield _join(held)
                    held = []
                continue
            number += 1
            at += 1
            flat = flatten(item.text)
            if not flat or (_FOOTER if margins is not None else _DASHED).fullmatch(flat):
                continue
            if held and not _goes_on(held[-1][2], held[-1][4], flat, item, margins):
                yield _join(held)
                held = []
            if margins is not None:
                full = (
                    item.box is not None and item.box.x1 >= margins.right - 3.5 * margins.character
                )
            else:
                near = widths[max(0, at - 4) : at + 5]
                full = widths[at] >= 0.85 * max(near) and widths[at] >= 36
            held.append((number, page.number, flat, item, full))
    if held:
        yield _join(held)


def _margins(page: Page) -> _Margins | None:
    """Margins by the long lines of a page; None for text without places."""
    placed = [
        (line.box, len(line.text))
        for line in page.lines()
        if line.box is not None and line.box.x1 - line.box.x0 > 20 and len(line.text) >= 8
    ]
    if not placed:
        return None
    widths = sorted((box.x1 - box.x0) / count for box, count in placed)
    return _Margins(
        min(box.x0 for box, _ in placed),
        max(box.x1 for box, _ in placed),
        widths[len(widths) // 2],
    )


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text.strip())


def _goes_on(before: str, full: bool, text: str, line: Line, margins: _Margins | None) -> bool:
    """True if a line is the rest of the one before it."""
    if _TORN.match(f"{before[-1:]}\n{text}"):
        return True
    if not full:
        return False
    if margins is not None and line.box is not None:
        indented = line.box.x0 > margins.left + 1.2 * margins.character
        if indented:
            return False
        return not (_ENDS.search(before) and ORDINAL.match(text))
    return not _ENDS.search(before) and not ORDINAL.match(text)


def _join(held: Sequence[tuple[int, int | None, str, Line, bool]]) -> Paragraph:
    text = ""
    starts = []
    for _, _, flat, _, _ in held:
        gap = APART if _breaks_figure(text, flat) else ""
        text += gap
        starts.append(len(text))
        text += flat
    return Paragraph(
        text, tuple(starts), tuple(part[0] for part in held), tuple(part[1] for part in held)
    )


def _breaks_figure(before: str, after: str) -> bool:
    """True if digits meet at the end of a line that are not surely one figure or year.

    >>> _breaks_figure("收入1,234.", "56万元"), _breaks_figure("共12", "34万元")
    (False, True)
    """
    first = _FIRST_DIGITS.match(after)
    last = _LAST_DIGITS.search(before) if first is not None else None
    if last is None or first is None:
        return False
    joined = last[0] + first[0]
    if _ONE_FIGURE.fullmatch(joined):
        return False
    return not (re.fullmatch(r"20[0-9]{2}", joined) and after[len(first[0]) :].startswith("年"))

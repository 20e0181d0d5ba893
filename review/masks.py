"""What is painted over on the picture of a page: everything that the reader hides as personal.

The page is read again and hidden again by the same rules (``extract.personal``), so a picture
shows nothing that the reader would not land, whether or not it became a cell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from extract.errors import GongkaiError
from extract.page import Grid, Line, Page
from extract.pdf.frame import Frame
from extract.pdf.glyphs import read_text
from extract.pdf.reader import read_page
from extract.personal import MARK, hide_personal_data
from extract.text import squeeze
from extract.vocabulary import load_vocabulary
from review.marks import Rectangle, rectangle

_SHORTEST = 2
"""Characters of what is painted wherever else the page prints it."""


@dataclass(frozen=True)
class Seen:
    """How the reader sees a page: its frame (turned so that text stands upright) and what it hides.

    Areas are in points from the upper left corner of the page as the reader sees it.
    """

    frame: Frame
    personal: tuple[Rectangle, ...]


def see_page(page: pdfium.PdfPage, number: int) -> Seen | None:
    """Find what the reader hides on a page of a PDF; None when that cannot be told.

    Where only some words of a cell or line are personal, its whole area is given: to paint too
    much does no harm.
    """
    try:
        _, frame, _ = read_text(page)
        read, _ = read_page(page, number)
        hidden = hide_personal_data(read, load_vocabulary())
    except (GongkaiError, pdfium.PdfiumError, ValueError, IndexError, KeyError):
        return None
    areas = []
    words: set[str] = set()
    for before, after, box in _changed(read, hidden):
        words.update(hidden_words(before, after))
        if box is None:
            return None
        areas.append(rectangle(*box))
    return Seen(frame, (*areas, *_elsewhere(page, words, frame)))


def hidden_words(before: str, after: str) -> list[str]:
    """Tell which words of a text the mark stands for; none when the two do not fit together.

    >>> hidden_words("联系人：某某 电话", f"联系人：{MARK} 电话")
    ['某某']
    """
    pattern = "(.*)".join(re.escape(part) for part in squeeze(after).split(squeeze(MARK)))
    match = re.fullmatch(pattern, squeeze(before), re.S)
    return [word for word in match.groups() if word] if match else []


def _changed(
    read: Page, hidden: Page
) -> Iterator[tuple[str, str, tuple[float, float, float, float] | None]]:
    for item, other in zip(read.items, hidden.items, strict=True):
        if item is other:
            continue
        if isinstance(item, Line) and isinstance(other, Line):
            if item.text != other.text:
                yield item.text, other.text, item.box
        elif isinstance(item, Grid) and isinstance(other, Grid):
            for cell, same in zip(item.cells, other.cells, strict=True):
                if cell.text != same.text:
                    yield cell.text, same.text, cell.box


def _elsewhere(page: pdfium.PdfPage, words: Iterable[str], frame: Frame) -> Iterator[Rectangle]:
    """Where else on the page the same words are printed."""
    text = page.get_textpage()
    try:
        for word in sorted(words):
            if len(word) < _SHORTEST:
                continue
            search = text.search(word)
            while (found := search.get_next()) is not None:
                index, count = found
                for place in range(text.count_rects(index, count)):
                    left, bottom, right, top = text.get_rect(place)
                    yield _shown(frame, left, bottom, right, top)
    finally:
        text.close()


def _shown(frame: Frame, left: float, bottom: float, right: float, top: float) -> Rectangle:
    x, y = frame.show_all(np.array([left, right]), np.array([bottom, top]))
    return rectangle(float(x[0]), float(y[0]), float(x[1]), float(y[1]))

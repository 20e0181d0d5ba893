"""Pieces of lines whose columns are aligned by white space, with their places in the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.figures import is_amount
from extract.plain.layout import load_tokens, split_words
from extract.plain.lines import is_figure
from extract.text import squeeze

_CHUNK = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"\S {3,}\S")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_BROKEN = re.compile(r"[0-9][0-9,]*(?:[.,] [0-9,]+| [.,][0-9,]+)(?:\.[0-9]+)?", re.ASCII)
ALIGNED_SHARE = 0.5
"""With fewer lines that have wide gaps than this share columns are not aligned."""
FEWEST_LINES = 4
SPREAD = 12
"""Characters of one word are not further apart than this."""


@dataclass(frozen=True)
class Piece:
    """Words of a line that stand together: from column ``start`` up to ``end`` of the line."""

    text: str
    line: int
    start: int
    end: int

    @property
    def middle(self) -> float:
        """The centre of the piece, in columns."""
        return (self.start + self.end) / 2

    @property
    def bare(self) -> str:
        """The text without white space."""
        return squeeze(self.text)

    def overlaps(self, start: float, end: float) -> bool:
        """True if a part of the piece stands between two places of the line."""
        return self.start < end and self.end > start


def is_aligned(lines: Sequence[str]) -> bool:
    """True if the text keeps its columns apart by runs of spaces.

    Lines with a figure of money beside something else count; most of them must have a wide gap.
    """
    figured = [
        line
        for line in lines
        if len(line.split()) > 1
        and any(is_amount(word) and ("." in word or "," in word) for word in line.split())
    ]
    wide = sum(1 for line in figured if _GAP.search(line))
    return wide >= max(FEWEST_LINES, ALIGNED_SHARE * len(figured))


def pieces_of_line(line: str, number: int, *, wide: bool) -> tuple[Piece, ...]:
    """The pieces of a line; with ``wide`` a Chinese character takes two columns, else one.

    Two spaces part pieces; one space does where a figure stands at it.
    """
    line = line.expandtabs(8).replace("\u00a0", " ").replace("\u3000", "  " if wide else " ")
    places = [0]
    for char in line:
        broad = wide and unicodedata.east_asian_width(char) in "WF"
        places.append(places[-1] + (2 if broad else 1))
    found: list[Piece] = []
    for match in _CHUNK.finditer(line):
        at = match.start()
        for words in _parted(match[0].split(" ")):
            text = " ".join(words)
            found.append(Piece(text, number, places[at], places[at + len(text)]))
            at += len(text) + 1
    return tuple(_spread_words(found))


def _spread_words(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with words put together whose characters are set apart (`收　　入`)."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(last.bare) == 1
            and piece.start - last.end <= SPREAD
            and last.bare + piece.bare[:1] in load_tokens()
        ):
            joined[-1] = Piece(last.text + piece.text, last.line, last.start, piece.end)
        else:
            joined.append(piece)
    return joined


def _parted(words: Sequence[str]) -> list[list[str]]:
    """Words with single spaces between them, parted where a figure ends or begins a cell.

    A figure with a space at its point or comma is one; a figure between words is a part of them.
    """
    groups: list[list[str]] = [[words[0]]]
    for before, word in pairwise(words):
        if not _BROKEN.fullmatch(f"{before} {word}") and (
            _ends_cell(before, word, len(groups[-1]) > 1)
            or (len(groups[-1]) == 1 and _are_headers(before, word))
        ):
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _ends_cell(before: str, word: str, inside: bool) -> bool:
    """True if one of two words is a figure that fills a cell; years and counts in names do not.

    ``inside`` says that other words stand before the first of them.
    """
    if is_figure(before):
        count = before.isdigit() and (inside or (_YEAR.fullmatch(before) and word.startswith("年")))
        return is_amount(word) or not count
    return is_amount(word) and ("." in word or "," in word)


def _are_headers(before: str, word: str) -> bool:
    """True for two words of headers that stand side by side."""
    one, two = squeeze(before), squeeze(word)
    if min(len(one), len(two)) < 2:
        return False
    joined = split_words(one + two)
    return (
        split_words(one) is not None
        and split_words(two) is not None
        and (joined is None or len(joined) > 1)
    )

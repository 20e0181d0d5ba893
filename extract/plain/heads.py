"""Cells of the header of aligned columns, put together from the words that wrap in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.plain.layout import Token, load_tokens, split_words
from extract.plain.pieces import Piece
from extract.vocabulary import load_vocabulary

_ROLES = {
    "code": "code",
    "code_class": "part",
    "code_section": "part",
    "code_item": "part",
    "unit_code": "code",
    "name": "name",
    "unit_name": "name",
    "line_no": "index",
    "amount": "money",
}
VARIABLE = re.compile(r"20[0-9]{2}年?(?:度)?|[(][^()]*[)]", re.ASCII)
"""Parts of a header word that differ between years: the year, and what stands in brackets."""
WRAP = 3
"""The lines of one wrapped header cell are not further apart than this."""
AXIS = 1.5
"""Lines of one cell are centred on one another within this many places."""


@dataclass(frozen=True)
class Head:
    """A cell of a header: its words, its lines, its place."""

    text: str
    top: int
    bottom: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The centre of the cell, in columns of the text."""
        return (self.start + self.end) / 2

    def overlaps(self, other: Head) -> bool:
        """True if one of the cells stands over a part of the other."""
        return self.start < other.end and self.end > other.start


@cache
def token_of(text: str) -> Token | None:
    """A squeezed text as a word of headers; None if no vocabulary has it."""
    known = load_tokens()
    bare = VARIABLE.sub("", text)
    if text in known or bare in known:
        return known.get(text) or known[bare]
    chain = split_words(text) or ()
    if len(chain) > 1 and all(len(token.text) > 2 for token in chain):
        return None  # words of two cells
    for word in load_vocabulary().headers:
        if word.role in _ROLES and word.pattern.fullmatch(text):
            other = "other_printed" in (word.meaning.source, word.meaning.component)
            if not other and word.meaning.fund != "other_printed":
                return Token(text, _ROLES[word.role], frozenset())
    return None


def join_heads(pieces: Sequence[Piece]) -> list[Head]:
    """The cells of a header: pieces above one another are one where only both make a word."""
    heads: list[Head] = []
    for chain in _chains(pieces):
        heads += _words(chain)
    return sorted(heads, key=lambda head: (head.start, head.top))


def _chains(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stand above one another, one to one, on near lines."""
    left = sorted(pieces, key=lambda piece: (piece.line, piece.start))
    while left:
        chain = [left.pop(0)]
        while True:
            last = chain[-1]
            below = [
                piece
                for piece in left
                if last.line < piece.line and piece.overlaps(last.start, last.end)
            ]
            near = min((piece.line for piece in below), default=None)
            under = [piece for piece in below if piece.line == near]
            if near is None or len(under) != 1 or near - last.line > WRAP:
                break
            if any(
                piece is not last and piece.overlaps(under[0].start, under[0].end)
                for piece in pieces
                if piece.line == last.line
            ):
                break
            chain.append(under[0])
            left.remove(under[0])
        yield chain


def _words(chain: Sequence[Piece]) -> list[Head]:
    """The pieces of a chain as cells: as few unknown ones as possible, then as few as possible."""
    best: list[tuple[tuple[int, int], list[Head]]] = [((0, 0), [])]
    for stop in range(1, len(chain) + 1):
        options = []
        for start in range(stop):
            part = chain[start:stop]
            text = "".join(piece.bare for piece in part)
            unknown = token_of(text) is None
            if len(part) > 1 and _is_group(part):
                continue
            head = Head(
                text,
                part[0].line,
                part[-1].line,
                min(piece.start for piece in part),
                max(piece.end for piece in part),
            )
            (bad, count), before = best[start]
            options.append(((bad + unknown * len(part), count + 1), [*before, head]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _is_group(part: Sequence[Piece]) -> bool:
    """True if the first piece is a heading of what stands below it, not the begin of a word.

    Wrapped words stand on one axis; a heading that makes a word with what is below it may not.
    """
    upper, lower = token_of(part[0].bare), token_of(part[1].bare)
    if upper is None or lower is None:
        return False
    if upper.family == "side":
        return True
    whole = token_of(part[0].bare + part[1].bare) is not None
    centred = abs(part[0].middle - part[1].middle) <= AXIS
    return lower.family in upper.holds and not (whole and centred)


def split_heads(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a header parted at every space: narrow columns leave no more between words.

    A word of one character is a part of the one beside it (`合 计`).
    """
    parted: list[Piece] = []
    for piece in pieces:
        words = piece.text.split(" ")
        if len(words) == 1 or any(len(word) == 1 for word in words):
            parted.append(piece)
            continue
        scale = (piece.end - piece.start) / len(piece.text)
        at = 0
        for word in words:
            start = piece.start + round(at * scale)
            parted.append(Piece(word, piece.line, start, start + round(len(word) * scale)))
            at += len(word) + 1
    return parted

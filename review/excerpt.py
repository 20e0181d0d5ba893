"""Lines of a document without pages, with the places of a finding marked.

A text has no picture: what was read is shown line by line, the cells of a table's line beside
each other. It is what was landed, so personal data is not in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AROUND = 4
"""Lines shown before and after a marked one."""

_LONGEST_LINE = 600


@dataclass(frozen=True)
class Piece:
    """A part of a line; ``side`` is `left` or `right` where a mark lies on it, '' elsewhere."""

    text: str
    side: str = ""


@dataclass(frozen=True)
class TextLine:
    """A line as printed; ``number`` counts from 1, 0 for a gap in the excerpt."""

    number: int
    cells: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True)
class Printed:
    """What was landed of a line: a cell of a table or a whole line.

    ``place`` is the id of the cell or line, ``number`` the line's number from 0, ``order`` the
    place within the line.
    """

    place: str
    number: int
    order: float
    text: str


@dataclass(frozen=True)
class Marked:
    """A place of a finding in a text: a cell, or words within a line."""

    place: str
    side: str
    words: str = ""


def excerpt(printed: Sequence[Printed], marked: Sequence[Marked]) -> list[TextLine]:
    """Take the lines around marked places, in order; a gap is a line without number."""
    marks: dict[str, list[Marked]] = defaultdict(list)
    for mark in marked:
        marks[mark.place].append(mark)
    lines: dict[int, list[Printed]] = defaultdict(list)
    for piece in printed:
        lines[piece.number].append(piece)
    numbers = sorted(lines)
    wanted: set[int] = set()
    for index, number in enumerate(numbers):
        if any(piece.place in marks for piece in lines[number]):
            wanted.update(numbers[max(0, index - AROUND) : index + AROUND + 1])
    result: list[TextLine] = []
    before: int | None = None
    for index, number in enumerate(numbers):
        if number not in wanted:
            continue
        if before is not None and index > before + 1:
            result.append(TextLine(0))
        before = index
        pieces = sorted(lines[number], key=lambda piece: piece.order)
        result.append(
            TextLine(number + 1, tuple(_pieces(piece.text, marks[piece.place]) for piece in pieces))
        )
    return result


def _pieces(text: str, marks: Iterable[Marked]) -> tuple[Piece, ...]:
    """Split a text at the words that are marked; without such words all of it is marked."""
    for mark in marks:
        start = text.find(mark.words) if mark.words else -1
        if start < 0:
            return (Piece(_cut(text), mark.side),)
        end = start + len(mark.words)
        pieces = (Piece(text[:start]), Piece(text[start:end], mark.side), Piece(text[end:]))
        return tuple(piece for piece in pieces if piece.text)
    return (Piece(_cut(text)),)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}…"

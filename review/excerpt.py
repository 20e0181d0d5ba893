"""Lines of a document without pages, with the places of a finding marked.

A text has no picture: what was read is shown line by line, the cells of a table's line beside
each other, in their columns where the file names them (a workbook, Word, the web), under the first
rows of the table. It is what was landed, so personal data is not in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.rows import TextPart

AROUND = 4
"""Lines shown before and after a marked one."""

HEAD = 3
"""First rows of a marked cell's table that are shown, where the file names its columns."""

_LONGEST_LINE = 600


@dataclass(frozen=True)
class Piece:
    """A part of a line; ``side`` is `left` or `right` where a mark lies on it, '' elsewhere."""

    text: str
    side: str = ""


@dataclass(frozen=True)
class TextLine:
    """A line as printed; ``number`` counts from 1, 0 for a gap in the excerpt.

    ``columns`` has, cell by cell, the columns left free before it and those that it goes over;
    nothing for a line, or where the file does not name columns.
    """

    number: int
    cells: tuple[tuple[Piece, ...], ...] = ()
    columns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Printed:
    """What was landed of a line: a cell of a table or a whole line.

    ``place`` is the id of the cell or line, ``number`` the line's number from 0, ``order`` the
    place within the line: its first column where the cell goes over ``columns`` of a ``table``.
    """

    place: str
    number: int
    order: float
    text: str
    table: str = ""
    columns: int = 0


def as_printed(part: TextPart) -> Printed:
    """What was landed of a line, from its row of the warehouse."""
    return Printed(part.place, part.number, part.order_no, part.text, part.table_id, part.columns)


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
    tables = {piece.table for piece in printed if piece.table and piece.place in marks}
    for table in tables:
        rows = sorted({piece.number for piece in printed if piece.table == table})
        wanted.update(rows[:HEAD])
    result: list[TextLine] = []
    before: int | None = None
    for index, number in enumerate(numbers):
        if number not in wanted:
            continue
        if before is not None and index > before + 1:
            result.append(TextLine(0))
        before = index
        pieces = sorted(lines[number], key=lambda piece: piece.order)
        cells = tuple(_pieces(piece.text, marks[piece.place]) for piece in pieces)
        result.append(TextLine(number + 1, cells, _columns(pieces)))
    return result


def _columns(pieces: Sequence[Printed]) -> tuple[tuple[int, int], ...]:
    """Free columns before each cell of a line, and those that it goes over."""
    if not all(piece.columns for piece in pieces):
        return ()
    result = []
    at = 0
    for piece in pieces:
        result.append((max(0, int(piece.order) - at), piece.columns))
        at = int(piece.order) + piece.columns
    return tuple(result)


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

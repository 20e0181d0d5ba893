"""Where tables stand in a text with aligned columns: their headers and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.figures import decimals, is_amount
from extract.plain.heads import token_of
from extract.plain.lines import TextLine, ends_table, is_foot
from extract.plain.pairing import opens_entry
from extract.plain.pieces import Piece, pieces_of_line
from extract.titles import find_unit, is_note, is_title_like

_AGENCY = re.compile(r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:\(单位\))?(?:名称)?:")
_COUNT = re.compile(r"栏次|行次|[0-9]{1,2}", re.ASCII)
_PROSE = re.compile(r"[。；]|.{45,}")
FEWEST = 2
"""A table has two figures at least."""
MAX_HEADER = 14
"""A header does not run over more lines than this."""


@dataclass(frozen=True)
class Region:
    """Lines between titles: those of the header, those of the rows."""

    header: tuple[Piece, ...]
    counts: tuple[Piece, ...]
    body: tuple[tuple[Piece, ...], ...]


def find_regions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines that no title, unit, note or sentence parts; those are runs of their own."""
    start = 0
    for number, text in enumerate(lines):
        line = TextLine(number, tuple(text.split()))
        if not line.words:
            continue
        if _parts_tables(line) or (
            len(pieces_of_line(text, 0, wide=False)) == 1 and _PROSE.search(line.bare)
        ):
            if number > start:
                yield start, number
            yield number, number + 1
            start = number + 1
    if start < len(lines):
        yield start, len(lines)


def _parts_tables(line: TextLine) -> bool:
    """True for a line that stands above or below a table: title, unit, agency, note."""
    return (
        ends_table(line)
        or is_note(line.bare)
        or bool(_AGENCY.match(line.bare))
        or (len(line.bare) <= 60 and bool(find_unit(line.bare)))
        or (is_title_like(line.bare) and not any(is_amount(word) for word in line.words))
    )


def has_rows(lines: Sequence[str]) -> bool:
    """True if lines hold figures of money: two figures, one with a point or a comma."""
    figures = [word for line in lines for word in line.split() if is_amount(word)]
    return len(figures) >= FEWEST and any(decimals(word) or "," in word for word in figures)


def cut_region(lines: Sequence[str], start: int, stop: int, *, wide: bool) -> Region | None:
    """The pieces of a run of lines, parted into header, column numbers and rows; None without rows.

    ``wide`` as in ``pieces_of_line``. Page numbers are left out.
    """
    header: list[Piece] = []
    counts: list[Piece] = []
    body: list[tuple[Piece, ...]] = []
    for number in range(start, stop):
        pieces = pieces_of_line(lines[number], number, wide=wide)
        if not pieces or is_foot(TextLine(number, tuple(lines[number].split()))):
            continue
        if not body and _is_counts(pieces):
            counts += [piece for piece in pieces if piece.bare.isdigit()]
        elif not body and not _is_body(pieces):
            header += pieces
        else:
            body.append(pieces)
    while body and _is_number(body[-1]):
        body.pop()
    if not body or len({piece.line for piece in header}) > MAX_HEADER:
        return None
    return Region(tuple(header), tuple(counts), tuple(body))


def _is_number(pieces: Sequence[Piece]) -> bool:
    """True for a line of nothing but a page number."""
    return len(pieces) == 1 and re.fullmatch(r"[0-9]{1,4}", pieces[0].bare, re.ASCII) is not None


def _is_counts(pieces: Sequence[Piece]) -> bool:
    """True for a row of column numbers (栏次 1 2 3)."""
    digits = [int(piece.bare) for piece in pieces if piece.bare.isdigit()]
    return (
        all(_COUNT.fullmatch(piece.bare) for piece in pieces)
        and len(digits) + 1 >= max(len(pieces) - 2, 2)
        and all(two == one + 1 for one, two in pairwise(digits))
        and (len(digits) > 1 or any(not piece.bare.isdigit() for piece in pieces))
    )


def _is_body(pieces: Sequence[Piece]) -> bool:
    if any(is_amount(piece.text) for piece in pieces):
        return True
    return any(
        opens_entry(piece.text)
        and not piece.bare.startswith("其中")
        and token_of(piece.bare) is None
        for piece in pieces
    )

"""Break the tables of a disclosure into pages."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.grid import Grid, lay_out
from typeset.model import Disclosure, Table
from typeset.text import add_up

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
MARGIN = 50.0
FOOT = 46.0
TITLE_SIZE = 15.0
LINE_SIZE = 9.0
LINE_HEIGHT = 17.0
TITLE_HEIGHT = 28.0
GAP = 26.0


@dataclass(frozen=True)
class Piece:
    """The part of a table that stands on one page: body rows `first` up to `last`, from `top` down.

    `last` is exclusive. `titled`, `headed` and `noted`: title, header and note stand there too.
    """

    table: Table
    grid: Grid
    first: int
    last: int
    top: float
    titled: bool
    headed: bool
    noted: bool


@dataclass(frozen=True)
class Page:
    """A page of tables: its size in points and the pieces on it."""

    size: tuple[float, float]
    pieces: tuple[Piece, ...]


def head_height(table: Table, titled: bool) -> float:
    """Height of what stands above the grid: number, title, agency and unit."""
    if not titled:
        return 0.0
    return TITLE_HEIGHT + LINE_HEIGHT * (2 if table.number else 1)


def note_height(table: Table, noted: bool) -> float:
    """Height of the note below the grid."""
    return LINE_HEIGHT if noted and table.note else 0.0


def break_pages(disclosure: Disclosure, rows_per_page: int | None) -> tuple[Page, ...]:
    """Lay out all tables and break them into pages of at most `rows_per_page` rows of a table."""
    pages: list[Page] = []
    for table in disclosure.tables:
        size = LANDSCAPE if table.orientation == "landscape" else PORTRAIT
        grid = lay_out(table, size[0] - 2 * MARGIN, disclosure.fill, disclosure.style.indent)
        top = _room_below(pages, table, grid, size) if disclosure.style.share_pages else None
        pieces = _cut(table, grid, size, top, rows_per_page)
        if top is not None:
            pages[-1] = Page(size, (*pages[-1].pieces, pieces.pop(0)))
        pages += [Page(size, (piece,)) for piece in pieces]
    return tuple(pages)


def bottom_of(piece: Piece) -> float:
    """Where a piece ends, in points from the foot of the page."""
    rows = add_up(band.height for band in piece.grid.rows[piece.first : piece.last])
    head = piece.grid.header.height if piece.headed else 0.0
    used = (
        head_height(piece.table, piece.titled) + head + rows + note_height(piece.table, piece.noted)
    )
    return piece.top - used


def _room_below(
    pages: list[Page], table: Table, grid: Grid, size: tuple[float, float]
) -> float | None:
    """The top of a table that fits whole below the last one; None when it does not."""
    if not pages or pages[-1].size != size:
        return None
    top = bottom_of(pages[-1].pieces[-1]) - GAP
    height = head_height(table, True) + grid.header.height + note_height(table, True)
    height += add_up(band.height for band in grid.rows)
    return top if top - height >= FOOT else None


def _cut(
    table: Table, grid: Grid, size: tuple[float, float], top: float | None, most: int | None
) -> list[Piece]:
    pieces: list[Piece] = []
    first = 0
    while first < len(grid.rows):
        start = top if top is not None and not pieces else size[1] - MARGIN
        titled = not pieces or table.repeat_header == "title"
        headed = not pieces or table.repeat_header in ("yes", "title")
        room = start - FOOT - head_height(table, titled) - note_height(table, True)
        room -= grid.header.height if headed else 0.0
        last = first
        while last < len(grid.rows) and (most is None or last - first < most):
            room -= grid.rows[last].height
            if room < 0 and last > first:
                break
            last += 1
        noted = last == len(grid.rows)
        pieces.append(Piece(table, grid, first, last, start, titled, headed, noted))
        first = last
    return pieces

"""Break the tables of a disclosure into pages."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.grid import Grid, lay_out
from typeset.model import Disclosure, Table
from typeset.styles import Variant
from typeset.text import add_up

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
WIDE = (1190.55, 841.89)
MARGIN = 50.0
FOOT = 46.0
TITLE_SIZE = 15.0
LINE_SIZE = 9.0
LINE_HEIGHT = 17.0
TITLE_HEIGHT = 28.0
GAP = 26.0
FEW_ROWS = 6


@dataclass(frozen=True)
class Piece:
    """The part of a table that stands on one page: bands `first` up to `last`, from `top` down.

    `last` is exclusive. `titled`, `measured` (agency and unit), `headed` and `noted`: title, unit
    line, header and note stand there too.
    """

    table: Table
    grid: Grid
    first: int
    last: int
    top: float
    titled: bool
    measured: bool
    headed: bool
    noted: bool


@dataclass(frozen=True)
class Page:
    """A page of tables: its size in points, the pieces on it, and a table that its foot names."""

    size: tuple[float, float]
    pieces: tuple[Piece, ...]
    foot: Table | None = None


def head_height(table: Table, titled: bool, measured: bool) -> float:
    """Height of what stands above the grid: number, title, agency and unit."""
    height = TITLE_HEIGHT + (LINE_HEIGHT if table.number else 0.0) if titled else 0.0
    return height + (LINE_HEIGHT if measured else 0.0)


def note_height(table: Table, noted: bool) -> float:
    """Height of the note below the grid."""
    return LINE_HEIGHT if noted and table.note else 0.0


def page_size(disclosure: Disclosure, table: Table) -> tuple[float, float]:
    """Width and height of the pages of a table, in points."""
    if table.orientation != "landscape":
        return PORTRAIT
    return WIDE if Variant.MIXED_A3 in disclosure.style.variants else LANDSCAPE


def lay_out_table(disclosure: Disclosure, table: Table) -> Grid:
    """The grid of a table on pages of its size."""
    width = page_size(disclosure, table)[0] - 2 * MARGIN
    style = disclosure.style
    return lay_out(table, width, disclosure.fill, style.indent, style.variants)


def break_pages(disclosure: Disclosure, rows_per_page: int | None) -> tuple[Page, ...]:
    """Lay out all tables and break them into pages of at most `rows_per_page` rows of a table."""
    variants = disclosure.style.variants
    if Variant.SMALL_PAGES in variants:
        rows_per_page = min(rows_per_page or FEW_ROWS, FEW_ROWS)
    at_foot = Variant.TITLE_AT_FOOT in variants
    one_grid = Variant.ONE_GRID in variants
    share = (disclosure.style.share_pages or one_grid) and not at_foot
    pages: list[Page] = []
    for table in disclosure.tables:
        size = page_size(disclosure, table)
        grid = lay_out_table(disclosure, table)
        gap = 0.0 if one_grid else GAP
        top = _room_below(pages, table, grid, size, variants, gap) if share else None
        if at_foot and pages:
            pages[-1] = Page(pages[-1].size, pages[-1].pieces, table)
        pieces = _cut(table, grid, size, top, rows_per_page, variants, at_foot and bool(pages))
        if top is not None:
            pages[-1] = Page(size, (*pages[-1].pieces, pieces.pop(0)))
        pages += [Page(size, (piece,)) for piece in pieces]
    return tuple(pages)


def bottom_of(piece: Piece) -> float:
    """Where a piece ends, in points from the foot of the page."""
    rows = add_up(band.height for band in piece.grid.rows[piece.first : piece.last])
    head = piece.grid.header.height if piece.headed else 0.0
    head += head_height(piece.table, piece.titled, piece.measured)
    return piece.top - (head + rows + note_height(piece.table, piece.noted))


def _room_below(
    pages: list[Page],
    table: Table,
    grid: Grid,
    size: tuple[float, float],
    variants: frozenset[Variant],
    gap: float,
) -> float | None:
    """The top of a table that fits whole below the last one; None when it does not."""
    if not pages or pages[-1].size != size or grid.breaks:
        return None
    top = bottom_of(pages[-1].pieces[-1]) - gap
    titled, measured = _stands_above(variants)
    height = head_height(table, titled, measured) + grid.header.height + note_height(table, True)
    height += add_up(band.height for band in grid.rows) + _reserved(variants, grid)
    return top if top - height >= FOOT else None


def _stands_above(variants: frozenset[Variant]) -> tuple[bool, bool]:
    """Whether the title and the unit stand above the grid, and not inside it."""
    titled = not variants & {Variant.TITLE_INSIDE, Variant.ONE_GRID}
    return titled, titled and Variant.UNIT_INSIDE not in variants


def _reserved(variants: frozenset[Variant], grid: Grid) -> float:
    """Room for a page number below the last row, and for a title at the foot of the page."""
    room = grid.size * 2.5 if Variant.PAGE_NUMBER_INSIDE in variants else 0.0
    return room + (TITLE_HEIGHT + LINE_HEIGHT if Variant.TITLE_AT_FOOT in variants else 0.0)


def _cut(
    table: Table,
    grid: Grid,
    size: tuple[float, float],
    top: float | None,
    most: int | None,
    variants: frozenset[Variant],
    named_before: bool,
) -> list[Piece]:
    pieces: list[Piece] = []
    above = _stands_above(variants)
    first = 0
    while not pieces or first < len(grid.rows):
        start = top if top is not None and not pieces else size[1] - MARGIN
        repeated = table.repeat_header == "title"
        titled = above[0] and (not named_before if not pieces else repeated)
        measured = above[1] and (not pieces or (repeated and Variant.UNIT_ONCE not in variants))
        headed = not pieces or table.repeat_header in ("yes", "title")
        room = start - FOOT - head_height(table, titled, measured) - note_height(table, True)
        room -= (grid.header.height if headed else 0.0) + _reserved(variants, grid)
        last = first
        while last < len(grid.rows) and (most is None or last - first < most):
            room -= grid.rows[last].height
            if (room < 0 and last > first) or (last > first and last - 1 in grid.breaks):
                break
            last += 1
        noted = last == len(grid.rows)
        pieces.append(Piece(table, grid, first, last, start, titled, measured, headed, noted))
        first = last
    return pieces

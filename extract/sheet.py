"""Tables of a document: grids found on pages, cut apart and stitched together.

A grid may hold several tables, and a table may run over several grids. A title cuts; a grid that
begins a page without a title of its own, with the columns of the table before, continues it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.contents import NO_CONTENTS, Contents
from extract.figures import is_amount
from extract.openings import begins_anew
from extract.page import EXACT_ORIGINS, Grid, GridCell, Line, Page
from extract.text import squeeze, trim
from extract.titles import (
    LOOK_BACK,
    Heading,
    find_agency,
    find_heading,
    is_note,
    is_table_number,
    is_title_like,
    is_two_headings,
    title_kind,
)
from extract.vocabulary import Vocabulary

HEADER_DOUBT = "ambiguous_column"
"""The doubt of all cells of a grid whose columns are not certain."""


@dataclass(frozen=True)
class Part:
    """A run of grid rows on one page: ``rows`` from top to bottom, cells from left to right.

    ``covers[row][column]`` is the cell that holds the place, spans of rows above included.
    """

    page_number: int | None
    columns: int
    rows: tuple[tuple[GridCell, ...], ...]
    first_row: int
    grid: Grid

    def covering(self, row: int) -> Sequence[GridCell | None]:
        """The cell that covers each column of a row (``row`` counts within this part)."""
        own = self.rows[row]
        return own if len(own) == self.columns else self._covers[row]

    @cached_property
    def _covers(self) -> dict[int, list[GridCell | None]]:
        """What covers the columns of the rows that have not a cell of their own in each."""
        held: dict[int, list[GridCell | None]] = {
            number: [None] * self.columns
            for number, row in enumerate(self.rows)
            if len(row) != self.columns
        }
        for cell in self.grid.cells:
            first = cell.row - self.first_row
            if first < 0:
                continue
            for number in range(first, first + cell.row_span):
                if number in held:
                    end = min(cell.column + cell.column_span, self.columns)
                    held[number][cell.column : end] = [cell] * (end - cell.column)
        return held


@dataclass
class Sheet:
    """One table of a document, as printed: its heading, its parts, the lines that belong to it.

    ``wording`` is a line above it that looks like a title in words that no file knows; ``listed``
    is the title that the list of contents gives a table without one.
    """

    heading: Heading
    kind: str
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    wording: str = ""
    listed: str = ""

    @property
    def title(self) -> str:
        """The title above the table, else that in the list of contents; '' without both."""
        return self.heading.title or self.listed

    @property
    def first_page(self) -> int | None:
        """Page on which the table begins."""
        return self.parts[0].page_number if self.parts else None

    @property
    def last_page(self) -> int | None:
        """Page on which the table ends."""
        return self.parts[-1].page_number if self.parts else None


def row_texts(cells: Sequence[GridCell]) -> list[str]:
    """Squeezed texts of the cells that are not empty."""
    return [squeeze(cell.text) for cell in cells if cell.text.strip()]


def collect_sheets(
    pages: Sequence[Page], vocabulary: Vocabulary, contents: Contents = NO_CONTENTS
) -> list[Sheet]:
    """All tables of a document in reading order; grids without a known title are `unknown`.

    The lines of the list of ``contents`` are no titles of the table below them.
    """
    sheets: list[Sheet] = []
    above: list[Line] = []
    closing = Heading()  # of a grid that ends in a title: it belongs to the next grid
    for page in pages:
        first, beside = True, False
        for item in page.items:
            if isinstance(item, Line):
                if id(item) in contents.lines:
                    continue
                beside = beside or is_two_headings(item.text, vocabulary)
                if sheets and is_note(item.text):
                    sheets[-1].notes.append(trim(item.text))
                above.append(item)
                continue
            heading = find_heading([line.text for line in above], vocabulary)
            if not heading.title:
                heading = _within(heading, closing)
            closing = Heading()
            for part, inner in _cut(item, page.number, vocabulary):
                head = heading if inner is None else _within(inner, heading)
                if part is None:
                    closing = head
                    continue
                part = in_doubt(part) if beside else part
                _place(sheets, part, head, first, above, vocabulary)
                heading = Heading()
                above = []
                first = False
    return sheets


def _within(inner: Heading, outer: Heading) -> Heading:
    """A heading inside of the grid, completed by what stands above it."""
    return Heading(
        title=inner.title or outer.title,
        unit_text=inner.unit_text
        or (outer.unit_text if not inner.title or not outer.title else ""),
        agency=inner.agency or outer.agency,
    )


def _place(
    sheets: list[Sheet],
    part: Part,
    heading: Heading,
    first_on_page: bool,
    above: Sequence[Line],
    vocabulary: Vocabulary,
) -> None:
    before = sheets[-1] if sheets else None
    if before is not None and _continues(before, part, heading, first_on_page, above, vocabulary):
        before.parts.append(in_doubt(part) if _is_unsure(before.parts[0]) else part)
        return
    kind = title_kind(heading.title, vocabulary) or "unknown"
    lines = [line.text for line in above[-LOOK_BACK:]]
    wording = next((t for t in lines if is_title_like(t) and not is_table_number(t)), "")
    sheets.append(Sheet(heading=heading, kind=kind, parts=[part], wording=wording))


def _is_unsure(part: Part) -> bool:
    """True if the header of a table is in doubt: so is what stands below it on later pages."""
    return all(cell.doubt == HEADER_DOUBT for cell in part.rows[0] if cell.text.strip())


def in_doubt(part: Part) -> Part:
    """A part whose columns are not certain, because the header of its table is not."""
    held = {id(cell): replace(cell, doubt=cell.doubt or HEADER_DOUBT) for cell in part.grid.cells}
    return replace(
        part,
        rows=tuple(tuple(held[id(cell)] for cell in row) for row in part.rows),
        grid=replace(part.grid, cells=tuple(held.values())),
    )


def _continues(
    before: Sheet,
    part: Part,
    heading: Heading,
    first_on_page: bool,
    above: Sequence[Line],
    vocabulary: Vocabulary,
) -> bool:
    """True if a part goes on with the table before it.

    On paper only the first grid of a page can, or of the right half of a sheet; in text made from a
    PDF the page breaks are gone; a file without pages may break a table wherever it likes.
    """
    last = before.parts[-1]
    on_paper = part.grid.origin in ("lattice", "stream")
    beside = last.page_number == part.page_number and _is_beside(last, part)
    if on_paper and not beside and (not first_on_page or last.page_number == part.page_number):
        return False
    if heading.title and squeeze(heading.title) != squeeze(before.heading.title):
        return False
    if sum(len(line.text) for line in above) > 120 and not heading.title:
        return False
    if before.notes and not heading.title:
        return False
    if (
        not heading.title
        and vocabulary.kinds[before.kind].family != "form"
        and (_is_other_table(before, part, above, vocabulary))
    ):
        return False
    if last.columns == part.columns:
        alone = part.grid.origin in EXACT_ORIGINS and not above
        return on_paper or alone or _same_top(before.parts[0], part)
    return on_paper and _same_extent(last, part) and not heading.title


def _is_beside(one: Part, two: Part) -> bool:
    """True for a grid right of another: two pages are printed side by side on one sheet."""
    if one.grid.box is None or two.grid.box is None:
        return False
    return one.columns == two.columns and two.grid.box.x0 > one.grid.box.x1


def _same_top(one: Part, two: Part) -> bool:
    """True if two parts begin with the same header texts, but for a few misread ones."""
    above, below = row_texts(one.rows[0]), row_texts(two.rows[0])
    same = sum(a == b for a, b in zip(above, below, strict=False))
    return same > 0 and same * 10 >= 6 * max(len(above), len(below))


def _is_other_table(
    before: Sheet, part: Part, above: Sequence[Line], vocabulary: Vocabulary
) -> bool:
    """True if a part without a known title cannot go on with the table before it."""
    if vocabulary.kinds[before.kind].facts and any(
        is_title_like(line.text) for line in above[-LOOK_BACK:]
    ):
        return True
    if part.grid.origin not in EXACT_ORIGINS:
        return False
    return begins_anew(before.parts[0].rows, before.parts[-1].rows[-1], part.rows, vocabulary)


def _same_extent(one: Part, two: Part) -> bool:
    if one.grid.box is None or two.grid.box is None:
        return False
    slack = 0.03 * (one.grid.box.x1 - one.grid.box.x0)
    return (
        abs(one.grid.box.x0 - two.grid.box.x0) <= slack
        and abs(one.grid.box.x1 - two.grid.box.x1) <= slack
    )


def _cut(
    grid: Grid, page_number: int | None, vocabulary: Vocabulary
) -> list[tuple[Part | None, Heading | None]]:
    """Cut a grid at titles that stand inside of it, as rows of one cell.

    Gives parts with the heading found in the rows above them; (None, heading) where a heading
    closes the grid: it belongs to the next one.
    """
    rows = grid.by_row()
    pieces: list[tuple[Part | None, Heading | None]] = []
    start, heading_lines = 0, list[str]()

    def close(end: int) -> None:
        if any(cell.text.strip() for row in rows[start:end] for cell in row):
            pieces.append(
                (
                    Part(
                        page_number,
                        grid.columns,
                        rows[start:end],
                        start,
                        grid,
                    ),
                    find_heading(heading_lines, vocabulary) if heading_lines else None,
                )
            )

    for number, row in enumerate(rows):
        texts = [trim(cell.text) for cell in row if cell.text.strip()]
        if _is_heading_row(row, texts, grid.columns, vocabulary):
            titled = title_kind(" ".join(texts), vocabulary) is not None
            titled = titled or is_table_number(texts[0])
            holds = any(is_amount(cell.text) for held in rows[start:number] for cell in held)
            if holds and not titled:
                continue  # a unit or an agency between rows of one table cuts nothing off
            if number > start and (titled or not pieces):
                close(number)
                heading_lines = []
            heading_lines.extend(texts)
            start = number + 1
    close(len(rows))
    if heading_lines and (not pieces or start >= len(rows)):
        pieces.append((None, find_heading(heading_lines, vocabulary)))
    return pieces


def _is_heading_row(
    row: Sequence[GridCell], texts: list[str], columns: int, vocabulary: Vocabulary
) -> bool:
    """True for a row that holds a title, its number, a unit or an agency line and nothing else."""
    if not texts or len(texts) > 3 or any(is_amount(text) for text in texts):
        return False
    widest = max((cell for cell in row if cell.text.strip()), key=lambda cell: cell.column_span)
    if len(texts) == 1:
        title = find_heading(texts, vocabulary).title
        if title_kind(title, vocabulary) or is_table_number(texts[0]):
            return widest.column_span * 2 > columns
    said = sum(
        1
        for text in texts
        if "单位:" in squeeze(text) or "部门:" in squeeze(text) or find_agency(text)
    )
    return said == len(texts) and columns > 1

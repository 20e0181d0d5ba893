"""What a reader sees on a page: lines of text, and grids of cells. All formats meet here.

Coordinates are points from the upper left corner of the page as it is shown (after rotation).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        """Square points."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """True if the point lies in the box, widened by ``slack`` on each side."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack


def boxes_of(
    x0: Iterable[float], y0: Iterable[float], x1: Iterable[float], y1: Iterable[float]
) -> Iterator[Box]:
    """Rectangles out of the columns of their sides."""
    return map(tuple.__new__, repeat(Box), zip(x0, y0, x1, y1, strict=True))


def bounds(boxes: list[Box]) -> Box:
    """The smallest box around all of ``boxes`` (at least one)."""
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


FORM_ORIGIN = "form"
"""Origin of a grid that a text's form was rebuilt as: cells whose places are not certain say so."""


FILE_ORIGIN = "file"
"""Origin of a grid whose rows, columns and merged cells the file itself names (Word, web)."""

UNCERTAIN = "uncertain_reading"
"""The doubt of a figure in a picture whose readings differ, or are not sure."""

UNREAD = "\ufffd"
"""Stands for a character that cannot be read, or that the file does not explain."""

CERTAIN = 0.9
"""What is read from a picture is certain from here: a figure, a unit, whose a document is."""

EXACT_ORIGINS = frozenset({"lattice", "stream", FILE_ORIGIN})
"""Origins of grids as they are printed; others were rebuilt from text in which they were lost."""


@dataclass(frozen=True)
class Line:
    """A line of text outside of any grid; wide gaps are one space.

    One that was recognised in a picture has the ``confidence`` of its reading, from 0 to 1.
    """

    text: str
    box: Box | None
    confidence: float | None = field(default=None, compare=False)


class Settled(NamedTuple):
    """How the reading of a figure was settled: a word for the way, and what decided, in words.

    ``method`` is `blank_column` (the blanks beside a figure had vanished), `join` (pieces of one
    figure), `stray_mark` (a mark that clings to a figure) or `damaged_sign` (a sign that stands
    for a digit or separator).
    """

    method: str
    evidence: str


@dataclass(frozen=True, init=False)
class GridCell:
    """A cell of a grid; ``row`` and ``column`` count from 0, spans are at least 1.

    ``lines`` are the lines of text inside of the cell, from top to bottom. ``reading`` is
    `resolved` where the text was placed or joined by evidence, which ``settled`` names; ``doubt``
    is a quarantine reason where its place or its text is not certain ('' for all that is printed
    clearly). A cell of a picture has the ``confidence`` of its reading, from 0 to 1, and the
    ``candidates`` that its figure may be where it is in doubt. ``text`` is that of the lines
    without their breaks (Chinese has no spaces between).
    """

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]
    box: Box | None = None
    line_tops: tuple[float, ...] = ()
    reading: str = "printed"
    doubt: str = ""
    settled: Settled | None = field(default=None, compare=False, repr=False)
    confidence: float | None = field(default=None, compare=False, repr=False)
    candidates: tuple[str, ...] = field(default=(), compare=False, repr=False)
    text: str = field(init=False, compare=False, repr=False)

    def __init__(
        self,
        row: int,
        column: int,
        row_span: int,
        column_span: int,
        lines: tuple[str, ...],
        box: Box | None = None,
        line_tops: tuple[float, ...] = (),
        reading: str = "printed",
        doubt: str = "",
        settled: Settled | None = None,
        confidence: float | None = None,
        candidates: tuple[str, ...] = (),
    ) -> None:
        """Set all fields at once: a document has thousands of cells, and all ask for their text."""
        fields = self.__dict__
        fields["row"], fields["column"] = row, column
        fields["row_span"], fields["column_span"] = row_span, column_span
        fields["lines"], fields["box"], fields["line_tops"] = lines, box, line_tops
        fields["reading"], fields["doubt"], fields["settled"] = reading, doubt, settled
        fields["confidence"], fields["candidates"] = confidence, candidates
        fields["text"] = lines[0] if len(lines) == 1 else "".join(lines)


_COLUMN = attrgetter("column")


@dataclass(frozen=True)
class Grid:
    """A grid as it is printed: ``rows`` × ``columns`` places, each held by exactly one cell."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    box: Box | None = None
    origin: str = "lattice"

    def by_row(self) -> tuple[tuple[GridCell, ...], ...]:
        """The cells by the row in which they start, from left to right."""
        return self._by_row

    @cached_property
    def _by_row(self) -> tuple[tuple[GridCell, ...], ...]:
        rows: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return tuple([tuple(sorted(row, key=_COLUMN)) for row in rows])


class Word(NamedTuple):
    """A run of characters without a gap, as printed, with its place."""

    text: str
    box: Box


class Notice(NamedTuple):
    """Something on a page that is not published: a quarantine reason, and the case in one line."""

    reason: str
    detail: str


@dataclass(frozen=True)
class Page:
    """One page: its lines and grids in reading order.

    A page with grids has its words too, for the conservation check. ``turns`` are the quarter turns
    to the right by which a picture is turned to be read; None for a page with a text layer.
    ``pictures`` are large ones beside its text.
    """

    number: int | None
    width: float
    height: float
    route: str
    items: tuple[Line | Grid, ...]
    words: tuple[Word, ...] = ()
    doubts: tuple[str, ...] = ()
    second_reader: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    pictures: tuple[Box, ...] = ()
    turns: int | None = None

    def grids(self) -> Iterator[Grid]:
        """The grids of the page in reading order."""
        return (item for item in self.items if isinstance(item, Grid))

    def lines(self) -> Iterator[Line]:
        """The lines outside of grids, in reading order."""
        return (item for item in self.items if isinstance(item, Line))

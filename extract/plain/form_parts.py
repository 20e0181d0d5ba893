"""What readers of forms in spaced text share: lines, headers made of wrapped words, grids."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extract.figures import is_amount, is_blank
from extract.forms.words import find_head
from extract.page import FORM_ORIGIN, Box, Grid, GridCell, Settled, Word
from extract.plain.form_grid import STEP
from extract.plain.header import text_cell
from extract.text import squeeze

COLUMN = 10.0
"""Width of a column, in points: readers of forms allow a point at the edges of cells."""

MOST_WORDS = 8
"""A header or a label is not wrapped into more words than this."""

_SHARE = re.compile(r"[0-9]+(?:\.[0-9]+)?%", re.ASCII)
_DIGIT = re.compile(r"[0-9]", re.ASCII)


@dataclass(frozen=True)
class FormLine:
    """A line of a text that is not empty: its number, and its words."""

    number: int
    words: tuple[str, ...]

    @property
    def flat(self) -> str:
        """All words together, squeezed."""
        return squeeze("".join(self.words))


@dataclass(frozen=True)
class Piece:
    """A word with the number of its line."""

    line: int
    text: str


def form_lines(lines: Sequence[str]) -> list[FormLine]:
    """The lines that hold words, in order."""
    return [FormLine(at, tuple(line.split())) for at, line in enumerate(lines) if line.split()]


def pieces_of(lines: Sequence[FormLine]) -> list[Piece]:
    """The words of lines, one after the other."""
    return [Piece(line.number, word) for line in lines for word in line.words]


def is_value(word: str) -> bool:
    """True for a figure, a share, or a mark of a blank.

    >>> is_value("425.24"), is_value("100%"), is_value("-"), is_value("14个")
    (True, True, True, False)
    """
    return is_amount(word) or is_blank(word) or _SHARE.fullmatch(squeeze(word)) is not None


def split_heads(
    words: Sequence[str], is_wanted: Callable[[Sequence[str]], bool], *, whole: bool = False
) -> tuple[list[str], list[str], int] | None:
    """Headers that words spell out, wrapped or not: their texts, their fields, the words taken.

    Each field stands once, but for `rest`. The reading is that of the shortest run of words whose
    fields are wanted, or of all words where they are one ``whole`` header; None without any.
    """
    best: tuple[list[str], list[str], int] | None = None

    def go(at: int, texts: list[str], fields: list[str]) -> None:
        nonlocal best
        if whole and best is not None:
            return
        fits = is_wanted(fields) and (at == len(words) or not whole)
        if fits and (best is None or at < best[2]):
            best = list(texts), list(fields), at
        if best is not None and at >= best[2]:
            return
        for size in range(1, min(MOST_WORDS, len(words) - at) + 1):
            text = "".join(words[at : at + size])
            head = find_head(text) if not text.startswith(("(", "（")) else None
            if head is None or (head.field in fields and head.field != "rest"):
                continue
            go(at + size, [*texts, text], [*fields, head.field])

    go(0, [], [])
    return best


@dataclass
class GridDraft:
    """Rows of a grid under way: ``put`` places texts, ``build`` fills what is left with blanks."""

    width: int
    rows: list[tuple[int, dict[int, GridCell]]] = field(default_factory=list)

    def add_row(self, line: int) -> int:
        """Begin a row that stands on a line of the text; gives its number."""
        self.rows.append((line, {}))
        return len(self.rows) - 1

    def put(
        self,
        column: int,
        text: str,
        span: int = 1,
        doubt: str = "",
        reading: str = "printed",
        settled: Settled | None = None,
    ) -> None:
        """Place a text in the last row."""
        line, cells = self.rows[-1]
        cells[column] = text_cell(
            len(self.rows) - 1,
            column,
            text,
            line,
            reading,
            column_span=span,
            doubt=doubt,
            settled=settled,
        )

    def build(self) -> tuple[Grid, list[Word]]:
        """The grid, and a word for each cell with a digit, in its cell.

        Rows reach from their line to the next row's; rows of one line are set apart a little.
        """
        tops: list[float] = []
        for line, _ in self.rows:
            tops.append(max(float(line), tops[-1] + STEP if tops else 0.0))
        tops.append(tops[-1] + 1)
        cells: list[GridCell] = []
        for number, (_, placed) in enumerate(self.rows):
            column = 0
            while column < self.width:
                held = placed.get(column)
                cell = held or text_cell(number, column, "", 0)
                right = (column + cell.column_span) * COLUMN
                box = Box(column * COLUMN, tops[number], right, tops[number + 1])
                top = (tops[number],) if cell.lines else ()
                cells.append(replace(cell, box=box, line_tops=top))
                column += cell.column_span
        words = [
            Word(cell.text, cell.box)
            for cell in cells
            if cell.box is not None and _DIGIT.search(squeeze(cell.text))
        ]
        box = Box(0.0, tops[0], self.width * COLUMN, tops[-1])
        return Grid(len(self.rows), self.width, tuple(cells), box, FORM_ORIGIN), words

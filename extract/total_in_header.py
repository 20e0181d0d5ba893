"""A total that stands in the last row of its table's header.

Some forms print the words of the columns (合计, 基本支出, 项目支出 below 本年支出) in the row that
also has the total of the table: its label stands below the names, its figures below the headers
that have no words in that row.
"""

from __future__ import annotations

from dataclasses import replace

from extract.figures import is_amount
from extract.page import GridCell
from extract.sheet import Part
from extract.text import squeeze
from extract.vocabulary import Vocabulary

MOST_HEADER = 6
"""A header has no more rows."""
FEWEST_WORDS = 2
"""So many words of columns beside figures are a row of a header."""


def part_total_from_header(part: Part, family: str, vocabulary: Vocabulary) -> Part:
    """The part, its first row with figures taken in two where it is header and total at once.

    The words stay where they are; the label and the figures become the row below them. A part
    without such a row is returned as it is.
    """
    number = next(
        (
            number
            for number, row in enumerate(part.rows[:MOST_HEADER])
            if any(is_amount(cell.text) for cell in row)
        ),
        0,
    )
    if not number:
        return part
    words = _column_words(part, number, family, vocabulary)
    if len(words) < FEWEST_WORDS:
        return part
    at = part.first_row + number
    moved = {
        id(cell): replace(cell, row=cell.row + 1)
        for cell in part.grid.cells
        if cell.row > at or (cell.row == at and id(cell) not in words)
    }
    grid = replace(
        part.grid,
        rows=part.grid.rows + 1,
        cells=tuple(moved.get(id(cell), cell) for cell in part.grid.cells),
    )
    printed = part.rows[number]
    rows = (
        *part.rows[:number],
        tuple(cell for cell in printed if id(cell) in words),
        tuple(moved[id(cell)] for cell in printed if id(cell) not in words),
        *(tuple(moved[id(cell)] for cell in row) for row in part.rows[number + 1 :]),
    )
    return replace(part, rows=rows, grid=grid)


def _column_words(part: Part, number: int, family: str, vocabulary: Vocabulary) -> set[int]:
    """The cells of a row of a total that say what the column below them is; none elsewhere."""
    filled = [cell for cell in part.rows[number] if cell.text.strip()]
    label, *others = filled
    word = vocabulary.row("any", (squeeze(label.text),))
    if word is None or word.row_kind != "total":
        return set()
    texts = [cell for cell in others if not is_amount(cell.text)]
    if not all(_is_below(cell, part, number, family, vocabulary) for cell in texts):
        return set()
    return {id(cell) for cell in texts}


def _is_below(cell: GridCell, part: Part, number: int, family: str, vocabulary: Vocabulary) -> bool:
    """True for a word that, below the header over it, names a column of amounts."""
    above: list[str] = []
    for row in range(number):
        over = part.covering(row)[cell.column]
        text = squeeze(over.text) if over is not None else ""
        if text and text not in above:
            above.append(text)
    found = vocabulary.header(family, (*above, squeeze(cell.text)))
    return bool(above) and found is not None and found.role == "amount"

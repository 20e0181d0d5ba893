"""Columns of a lattice that may be several, or not what rulings say: upright rulings are missing.

Lines of one text stand below one another. Lines beside one another in one cell, and words that go
on over an upright ruling into a cell that holds words of its own, belong to columns or groups of
columns that no ruling shows. Which header is over which figure is not certain in such a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.figures import is_amount
from extract.pdf.calls import Indexes
from extract.pdf.drafts import Draft
from extract.pdf.glyphs import Glyph, Letters
from extract.pdf.writing import Row, Span
from extract.text import has_chinese

BESIDE = 1.0
"""Lines whose middles are nearer than this share of their height are beside one another."""
APART = 0.25
"""Lines beside one another with less than this share of their height between them are one."""
TIGHT = 0.2
"""Characters of words that are nearer than this share of their height stand without a gap."""


def doubt_merged_columns(drafts: Sequence[Draft], *, torn: bool) -> list[Draft]:
    """Put in doubt the rows, or the table, of which a cell holds texts beside one another.

    One cell of a row may lack its ruling alone; where cells of a column do, or one above all
    figures, or where words are ``torn`` by rulings, all columns are in doubt.
    """
    beside = [draft for draft in drafts if lie_beside(draft.lines)]
    if not (beside or torn):
        return list(drafts)
    body = min((draft.row for draft in drafts if any(map(is_amount, draft.texts))), default=0)
    columns = Counter(draft.column for draft in beside)
    if torn or max(columns.values()) > 1 or any(draft.row < body for draft in beside):
        return [replace(draft, doubt=draft.doubt or "ambiguous_column") for draft in drafts]
    rows = {draft.row for draft in beside}
    return [
        replace(draft, doubt=draft.doubt or "several_figures") if draft.row in rows else draft
        for draft in drafts
    ]


def lie_beside(lines: Sequence[Row]) -> bool:
    """True if a cell holds two texts beside one another, on ``lines`` that are not quite level."""
    return any(_are_beside(one, two) for one, two in pairwise(lines)) or any(
        _are_beside(one, two) for one, two in zip(lines, lines[2:], strict=False)
    )


def _are_beside(one: Row, two: Row) -> bool:
    height = min(one.box.y1 - one.box.y0, two.box.y1 - two.box.y0)
    left, right = sorted((one, two), key=lambda line: line.box.x0)
    return (
        abs(one.box.middle[1] - two.box.middle[1]) < BESIDE * height
        and right.box.x0 - left.box.x1 > APART * height
        and any(map(has_chinese, (one.text, two.text)))
    )


def cells_torn(
    several: Sequence[Span], letters: Letters, places: Indexes, held: Mapping[int, Sequence[Glyph]]
) -> set[int]:
    """The places of cells into which words go on over a ruling, beside words of their own.

    ``several`` are the runs of characters that lie in more than one cell, ``held`` what stands in
    each cell.
    """
    return {
        after
        for start, end in several
        if has_chinese(letters.text[start:end])
        for after in _goes_on_in(start, end, letters, places)
        if any(not start <= glyph.start < end for glyph in held.get(after, ()))
    }


def _goes_on_in(start: int, end: int, letters: Letters, places: Indexes) -> Iterator[int]:
    for at in range(start + 1, end):
        before, after = int(places[at - 1]), int(places[at])
        gap = letters.x0[at] - letters.x1[at - 1]
        height = letters.y1[at] - letters.y0[at]
        if before != after and min(before, after) >= 0 and abs(gap) <= TIGHT * height:
            yield after

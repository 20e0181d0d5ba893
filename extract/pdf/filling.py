"""Characters into the cells of a lattice, and what is odd about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.figures import is_amount
from extract.page import Grid, GridCell, bounds
from extract.pdf.calls import Indexes
from extract.pdf.drafts import Draft, finish_cell
from extract.pdf.glyphs import Glyph, Letters, single_glyphs
from extract.pdf.lattice import Lattice
from extract.pdf.merged_columns import cells_torn, doubt_merged_columns, lie_beside
from extract.pdf.merged_rows import doubt_merged_rows
from extract.pdf.open_rows import (
    doubt_uneven_rows,
    join_wrapped_figures,
    split_open_rows,
)
from extract.pdf.stream_columns import ALIGNED, is_money, split_words
from extract.pdf.stream_rows import cut_open_rows
from extract.pdf.writing import Row, Span, is_figure_like, pieces_of, rows_of

TIGHT = 0.08
"""Characters nearer than this share of their height are set as one run."""

ONE_HEIGHT = 1.0
"""Texts of a row no farther (points) from the first one, up or down, surely stand at one height."""

_NO_PIECES: Sequence[Glyph] = ()
_SHORT_CODE = re.compile(r"[0-9]{2,3}")
_CODE_AND_NAME = re.compile(r"[0-9]{2} .*[\u4e00-\u9fff]{2}.*")

LATTICE = 1 << 20
"""Place of a character: so many for each lattice before its own, and its cell there; -1: none."""


def fill_lattices(
    lattices: Sequence[Lattice], letters: Letters, runs: Sequence[Span]
) -> tuple[list[Grid], list[Glyph], list[str]]:
    """Put each character into the smallest lattice around it.

    Gives the grids, the characters outside of them, and what is odd, in words.
    """
    if not lattices:
        return [], pieces_of(letters, runs, None)[0], []
    places = _places(lattices, letters)
    several = _in_several_cells(runs, places)
    across = {start: end for start, end in several if is_figure_like(letters.text[start:end])}
    held: dict[int, list[Glyph]] = {}
    rest: list[Glyph] = []
    pieces, own = pieces_of(letters, runs, places)
    for piece, place in zip(pieces, own, strict=True):
        if place < 0:
            rest.append(piece)
        elif not across or not any(start <= piece.start < end for start, end in across.items()):
            held.setdefault(place, []).append(piece)
    cut = [
        [
            (int(places[glyph.start]), glyph)
            for glyph in single_glyphs(letters, start, end)
            if places[glyph.start] >= 0
        ]
        for start, end in across.items()
    ]
    doubtful = _put_back(cut, held)
    filled = {place // LATTICE for place in held}
    torn = {place // LATTICE for place in cells_torn(several, letters, places, held)}
    grids = [
        _grid(index, lattice, held, doubtful, torn=index in torn)
        for index, lattice in enumerate(lattices)
        if index in filled
    ]
    doubts = [
        f"odd cell at row {region.row + 1}, column {region.column + 1}"
        for lattice in lattices
        for region in lattice.regions
        if not region.whole
    ]
    doubts += ["a figure lies across a ruling"] * bool(doubtful)
    return grids, rest, doubts


def _size(lattice: Lattice) -> float:
    return (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0])


def _places(lattices: Sequence[Lattice], letters: Letters) -> Indexes:
    """The place of each character."""
    x, y = letters.middles()
    places = np.full(len(letters), -1)
    for index in sorted(range(len(lattices)), key=lambda index: _size(lattices[index])):
        found = lattices[index].regions_at(x, y)
        places = np.where((places < 0) & (found >= 0), index * LATTICE + found, places)
    return places


def _in_several_cells(runs: Sequence[Span], places: Indexes) -> list[Span]:
    """The runs of characters that lie in more than one cell."""
    if not runs:
        return []
    starts = [start for start, _ in runs]
    high = np.maximum.reduceat(places, starts)
    low = np.minimum.reduceat(np.where(places < 0, np.iinfo(places.dtype).max, places), starts)
    return [runs[at] for at in np.flatnonzero((high >= 0) & (low != high)).tolist()]


def _put_back(cut: Sequence[Sequence[tuple[int, Glyph]]], held: dict[int, list[Glyph]]) -> set[int]:
    """Place the figures that lie across a ruling; gives the cells whose figures are in doubt.

    A figure that is wider than its cell runs over the border into an empty one: it belongs where
    most of it is. Where the other cell is not empty nobody can tell whose the characters are.
    """
    doubtful: set[int] = set()
    taken = set(held)
    for placed in cut:
        places = [place for place, _ in placed]
        home = max(sorted(set(places)), key=places.count)
        tight = _is_tight([glyph for _, glyph in placed], places)
        text = "".join(glyph.text for _, glyph in placed)
        others = set(places) - {home}
        alone = is_amount(text) and places.count(home) * 10 >= 6 * len(places)
        if tight and alone and not others & taken:
            held.setdefault(home, []).extend(glyph for _, glyph in placed)
            continue
        if tight:
            doubtful |= set(places)
        for place, glyph in placed:
            held.setdefault(place, []).append(glyph)
    return doubtful


def _is_tight(glyphs: Sequence[Glyph], places: Sequence[int]) -> bool:
    """True if no gap parts the characters where the cells change."""
    for number in range(1, len(glyphs)):
        one, two = glyphs[number - 1].box, glyphs[number].box
        if places[number] != places[number - 1] and two.x0 - one.x1 > TIGHT * (one.y1 - one.y0):
            return False
    return True


def _grid(
    index: int, lattice: Lattice, held: dict[int, list[Glyph]], doubtful: set[int], *, torn: bool
) -> Grid:
    """The cells of a lattice: as they are where nothing is odd, else by way of drafts."""
    own = range(index * LATTICE, index * LATTICE + len(lattice.regions))
    pieces = [held.get(place, _NO_PIECES) for place in own]
    lines = {at: tuple(rows_of(found)) for at, found in enumerate(pieces) if len(found) > 1}
    if not torn and doubtful.isdisjoint(own) and _is_plain(lattice, pieces, lines):
        return _plain_grid(lattice, pieces, lines)
    drafts = [
        _draft(lattice, at, pieces, lines, "unreadable_figure" if place in doubtful else "")
        for at, place in enumerate(own)
    ]
    drafts = doubt_merged_columns(drafts, torn=torn)
    ys, drafts = cut_open_rows(lattice.ys, join_wrapped_figures(drafts))
    ys, drafts = split_open_rows(ys, drafts)
    if len(ys) > len(lattice.ys):
        drafts = _without_borders(lattice, drafts)
    if len(ys) > len(lattice.ys):
        drafts = _doubt_over_borders(lattice, drafts)
    if _lacks_ruling(drafts) or _mixes_header(lattice, ys, drafts):
        drafts = [replace(draft, doubt=draft.doubt or "ambiguous_column") for draft in drafts]
    return Grid(
        rows=len(ys) - 1,
        columns=len(lattice.xs) - 1,
        cells=tuple(
            finish_cell(draft) for draft in doubt_merged_rows(doubt_uneven_rows(drafts), lattice.ys)
        ),
        box=lattice.box,
    )


def _plain_grid(
    lattice: Lattice, pieces: Sequence[Sequence[Glyph]], lines: Mapping[int, tuple[Row, ...]]
) -> Grid:
    """The grid whose cells are the cells of the lattice."""
    cells: list[GridCell] = []
    boxes = lattice.region_boxes()
    for at, (region, found, box) in enumerate(zip(lattice.regions, pieces, boxes, strict=True)):
        texts: tuple[str, ...] = ()
        tops: tuple[float, ...] = ()
        if at in lines:
            texts = tuple([line.text for line in lines[at]])
            tops = tuple([line.box.y0 for line in lines[at]])
        elif found:
            texts, tops = (found[0].text,), (found[0].box.y0,)
        row, column, tall, wide, _ = region
        cells.append(GridCell(row, column, tall, wide, texts, box, tops))
    return Grid(len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(cells), lattice.box)


def _is_plain(
    lattice: Lattice, pieces: Sequence[Sequence[Glyph]], lines: Mapping[int, tuple[Row, ...]]
) -> bool:
    """True if there is nothing to cut, to join, or to doubt: that is so in most tables.

    Only a cell of several pieces, or figures that stand on different heights of one row, can be
    odd: the rows that hold such are looked at, and no others. Rows of several lines are looked at
    apart: beside rows of one line they would be held against their height, and fewer be odd.
    """
    for several in lines.values():
        texts = [line.text for line in several]
        if any(" " in text for text in texts) or (len(texts) > 1 and is_amount("".join(texts))):
            return False
        if lie_beside(several):
            return False
    regions = lattice.regions
    wrapped = {
        regions[at].row
        for at, several in lines.items()
        if len(several) > 1 and regions[at].row_span == 1
    }
    odd = {regions[at].row for at in lines}
    heights: dict[int, float] = {}
    for region, found in zip(regions, pieces, strict=True):
        if len(found) == 1 and region.row_span == 1:
            _, y0, _, y1 = found[0].box
            y = (y0 + y1) / 2
            if abs(y - heights.setdefault(region.row, y)) > ONE_HEIGHT:
                odd.add(region.row)
    for rows in (wrapped, odd - wrapped):
        drafts = [
            _draft(lattice, at, pieces, lines)
            for at, region in enumerate(regions)
            if region.row in rows
        ]
        ys, drafts = cut_open_rows(lattice.ys, drafts)
        ys, drafts = split_open_rows(ys, drafts)
        drafts = doubt_merged_rows(doubt_uneven_rows(drafts), lattice.ys)
        if len(ys) > len(lattice.ys) or any(draft.doubt for draft in drafts):
            return False
    return True


def _draft(
    lattice: Lattice,
    at: int,
    pieces: Sequence[Sequence[Glyph]],
    lines: Mapping[int, tuple[Row, ...]],
    doubt: str = "",
) -> Draft:
    region = lattice.regions[at]
    row, column, tall, wide, _ = region
    own = lines[at] if at in lines else tuple([Row((piece,)) for piece in pieces[at]])
    return Draft(row, column, tall, wide, lattice.region_box(region), own, doubt)


def _without_borders(lattice: Lattice, drafts: Sequence[Draft]) -> list[Draft]:
    """Put together cells of rows that were cut, where no ruling parts them at their own height.

    A label over code and name (合计) has no upright ruling inside, while the rows around it have.
    """
    borders = set(lattice.ys)
    made: list[Draft] = []
    for draft in sorted(drafts, key=lambda item: (item.row, item.column)):
        last = made[-1] if made else None
        box = draft.box
        cut = box.y0 not in borders or box.y1 not in borders
        if (
            last is not None
            and cut
            and (last.row, last.row_span) == (draft.row, draft.row_span)
            and last.column + last.column_span == draft.column
            and not lattice.parts(draft.column, box.y0, box.y1)
            and not any(is_amount(text) for text in (*last.texts, *draft.texts))
        ):
            lines = rows_of(
                [glyph for line in (*last.lines, *draft.lines) for glyph in line.glyphs]
            )
            made[-1] = replace(
                last,
                column_span=last.column_span + draft.column_span,
                box=bounds([last.box, box]),
                lines=tuple(lines) if last.lines and draft.lines else last.lines or draft.lines,
            )
        else:
            made.append(draft)
    return made


def _doubt_over_borders(lattice: Lattice, drafts: Sequence[Draft]) -> list[Draft]:
    """Put cut rows in doubt in which words lie over a ruling at their own height."""
    rows = {
        draft.row
        for draft in drafts
        if draft.lines
        and draft.row_span == 1
        and (draft.box.y0 not in lattice.ys or draft.box.y1 not in lattice.ys)
        and any(
            lattice.parts(draft.column + at, draft.box.y0, draft.box.y1)
            for at in range(1, draft.column_span)
        )
    }
    return [
        replace(draft, doubt=draft.doubt or "ambiguous_column") if draft.row in rows else draft
        for draft in drafts
    ]


def _lacks_ruling(drafts: Sequence[Draft]) -> bool:
    """True if cells of one column hold, side by side, what two columns would.

    They are names or figures beside figures that end at one place, or the rest of codes beside
    names. Which header is over which figure is not certain in such a table.
    """
    ends: dict[int, list[float]] = {}
    codes: Counter[int] = Counter()
    spaced = [d for d in drafts if len(d.lines) == 1 and " " in d.lines[0].text]
    if not spaced:
        return False
    digits = {(d.row, d.column) for d in drafts if _SHORT_CODE.fullmatch(_text_of(d))}
    for draft in spaced:
        words = split_words(draft.lines[0])
        if len(words) > 1 and is_money(words[-1].text):
            ends.setdefault(draft.column, []).append(words[-1].box.x1)
        if (draft.row, draft.column - 1) in digits and _CODE_AND_NAME.fullmatch(
            draft.lines[0].text
        ):
            codes[draft.column] += 1
    return any(count > 1 for count in codes.values()) or any(
        sum(1 for other in found if abs(other - end) <= ALIGNED) > 1
        for found in ends.values()
        for end in found
    )


def _mixes_header(lattice: Lattice, ys: Sequence[float], drafts: Sequence[Draft]) -> bool:
    """True if a header of several lines was cut from figures in one ruled row.

    Groups and the columns below them stand in one cell there: which is which is not certain.
    """
    ruled = set(lattice.ys)
    amounts = {d.column for d in drafts if any(is_amount(text) for text in d.texts)}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        if top not in ruled or bottom in ruled:
            continue
        first = [draft for draft in drafts if draft.row == row and draft.lines]
        if any(is_amount(text) for draft in first for text in draft.texts):
            continue
        if any(len(draft.lines) > 1 for draft in first) and any(
            draft.column in amounts for draft in first
        ):
            return True
    return False


def _text_of(draft: Draft) -> str:
    return "".join(draft.texts)

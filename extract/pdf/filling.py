"""Characters into the cells of a lattice, and what is odd about it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures import is_amount
from extract.page import Grid
from extract.pdf.glyphs import Glyph
from extract.pdf.lattice import Lattice
from extract.pdf.open_rows import (
    Draft,
    doubt_uneven_rows,
    finish_cell,
    join_wrapped_figures,
    split_open_rows,
)
from extract.pdf.writing import is_figure_like, rows_of

TIGHT = 0.08
"""Characters nearer than this share of their height are set as one run."""

Place = tuple[int, int]
"""A cell: the number of its lattice and of its region there."""


def fill_lattices(
    lattices: Sequence[Lattice], runs: Sequence[Sequence[Glyph]]
) -> tuple[list[Grid], list[Glyph], list[str]]:
    """Put each character into the smallest lattice around it.

    Gives the grids, the characters outside of them, and what is odd, in words.
    """
    order = sorted(range(len(lattices)), key=lambda index: _size(lattices[index]))
    held: dict[Place, list[Glyph]] = {}
    rest: list[Glyph] = []
    cut: list[list[tuple[Place, Glyph]]] = []
    for run in runs:
        placed: list[tuple[Place, Glyph]] = []
        for glyph in run:
            place = _place(glyph, lattices, order)
            if place is None:
                rest.append(glyph)
            else:
                placed.append((place, glyph))
        if len({place for place, _ in placed}) > 1 and is_figure_like(run):
            cut.append(placed)
        else:
            for place, glyph in placed:
                held.setdefault(place, []).append(glyph)
    doubtful = _put_back(cut, held)
    grids = [
        _grid(index, lattice, held, doubtful)
        for index, lattice in enumerate(lattices)
        if any(key[0] == index for key in held)
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


def _place(glyph: Glyph, lattices: Sequence[Lattice], order: Sequence[int]) -> Place | None:
    for index in order:
        region = lattices[index].region_at(glyph)
        if region is not None:
            return index, region
    return None


def _put_back(
    cut: Sequence[Sequence[tuple[Place, Glyph]]], held: dict[Place, list[Glyph]]
) -> set[Place]:
    """Place the figures that lie across a ruling; gives the cells whose figures are in doubt.

    A figure that is wider than its cell runs over the border into an empty one: it belongs where
    most of it is. Where the other cell is not empty nobody can tell whose the characters are.
    """
    doubtful: set[Place] = set()
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


def _is_tight(glyphs: Sequence[Glyph], places: Sequence[Place]) -> bool:
    """True if no gap parts the characters where the cells change."""
    for number in range(1, len(glyphs)):
        one, two = glyphs[number - 1].box, glyphs[number].box
        if places[number] != places[number - 1] and two.x0 - one.x1 > TIGHT * (one.y1 - one.y0):
            return False
    return True


def _grid(
    index: int, lattice: Lattice, held: dict[Place, list[Glyph]], doubtful: set[Place]
) -> Grid:
    drafts = [
        Draft(
            row=region.row,
            column=region.column,
            row_span=region.row_span,
            column_span=region.column_span,
            box=lattice.region_box(region),
            lines=tuple(rows_of(held.get((index, at), []))),
            doubt="unreadable_figure" if (index, at) in doubtful else "",
        )
        for at, region in enumerate(lattice.regions)
    ]
    ys, drafts = split_open_rows(lattice.ys, join_wrapped_figures(drafts))
    return Grid(
        rows=len(ys) - 1,
        columns=len(lattice.xs) - 1,
        cells=tuple(finish_cell(draft) for draft in doubt_uneven_rows(drafts)),
        box=lattice.box,
    )

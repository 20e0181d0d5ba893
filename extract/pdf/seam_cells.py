"""Cells over several columns in a table whose columns only the ends of its lines show.

In a header a text is centred over the columns that are its; below it a label is, where it does
not begin as others of its column do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.figures import is_amount, is_blank
from extract.pdf.calls import Indexes
from extract.pdf.glyphs import Letters
from extract.pdf.lattice import Lattice, Region, find_lattices
from extract.pdf.paint import Ruling

END = 1.2
"""Ends of lines that differ by fewer points are one."""
CENTRED = 1.5
"""A text is centred in its cell within so many points."""
LEFT = 5.0
"""A text at the left of its cell is no farther from the border than so many points."""
SAME_START = 0.6
"""Texts of one column begin at one place within so many points."""

_COUNT = re.compile(r"[0-9]{1,2}", re.ASCII)
_YEAR = re.compile(r"20[0-9]{2}$", re.ASCII)
_ROW_START = re.compile(r"[一二三四五六七八九十廿]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")


def join_cells(flat: Sequence[Ruling], walls: Sequence[Ruling], letters: Letters) -> Lattice | None:
    """The lattice, with the cells put together that one text is centred over.

    ``flat`` are the horizontal rulings, ``walls`` the upright ones between all cells. The header
    ends above the first row of figures, or, if its blank cells have no one text that is centred
    over them, above the first label. None where neither gives one way.
    """
    first = find_lattices([*flat, *walls])
    if len(first) != 1 or len(first[0].xs) < 3:
        return None
    lattice = first[0]
    places = lattice.regions_at(*letters.middles())
    figures_from = _first_body_row(lattice, places, letters)
    labels_from = _first_label_row(lattice, places, letters)
    drop = _to_drop(lattice, places, letters, figures_from, figures_from)
    if drop is None and labels_from < figures_from:
        drop = _to_drop(lattice, places, letters, labels_from, figures_from)
    if not drop:
        return None if drop is None else lattice
    kept = [wall for wall in walls if not any(_covers(wall, *place) for place in drop)]
    last = find_lattices([*flat, *kept])
    return last[0] if len(last) == 1 else None


def _to_drop(
    lattice: Lattice, places: Indexes, letters: Letters, body: int, figures_from: int
) -> list[tuple[float, float, float]] | None:
    """The borders inside of cells over several columns, if the table's body begins at ``body``."""
    figures = _figure_columns(lattice, places, letters, body)
    starts = _starts(lattice, places, letters, body)
    drop: list[tuple[float, float, float]] = []
    for run in _rows_of_cells(lattice):
        texts = [_extent(letters, np.flatnonzero(places == at)) for at, _ in run]
        if None not in texts or not any(texts):
            continue
        regions = [region for _, region in run]
        words = [not is_amount(_text(letters, places, at)) for at, _ in run]
        if regions[0].row < body:
            spans = _spans(regions, texts, lattice)
            if spans is None:
                return None
        elif regions[0].row < figures_from and _may_hold_group(run, texts, words, figures):
            return None
        else:
            spans = _centred(regions, texts, words, starts, figures, lattice)
        drop += _inner_borders(regions, spans, lattice)
    return drop


def _covers(wall: Ruling, x: float, top: float, bottom: float) -> bool:
    middle = (wall.start + wall.end) / 2
    return abs(wall.at - x) <= END and top < middle < bottom


def _first_body_row(lattice: Lattice, places: Indexes, letters: Letters) -> int:
    """The first row with a figure or a label that begins as rows do; after one that counts."""
    texts: list[list[str]] = [[] for _ in range(len(lattice.ys) - 1)]
    for at, region in enumerate(lattice.regions):
        texts[region.row].append(_text(letters, places, at))
    for row, held in enumerate(texts):
        numbers = [int(text) for text in held if _COUNT.fullmatch(text)]
        if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return row + 1
        if any(is_amount(text) and not _YEAR.match(text) for text in held):
            return row
        if any(text and is_blank(text) for text in held):
            return row  # a dash stands for a blank figure
        if any(_ROW_START.match(text) for text in held):
            return row
    return 0


def _first_label_row(lattice: Lattice, places: Indexes, letters: Letters) -> int:
    """The first row with a text that begins where others of its column do: header words do not.

    Nor does a header have a row with nothing but a text in the first column.
    """
    starts = _starts(lattice, places, letters, 0)
    for at in sorted(range(len(lattice.regions)), key=lambda n: lattice.regions[n].row):
        region = lattice.regions[at]
        text = _extent(letters, np.flatnonzero(places == at))
        if text is None:
            continue
        row = [n for n, other in enumerate(lattice.regions) if other.row == region.row]
        if region.column == 0 and not any(_text(letters, places, n) for n in row if n != at):
            if len(row) > 1 and not _is_centred(text, [lattice.regions[n] for n in row], lattice):
                return region.row
            continue
        if _is_centred(text, [region], lattice):
            continue
        alike = [x for x in starts.get(region.column, ()) if abs(x - text[0]) <= SAME_START]
        if text[0] - lattice.xs[region.column] <= LEFT and len(alike) > 1:
            return region.row
    return len(lattice.ys)


def _may_hold_group(
    run: Sequence[tuple[int, Region]],
    texts: Sequence[tuple[float, float] | None],
    words: Sequence[bool],
    figures: set[int],
) -> bool:
    """True for words above figures beside a blank: a group that is set at the left of its cell."""
    return any(
        texts[at] is not None
        and words[at]
        and run[at][1].column in figures
        and at + 1 < len(run)
        and texts[at + 1] is None
        for at in range(len(run))
    )


def _rows_of_cells(lattice: Lattice) -> list[list[tuple[int, Region]]]:
    """Cells side by side that begin and end at the same heights."""
    runs: list[list[tuple[int, Region]]] = []
    numbered = sorted(
        enumerate(lattice.regions),
        key=lambda item: (item[1].row, item[1].column),
    )
    for at, region in numbered:
        last = runs[-1][-1][1] if runs else None
        if (
            last is not None
            and (last.row, last.row_span) == (region.row, region.row_span)
            and last.column + last.column_span == region.column
        ):
            runs[-1].append((at, region))
        else:
            runs.append([(at, region)])
    return runs


def _inner_borders(
    regions: Sequence[Region], spans: Sequence[tuple[int, int]], lattice: Lattice
) -> list[tuple[float, float, float]]:
    """The borders inside of cells that are put together: their place, top and bottom."""
    boxes = [lattice.region_box(region) for a, b in spans for region in regions[a + 1 : b]]
    return [(box.x0, box.y0, box.y1) for box in boxes]


def _text(letters: Letters, places: Indexes, at: int) -> str:
    found = "".join(letters.text[n] for n in np.flatnonzero(places == at).tolist())
    return "".join(found.split())


def _starts(
    lattice: Lattice, places: Indexes, letters: Letters, body: int
) -> dict[int, list[float]]:
    """Where the words of each column begin, from the row ``body`` on."""
    starts: dict[int, list[float]] = {}
    for at, region in enumerate(lattice.regions):
        text = _extent(letters, np.flatnonzero(places == at)) if region.row >= body else None
        if text is not None and not is_amount(_text(letters, places, at)):
            starts.setdefault(region.column, []).append(text[0])
    return starts


def _figure_columns(lattice: Lattice, places: Indexes, letters: Letters, body: int) -> set[int]:
    """Columns in which more texts are figures than words, below the header."""
    counts: dict[int, int] = {}
    for at, region in enumerate(lattice.regions):
        text = _text(letters, places, at) if region.row >= body else ""
        if text:
            counts[region.column] = counts.get(region.column, 0) + (1 if is_amount(text) else -1)
    return {column for column, count in counts.items() if count > 0}


def _centred(
    regions: Sequence[Region],
    texts: Sequence[tuple[float, float] | None],
    words: Sequence[bool],
    starts: dict[int, list[float]],
    figures: set[int],
    lattice: Lattice,
) -> list[tuple[int, int]]:
    """Labels that are centred over several cells of a row, where that is seen for certain.

    It is no text at the left of its cell, as others of its column, and it fits one way.
    """
    found: list[tuple[int, int]] = []
    for at, text in enumerate(texts):
        if text is None or not words[at]:
            continue
        alike = [x for x in starts.get(regions[at].column, ()) if abs(x - text[0]) <= CENTRED]
        if len(alike) > 1:
            continue
        low = max((n + 1 for n in range(at) if texts[n] is not None), default=0)
        high = min((n for n in range(at + 1, len(texts)) if texts[n] is not None), default=None)
        ways = [
            (a, b)
            for a in range(low, at + 1)
            for b in range(at + 1, (len(texts) if high is None else high) + 1)
            if _is_centred(text, regions[a:b], lattice)
            and not (b == a + 1 and regions[a].column in figures)
        ]
        if len(ways) == 1 and ways[0] != (at, at + 1):
            found += ways
    return [
        one
        for one in found
        if not any(other is not one and other[0] < one[1] and one[0] < other[1] for other in found)
    ]


def _is_centred(text: tuple[float, float], regions: Sequence[Region], lattice: Lattice) -> bool:
    left, last = lattice.xs[regions[0].column], regions[-1]
    right = lattice.xs[last.column + last.column_span]
    return abs(left + right - text[0] - text[1]) <= 2 * CENTRED


def _extent(letters: Letters, at: Indexes) -> tuple[float, float] | None:
    """Left and right end of the characters of a cell; None for a blank one."""
    inked = [n for n in at.tolist() if letters.text[n].strip()]
    if not inked:
        return None
    return float(min(letters.x0[n] for n in inked)), float(max(letters.x1[n] for n in inked))


def _spans(
    regions: Sequence[Region], texts: Sequence[tuple[float, float] | None], lattice: Lattice
) -> list[tuple[int, int]] | None:
    """Share blank cells out to the texts beside them; None if that goes in no or several ways."""
    inked = [at for at, text in enumerate(texts) if text is not None]
    gaps = [range(one + 1, two + 1) for one, two in pairwise(inked)]
    ways: list[list[tuple[int, int]]] = [[]]
    for number, at in enumerate(inked):
        text = texts[at]
        assert text is not None
        more: list[list[tuple[int, int]]] = []
        for way in ways:
            start = way[-1][1] if way else 0
            ends = gaps[number] if number < len(gaps) else range(len(regions), len(regions) + 1)
            for end in ends:
                if _is_centred(text, regions[start:end], lattice):
                    more.append([*way, (start, end)])
        ways = more
    return ways[0] if len(ways) == 1 else None

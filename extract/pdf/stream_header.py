"""The header of a table without upright rulings: which words are one cell, and what it is over.

Cells are told by how such headers are set: a wrapped text is centred in its cell, a cell that
takes all rows of the header stands at half its height, a group is centred over its columns.
Rulings between the rows of a header say the same for certain. What does not fit is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb

from extract.pdf.paint import Ruling
from extract.pdf.stream_columns import Printed, Strip, amount_columns, edges_of, em_of
from extract.pdf.stream_texts import (
    LEVEL,
    HeaderText,
    below,
    fragments_of,
    height_of,
    inner_rulings,
    is_ruled,
    texts_of_header,
)
from extract.pdf.writing import Row

MOST_WAYS = 2000
"""A header in which columns could be shared out in more ways than this is not read."""
SURELY, PERHAPS = 2, 1
"""How certain it is that a column needs a group above what it has."""


@dataclass(frozen=True)
class HeaderCell:
    """A cell of the header: its place, how many rows and columns it takes, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Row, ...]


@dataclass(frozen=True)
class Header:
    """The header: its cells in ``rows`` rows, where it ends, the table's columns with those that
    only the header shows, and the numbers of the columns that it does not name for certain."""

    strips: tuple[Strip, ...]
    cells: tuple[HeaderCell, ...]
    rows: int
    doubtful: frozenset[int]
    bottom: float


def read_header(
    lines: Sequence[Printed],
    index: Printed | None,
    strips: Sequence[Strip],
    body: Sequence[Printed],
    rulings: Sequence[Ruling],
) -> Header:
    """The header of these lines over the columns of the body; ``index`` counts the columns."""
    glyphs = [glyph for line in lines for glyph in line.line.glyphs]
    every = [*lines, *([index] if index else [])]
    bottom = (
        max(height_of(line.line) + em_of(line.line.glyphs) / 2 for line in every) + body[0].top
    ) / 2
    fragments = fragments_of(glyphs)
    inner = inner_rulings(rulings, fragments, bottom)
    cells = texts_of_header(fragments, inner)
    columns, leaves = _match(cells, strips, amount_columns(strips, body))
    heads = [leaves[at].box if at in leaves else None for at in range(len(columns))]
    _spread(leaves, edges_of(columns, body, heads))
    heads = [
        leaves[at].box if at in leaves and len(leaves[at].span) == 1 else None
        for at in range(len(columns))
    ]
    edges = edges_of(columns, body, heads)
    groups = [cell for cell in cells if not any(cell is leaf for leaf in leaves.values())]
    doubtful = set(range(len(columns))) - set(leaves)
    tops: dict[int, HeaderText] = dict(leaves)
    doubtful |= _place_groups(groups, tops, leaves, columns, edges, inner)
    made, high = _grid(leaves, groups, len(columns))
    if index is not None:
        made += _index_cells(index, columns, high)
        high += 1
    return Header(tuple(columns), tuple(made), high, frozenset(doubtful), bottom)


def _match(
    cells: Sequence[HeaderText], strips: Sequence[Strip], amounts: Sequence[bool]
) -> tuple[list[Strip], dict[int, HeaderText]]:
    """The columns, with those in which no row prints anything, and the lowest cell of each.

    A header word is centred in its column while figures stand at its right end and names at its
    left: where they do not meet, words and columns between two certain ones are paired in order.
    A group over two columns may stand between their figures: it stands in the upper half.
    """
    lowest = [cell for cell in cells if not below(cell, cells)]
    half = (min(c.top for c in cells) + max(c.bottom for c in cells)) / 2 if cells else 0.0
    own: dict[int, HeaderText] = {}
    loose: list[HeaderText] = []
    several: list[HeaderText] = []
    for cell in sorted(lowest, key=lambda item: -item.middle):
        low = cell.middle >= half - LEVEL * cell.em
        under = [at for at, strip in enumerate(strips) if strip.overlaps(cell.box)]
        if len(under) > 1:
            under = [at for at in under if _own(cell, strips[at], strips)] or under
        if len(under) == 1 and under[0] not in own:
            own[under[0]] = cell
        elif len(under) > 1:
            several.append(cell)
        elif low:
            loose.append(cell)
    for cell in several:
        under = [at for at, strip in enumerate(strips) if strip.overlaps(cell.box)]
        free = [at for at in under if at not in own]
        if cell.middle < half - LEVEL * cell.em:
            continue
        if free == under:
            own |= dict.fromkeys(free, cell)
        elif len(free) == 1:
            own[free[0]] = cell
    fresh = _pair_in_order(own, loose, strips, amounts)
    columns = [*strips, *(Strip(cell.box.x0, cell.box.x1) for cell in fresh)]
    order = sorted(range(len(columns)), key=lambda at: columns[at].left)
    held = {**own, **{len(strips) + n: cell for n, cell in enumerate(fresh)}}
    leaves = {new: held[old] for new, old in enumerate(order) if old in held}
    columns = [columns[old] for old in order]
    for at, cell in leaves.items():
        cell.span = (*cell.span, at)
    return columns, leaves


def _pair_in_order(
    own: dict[int, HeaderText],
    loose: list[HeaderText],
    strips: Sequence[Strip],
    amounts: Sequence[bool],
) -> list[HeaderText]:
    """Give columns without a header word the loose words beside them; the words that are left."""
    left = sorted(loose, key=lambda cell: cell.centre)
    for run in _runs([at for at in range(len(strips)) if at not in own]):
        low = own[run[0] - 1].centre if run[0] - 1 in own else float("-inf")
        high = own[run[-1] + 1].centre if run[-1] + 1 in own else float("inf")
        here = [cell for cell in left if low < cell.centre < high]
        if len(here) == len(run):
            pairs = list(zip(run, here, strict=True))
        else:
            pairs = []
            for at in sorted(run, key=lambda n: not amounts[n]):
                taken = [cell for _, cell in pairs]
                free = [c for c in here if all(c is not other for other in taken)]
                side = [c for c in free if _is_beside(c, at, strips, amounts)]
                if side:
                    pairs.append((at, min(side, key=lambda c: abs(c.centre - strips[at].middle))))
        for at, cell in pairs:
            own[at] = cell
            left = [other for other in left if other is not cell]
    return left


def _is_beside(cell: HeaderText, at: int, strips: Sequence[Strip], amounts: Sequence[bool]) -> bool:
    """True if a header word stands where that of a column would: before figures, after names."""
    if (cell.centre < strips[at].middle) is not amounts[at]:
        return False
    between = range(at - 1, -1, -1) if amounts[at] else range(at + 1, len(strips))
    near = next(iter(between), None)
    if near is None:
        return True
    return (cell.centre > strips[near].middle) is amounts[at]


def _own(cell: HeaderText, strip: Strip, columns: Sequence[Strip]) -> bool:
    """True if a cell that reaches over several columns stands over this one."""
    box = cell.box
    shares = {
        other: min(box.x1, other.right) - max(box.x0, other.left)
        for other in columns
        if other.overlaps(box)
    }
    rest = [share for other, share in shares.items() if other is not strip]
    return strip.left <= cell.centre <= strip.right and shares[strip] > 3 * max(rest, default=0.0)


def _spread(leaves: dict[int, HeaderText], edges: Sequence[tuple[float, float]]) -> None:
    """Give columns without a header of their own to a cell beside that is centred over them too."""
    for at in sorted(leaves):
        cell = leaves[at]
        if len(cell.span) != 1:
            continue
        best, off = (at, at), _off(cell, at, at, edges)
        for first in range(at, -1, -1):
            if first != at and first in leaves:
                break
            for last in range(at, len(edges)):
                if last != at and last in leaves:
                    break
                miss = _off(cell, first, last, edges)
                wider = last - first > best[1] - best[0]
                if wider and miss <= cell.em and miss < off + 0.3 * cell.em:
                    best, off = (first, last), miss
        if best != (at, at):
            cell.span = tuple(range(best[0], best[1] + 1))
            leaves |= dict.fromkeys(cell.span, cell)


def _off(cell: HeaderText, first: int, last: int, edges: Sequence[tuple[float, float]]) -> float:
    return abs((edges[first][0] + edges[last][1]) / 2 - cell.centre)


def _place_groups(
    groups: list[HeaderText],
    tops: dict[int, HeaderText],
    leaves: dict[int, HeaderText],
    columns: Sequence[Strip],
    edges: Sequence[tuple[float, float]],
    inner: Sequence[Ruling],
) -> set[int]:
    """Say over which columns each group stands, the lowest first; gives the columns in doubt."""
    doubtful: set[int] = set()
    floor = max((cell.bottom for cell in leaves.values()), default=0.0)
    left = sorted(groups, key=lambda cell: -cell.middle)
    while left:
        level = [g for g in left if left[0].middle - g.middle <= 0.5 * g.em]
        left = [g for g in left if all(g is not other for other in level)]
        lows = {
            at: _low(top, leaves[at], at, level, columns, floor, inner)
            for at, top in tops.items()
            if at in leaves
        }
        need = _needs(lows)
        for run in _runs(sorted(at for at, how in need.items() if how)):
            own = [g for g in level if edges[run[0]][0] <= g.centre <= edges[run[-1]][1]]
            own.sort(key=lambda g: g.centre)
            spans, sure = _share_out(run, own, edges, {at for at in run if need[at] == SURELY})
            if not sure:
                doubtful |= set(run)
            for group, span in zip(own, spans, strict=True):
                group.span = span
                tops |= dict.fromkeys(span, group)
        if any(not g.span or (len(g.span) == 1 and not inner) for g in level):
            return set(range(len(columns)))  # a word is left, or a cell was cut in two
    return doubtful


def _low(
    top: HeaderText,
    leaf: HeaderText,
    at: int,
    level: Sequence[HeaderText],
    columns: Sequence[Strip],
    floor: float,
    inner: Sequence[Ruling],
) -> float | None:
    """How much too low all that a column has so far stands for having nothing above it, in ems.

    It stands in the middle of its rows: below the middle of all rows from this level down only
    where a group is above it. None where there is certainly none.
    """
    group = level[0]
    if top.middle <= group.middle + 0.5 * group.em:
        return None
    if inner:
        return 9.0 if is_ruled(inner, columns[at].middle, group.middle, top.middle) else None
    if any(cell.box.x0 <= columns[at].middle <= cell.box.x1 for cell in level):
        return 9.0
    half = (min(cell.top for cell in level) + floor) / 2
    return ((top.top + leaf.bottom) / 2 - half) / group.em


def _needs(lows: dict[int, float | None]) -> dict[int, int]:
    """Which columns surely or perhaps need a group: those that stand low, and like ones."""
    known = {at: low for at, low in lows.items() if low is not None and low > 0.2}
    sure = [low for low in known.values() if low > 0.5]
    least = min(sure, default=0.0)
    return {
        at: SURELY if low > 0.5 or (sure and low >= least - 0.25) else PERHAPS
        for at, low in known.items()
        if low > 0.5 or not sure or least - low < 0.6
    }


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _share_out(
    run: Sequence[int],
    groups: Sequence[HeaderText],
    edges: Sequence[tuple[float, float]],
    needed: set[int],
) -> tuple[list[tuple[int, ...]], bool]:
    """Share the columns of a run among the groups above it; and if only one way fits.

    Columns at the ends of the run that are not ``needed`` may be left without a group.
    """
    if not groups:
        return [], not needed
    first = next((n for n, at in enumerate(run) if at in needed), 0)
    last = next((n for n in range(len(run), 0, -1) if run[n - 1] in needed), len(run))
    if comb(len(run) - 1, len(groups) - 1) > MOST_WAYS:
        return [() for _ in groups], False
    ways: list[tuple[float, list[tuple[int, ...]]]] = []
    for start in range(first + 1):
        for end in range(last, len(run) + 1):
            for cuts in combinations(range(start + 1, end), len(groups) - 1):
                spans = [tuple(run[a:b]) for a, b in pairwise([start, *cuts, end])]
                worst = max(_miss(g, span, edges) for g, span in zip(groups, spans, strict=True))
                ways.append((worst, spans))
    ways.sort(key=lambda way: way[0])
    if not ways:
        return [() for _ in groups], False
    sure = ways[0][0] <= 1.0 and (len(ways) == 1 or ways[1][0] > 1.5 * ways[0][0] + 0.3)
    return ways[0][1], sure


def _miss(group: HeaderText, span: Sequence[int], edges: Sequence[tuple[float, float]]) -> float:
    """How far a group is from the centre of its columns, as a share of what is allowed."""
    left, right = edges[span[0]][0], edges[span[-1]][1]
    narrow = min(edges[at][1] - edges[at][0] for at in (span[0], span[-1]))
    allowed = min(0.12 * (right - left), 0.45 * narrow)
    return abs((left + right) / 2 - group.centre) / max(8.0, allowed)


def _grid(
    leaves: dict[int, HeaderText], groups: Sequence[HeaderText], width: int
) -> tuple[list[HeaderCell], int]:
    """The cells of the header with their rows: groups from the top, a column's own cell below."""
    placed = sorted((g for g in groups if g.span), key=lambda g: g.middle)
    depth = [0] * width
    made: list[HeaderCell] = []
    rows: list[tuple[HeaderText, int]] = []
    for group in placed:
        row = max(depth[at] for at in group.span)
        rows.append((group, row))
        for at in group.span:
            depth[at] = row + 1
    high = max(depth, default=0) + 1
    filled: set[tuple[int, int]] = set()
    for group, row in rows:
        made.append(HeaderCell(row, group.span[0], 1, len(group.span), tuple(group.lines)))
        filled |= {(row, at) for at in group.span}
    at = 0
    while at < width:
        leaf = leaves.get(at)
        end = at + 1
        while leaf is not None and leaves.get(end) is leaf and depth[end] == depth[at]:
            end += 1
        lines = tuple(leaf.lines) if leaf is not None else ()
        made.append(HeaderCell(depth[at], at, high - depth[at], end - at, lines))
        for column in range(at, end):
            made += [
                HeaderCell(row, column, 1, 1, ())
                for row in range(depth[at])
                if (row, column) not in filled
            ]
        at = end
    return made, high


def _index_cells(index: Printed, columns: Sequence[Strip], row: int) -> list[HeaderCell]:
    held: list[list[Row]] = [[] for _ in columns]
    for word in index.words:
        middle = word.box.middle[0]
        near = min(
            range(len(columns)),
            key=lambda at: (not columns[at].overlaps(word.box), abs(columns[at].middle - middle)),
        )
        held[near].append(word)
    return [HeaderCell(row, at, 1, 1, tuple(words[:1])) for at, words in enumerate(held)]

"""The header of a table without upright rulings: which words are one cell, and what it is over.

Cells are told by how such headers are set: a wrapped text is centred in its cell, a cell that
takes all rows of the header stands at half its height, a group is centred over its columns.
Rulings between the rows of a header say the same for certain. What does not fit is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from extract.page import Box, bounds
from extract.pdf.glyphs import Glyph
from extract.pdf.paint import Ruling
from extract.pdf.stream_columns import SPACED, Printed, Strip, amount_columns, edges_of, em_of
from extract.pdf.writing import Row

LEVEL = 0.35
"""Texts whose heights differ by less than this share of an em stand at the same height."""
PITCH = (0.55, 1.95)
"""Lines of one cell are so many ems apart."""


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


@dataclass
class _Cell:
    """Words that are one cell, and the columns that it is over."""

    lines: list[Row]
    em: float
    span: tuple[int, ...] = ()
    above: list[_Cell] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return bounds([line.box for line in self.lines])

    @property
    def top(self) -> float:
        return _y(self.lines[0]) - self.em / 2

    @property
    def bottom(self) -> float:
        return _y(self.lines[-1]) + self.em / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return self.box.middle[0]


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
    bottom = (max(_y(line.line) + em_of(line.line.glyphs) / 2 for line in every) + body[0].top) / 2
    fragments = _fragments(glyphs)
    inner = _inner_rulings(rulings, fragments, bottom)
    cells = _cells(fragments, inner)
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
    tops: dict[int, _Cell] = dict(leaves)
    doubtful |= _place_groups(groups, tops, leaves, columns, edges, inner)
    made, high = _grid(leaves, groups, len(columns))
    if index is not None:
        made += _index_cells(index, columns, high)
        high += 1
    return Header(tuple(columns), tuple(made), high, frozenset(doubtful), bottom)


def _y(line: Row) -> float:
    return line.box.middle[1]


def _fragments(glyphs: Sequence[Glyph]) -> list[Row]:
    """Runs of characters on one base line, from the top; spaced words put together."""
    if not glyphs:
        return []
    em = em_of(glyphs)
    levels: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: item.box.middle[1]):
        if levels and glyph.box.middle[1] - levels[-1][0].box.middle[1] <= LEVEL * em:
            levels[-1].append(glyph)
        else:
            levels.append([glyph])
    fragments: list[Row] = []
    for level in levels:
        runs: list[list[Glyph]] = []
        for glyph in sorted(level, key=lambda item: item.box.x0):
            near = runs and glyph.box.x0 - runs[-1][-1].box.x1 <= 0.3 * em
            if near or (runs and _is_spaced(runs[-1], glyph, em)):
                runs[-1].append(glyph)
            else:
                runs.append([glyph])
        fragments += [Row(tuple(run)) for run in runs]
    return fragments


def _is_spaced(run: Sequence[Glyph], glyph: Glyph, em: float) -> bool:
    return (
        len(run) == 1
        and run[0].text + glyph.text in SPACED
        and glyph.box.x0 - run[0].box.x1 <= 4.5 * em
    )


def _inner_rulings(
    rulings: Sequence[Ruling], fragments: Sequence[Row], bottom: float
) -> list[Ruling]:
    """The rulings between the first and the last line of the header."""
    if not fragments:
        return []
    first, last = _y(fragments[0]), max(_y(line) for line in fragments)
    left = min(line.box.x0 for line in fragments)
    right = max(line.box.x1 for line in fragments)
    return [
        ruling
        for ruling in rulings
        if ruling.horizontal
        and first < ruling.at < min(last, bottom)
        and ruling.end > left
        and ruling.start < right
    ]


def _is_ruled(inner: Sequence[Ruling], x: float, above: float, below: float) -> bool:
    return any(r.start <= x <= r.end and above < r.at < below for r in inner)


def _cells(fragments: Sequence[Row], inner: Sequence[Ruling]) -> list[_Cell]:
    """Put the lines of wrapped texts together."""
    cells: list[_Cell] = []
    for line in fragments:
        em = em_of(line.glyphs)
        above = [cell for cell in cells if _continues(cell, line, em, fragments, inner)]
        if above:
            max(above, key=lambda cell: _y(cell.lines[-1])).lines.append(line)
        else:
            cells.append(_Cell([line], em))
    if not inner:
        usual = _usual_pitch(cells)
        cells = [part for cell in cells for part in _parted(cell, cells, usual)]
    return sorted(cells, key=lambda cell: (cell.middle, cell.box.x0))


def _continues(
    cell: _Cell, line: Row, em: float, fragments: Sequence[Row], inner: Sequence[Ruling]
) -> bool:
    last = cell.lines[-1]
    step = (_y(line) - _y(last)) / em
    if not PITCH[0] <= step <= PITCH[1] or not 0.8 <= cell.em / em <= 1.25:
        return False
    shared = min(last.box.x1, line.box.x1) - max(last.box.x0, line.box.x0)
    if shared < 0.5 * min(last.box.x1 - last.box.x0, line.box.x1 - line.box.x0):
        return False
    centred = abs(last.box.middle[0] - line.box.middle[0]) <= 0.5 * em
    if not centred and abs(last.box.x0 - line.box.x0) > 0.3 * em:
        return False
    if _is_ruled(inner, line.box.middle[0], _y(last), _y(line)):
        return False
    return _alone(last, line, em, fragments) and _alone(line, last, em, fragments)


def _alone(wide: Row, other: Row, em: float, fragments: Sequence[Row]) -> bool:
    """True if ``wide`` lies over no second text at the height of ``other``."""
    beside = [
        line
        for line in fragments
        if abs(_y(line) - _y(other)) <= LEVEL * em
        and min(line.box.x1, wide.box.x1) - max(line.box.x0, wide.box.x0) > 0.3 * em
    ]
    return len(beside) <= 1


def _usual_pitch(cells: Sequence[_Cell]) -> float | None:
    """How far apart the lines of one cell are set, in points, where three pairs of lines agree."""
    steps = sorted(_y(b) - _y(a) for cell in cells for a, b in pairwise(cell.lines))
    for at in range(len(steps) - 2):
        if steps[at + 2] - steps[at] <= 0.6:
            return steps[at + 1]
    return None


def _parted(cell: _Cell, cells: Sequence[_Cell], usual: float | None) -> list[_Cell]:
    """Cut a group from the text below its middle: the columns beside stand as low as that text."""
    others = [other for other in cells if other is not cell]
    if len(cell.lines) == 1:
        return [cell]
    if usual is None and any(_are_twins(cell, other) for other in others):
        return [cell]
    if usual is None and any(
        len(other.lines) == 1 and abs(_y(other.lines[0]) - _y(cell.lines[0])) <= 0.1 * cell.em
        for other in others
        if _wide(cell.lines[1]) > _wide(cell.lines[0])
    ):
        return [replace(cell, lines=cell.lines[:1]), replace(cell, lines=cell.lines[1:])]
    for cut in range(1, len(cell.lines)):
        step = _y(cell.lines[cut]) - _y(cell.lines[cut - 1])
        low = replace(cell, lines=cell.lines[cut:])
        beside = [
            min(side, key=lambda other: abs(other.centre - cell.centre))
            for side in (
                [o for o in others if o.centre < cell.centre and o.bottom > low.top],
                [o for o in others if o.centre > cell.centre and o.bottom > low.top],
            )
            if side
        ]
        near = LEVEL * cell.em
        lower = [abs(other.middle - low.middle) <= near for other in beside]
        whole = any(abs(other.middle - cell.middle) <= near for other in beside)
        is_usual = usual is not None and abs(step - usual) <= 0.6
        is_cut = usual is not None and step > usual + 2.0
        if is_cut or (not whole and (sum(lower) == 2 or (any(lower) and not is_usual))):
            return [replace(cell, lines=cell.lines[:cut]), low]
    return [cell]


def _wide(line: Row) -> float:
    return line.box.x1 - line.box.x0


def _are_twins(one: _Cell, two: _Cell) -> bool:
    """True if the lines of two cells stand at the same heights."""
    return len(one.lines) == len(two.lines) > 1 and all(
        abs(_y(a) - _y(b)) <= 0.2 * one.em for a, b in zip(one.lines, two.lines, strict=True)
    )


def _below(cell: _Cell, cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells that stand lower and at least in part under this one."""
    return [
        other
        for other in cells
        if other.middle > cell.middle + 0.5 * cell.em
        and min(other.box.x1, cell.box.x1) - max(other.box.x0, cell.box.x0) > 0.3 * cell.em
    ]


def _match(
    cells: Sequence[_Cell], strips: Sequence[Strip], amounts: Sequence[bool]
) -> tuple[list[Strip], dict[int, _Cell]]:
    """The columns, with those in which no row prints anything, and the lowest cell of each.

    A header word is centred in its column while figures stand at its right end and names at its
    left: where they do not meet, words and columns between two certain ones are paired in order.
    A group over two columns may stand between their figures: it stands in the upper half.
    """
    lowest = [cell for cell in cells if not _below(cell, cells)]
    half = (min(c.top for c in cells) + max(c.bottom for c in cells)) / 2 if cells else 0.0
    own: dict[int, _Cell] = {}
    loose: list[_Cell] = []
    several: list[_Cell] = []
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
    own: dict[int, _Cell], loose: list[_Cell], strips: Sequence[Strip], amounts: Sequence[bool]
) -> list[_Cell]:
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


def _is_beside(cell: _Cell, at: int, strips: Sequence[Strip], amounts: Sequence[bool]) -> bool:
    """True if a header word stands where that of a column would: before figures, after names."""
    if (cell.centre < strips[at].middle) is not amounts[at]:
        return False
    between = range(at - 1, -1, -1) if amounts[at] else range(at + 1, len(strips))
    near = next(iter(between), None)
    if near is None:
        return True
    return (cell.centre > strips[near].middle) is amounts[at]


def _own(cell: _Cell, strip: Strip, columns: Sequence[Strip]) -> bool:
    """True if a cell that reaches over several columns stands over this one."""
    box = cell.box
    shares = {
        other: min(box.x1, other.right) - max(box.x0, other.left)
        for other in columns
        if other.overlaps(box)
    }
    rest = [share for other, share in shares.items() if other is not strip]
    return strip.left <= cell.centre <= strip.right and shares[strip] > 3 * max(rest, default=0.0)


def _spread(leaves: dict[int, _Cell], edges: Sequence[tuple[float, float]]) -> None:
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


def _off(cell: _Cell, first: int, last: int, edges: Sequence[tuple[float, float]]) -> float:
    return abs((edges[first][0] + edges[last][1]) / 2 - cell.centre)


def _place_groups(
    groups: list[_Cell],
    tops: dict[int, _Cell],
    leaves: dict[int, _Cell],
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


SURELY, PERHAPS = 2, 1


def _low(
    top: _Cell,
    leaf: _Cell,
    at: int,
    level: Sequence[_Cell],
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
        return 9.0 if _is_ruled(inner, columns[at].middle, group.middle, top.middle) else None
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
    groups: Sequence[_Cell],
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


def _miss(group: _Cell, span: Sequence[int], edges: Sequence[tuple[float, float]]) -> float:
    """How far a group is from the centre of its columns, as a share of what is allowed."""
    left, right = edges[span[0]][0], edges[span[-1]][1]
    narrow = min(edges[at][1] - edges[at][0] for at in (span[0], span[-1]))
    allowed = min(0.12 * (right - left), 0.45 * narrow)
    return abs((left + right) / 2 - group.centre) / max(8.0, allowed)


def _grid(
    leaves: dict[int, _Cell], groups: Sequence[_Cell], width: int
) -> tuple[list[HeaderCell], int]:
    """The cells of the header with their rows: groups from the top, a column's own cell below."""
    placed = sorted((g for g in groups if g.span), key=lambda g: g.middle)
    depth = [0] * width
    made: list[HeaderCell] = []
    rows: list[tuple[_Cell, int]] = []
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

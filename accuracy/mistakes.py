"""Mistakes made on purpose in the cells of a document: wrong digits and figures in wrong places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

Record = dict[str, object]
"""A row of `raw.cell`."""

MISPRINTS = ("digit_changed", "digit_dropped", "digit_doubled", "digits_swapped", "point_moved")
"""Kinds of mistakes in the figure of a cell."""

MOVES = ("column_shifted", "row_shifted", "figure_lost")
"""Kinds of mistakes in the place of a figure: it changes places with its neighbour, or moves into
the blank beside it; or it is in no cell at all."""

KINDS = (*MISPRINTS, *MOVES)

YUAN = {"yuan": Decimal(1), "wan_yuan": Decimal(10000)}

_FIGURE = ("printed", "text", "value", "decimals", "reading")
_WORDS = (
    "column_fund",
    "column_component",
    "column_source",
    "column_item",
    "column_basis",
    "column_measure",
    "unit",
)
"""What a column means: a figure in another column of the same words is the same fact."""

_OF_A_COLUMN = ("column_no", "column_span", "column_label", *_WORDS)


@dataclass(frozen=True)
class Mistake:
    """One mistake: the cells as they stand with it, and what it changes.

    ``replaced`` are the ids of the cells that are no longer as they were, ``cells`` what stands
    there instead; ``shifts`` says by how many yuan the amount of each known cell is off. ``before``
    and ``after`` describe the change for people: the two figures, or the two places.
    """

    kind: str
    document_id: str
    cell_id: str
    table_kind: str
    page_number: int | None
    before: str
    after: str
    replaced: tuple[str, ...]
    cells: tuple[Record, ...]
    shifts: Mapping[str, Decimal]


class Neighbours:
    """The amounts of a document by place: what stands beside a cell in its block of a table."""

    def __init__(self, cells: Iterable[Record]) -> None:
        self._blocks: dict[object, dict[tuple[int, int], Record]] = defaultdict(dict)
        for cell in cells:
            self._blocks[_block(cell)][_place(cell)] = cell

    def beside(self, cell: Record, along_row: bool) -> tuple[Record | None, Record] | None:
        """Find the nearest place beside a cell, in the next column or in the next row.

        Returns the cell there (None for a blank) and a cell that says what the place means: one
        of that column, or of that row. None if the block has no other.
        """
        block = self._blocks[_block(cell)]
        here = _place(cell)
        axis = 1 if along_row else 0
        lines = sorted({place[axis] for place in block} - {here[axis]})
        if not lines:
            return None
        line = min(lines, key=lambda number: (abs(number - here[axis]), -number))
        there = (here[0], line) if along_row else (line, here[1])
        if there in block:
            return block[there], block[there]
        meaning = next(
            one for place, one in sorted(block.items(), key=_by_place) if place[axis] == line
        )
        return None, meaning


def _by_place(item: tuple[tuple[int, int], Record]) -> tuple[int, int]:
    return item[0]


def _block(cell: Record) -> object:
    return cell["table_id"], cell["block_no"]


def _place(cell: Record) -> tuple[int, int]:
    row, column = cell["row_no"], cell["column_no"]
    assert isinstance(row, int) and isinstance(column, int)
    return row, column


def make_mistake(kind: str, cell: Record, neighbours: Neighbours, random: Random) -> Mistake | None:
    """Make a mistake of one kind in a cell with an amount; None where it would change nothing."""
    if kind in MISPRINTS:
        return _misprinted(kind, cell, random)
    if kind == "figure_lost":
        return _lost(cell)
    return _moved(kind, cell, neighbours)


def misprint(kind: str, text: str, random: Random) -> str | None:
    """Put a wrong digit into a plain figure, or None if this kind of mistake changes nothing.

    >>> misprint("digit_dropped", "11.10", Random(2))
    '11.0'
    """
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    random.shuffle(places)
    for place in places:
        wrong = _misprint_at(kind, text, place, random)
        if wrong is not None and Decimal(wrong) != Decimal(text):
            return wrong
    return None


def _misprint_at(kind: str, text: str, place: int, random: Random) -> str | None:
    before, digit, after = text[:place], text[place], text[place + 1 :]
    if kind == "digit_changed":
        return before + random.choice([one for one in "0123456789" if one != digit]) + after
    if kind == "digit_doubled":
        return before + digit + digit + after
    if kind == "digit_dropped":
        rest = before + after
        return rest if any(one.isdigit() for one in rest.split(".")[0]) else None
    if kind == "digits_swapped":
        swaps = after[:1].isdigit() and after[0] != digit
        return before + after[0] + digit + after[1:] if swaps else None
    whole, _, part = text.partition(".")
    if len(part) > 1 and (random.random() < 0.5 or len(whole.lstrip("-")) < 2):
        return f"{whole}{part[0]}.{part[1:]}"
    return f"{whole[:-1]}.{whole[-1]}{part}" if len(whole.lstrip("-")) > 1 else None


def _misprinted(kind: str, cell: Record, random: Random) -> Mistake | None:
    value, places = cell["value"], cell["decimals"]
    assert isinstance(value, Decimal) and isinstance(places, int)
    printed = f"{value:.{places}f}"
    wrong = misprint(kind, printed, random)
    if wrong is None:
        return None
    figure = Decimal(wrong)
    if abs(figure - value) < Decimal(5).scaleb(-places - 1):
        return None  # another digit of the same figure, which rounds to what was printed
    part = wrong.partition(".")[2]
    if len(part) > 6 or abs(figure) >= Decimal(10) ** 15:
        return None
    changed = cell | {"printed": wrong, "text": wrong, "value": figure, "decimals": len(part)}
    shifts = {str(cell["cell_id"]): (figure - value) * _yuan(cell)}
    return _mistake(kind, cell, printed, wrong, (cell,), (changed,), shifts)


def _lost(cell: Record) -> Mistake | None:
    value = cell["value"]
    assert isinstance(value, Decimal)
    if value == 0:
        return None
    shifts = {str(cell["cell_id"]): -value * _yuan(cell)}
    return _mistake("figure_lost", cell, str(cell["printed"]), "", (cell,), (), shifts)


def _moved(kind: str, cell: Record, neighbours: Neighbours) -> Mistake | None:
    found = neighbours.beside(cell, along_row=kind == "column_shifted")
    if found is None:
        return None
    other, meaning = found
    value = cell["value"]
    assert isinstance(value, Decimal)
    old = f"row {cell['row_no']}, column {cell['column_no']}"
    new = f"row {meaning['row_no']}, column {meaning['column_no']}"
    if other is None:
        same = kind == "column_shifted" and all(cell[name] == meaning[name] for name in _WORDS)
        if value == 0 or same:
            return None  # nothing moved, or into another column of the same meaning
        new = f"row {cell['row_no']}, column {meaning['column_no']}"
        if kind == "column_shifted":
            moved = cell | {name: meaning[name] for name in _OF_A_COLUMN}
        else:
            new = f"row {meaning['row_no']}, column {cell['column_no']}"
            kept = {name: cell[name] for name in (*_OF_A_COLUMN, *_FIGURE)}
            moved = meaning | kept
        moved["cell_id"] = f"{cell['cell_id']}~moved"
        shifts = {str(cell["cell_id"]): -value * _yuan(cell)}
        return _mistake(kind, cell, old, new, (cell,), (moved,), shifts)
    there = other["value"]
    if not isinstance(there, Decimal) or other["quarantine_reason"] or there == value:
        return None
    pair = (
        cell | {name: other[name] for name in _FIGURE},
        other | {name: cell[name] for name in _FIGURE},
    )
    shifts = {
        str(cell["cell_id"]): (there - value) * _yuan(cell),
        str(other["cell_id"]): (value - there) * _yuan(other),
    }
    return _mistake(kind, cell, old, new, (cell, other), pair, shifts)


def _yuan(cell: Record) -> Decimal:
    return YUAN.get(str(cell["unit"]), Decimal(0))


def _mistake(
    kind: str,
    cell: Record,
    before: str,
    after: str,
    replaced: Sequence[Record],
    cells: Sequence[Record],
    shifts: Mapping[str, Decimal],
) -> Mistake:
    page = cell["page_number"]
    return Mistake(
        kind=kind,
        document_id=str(cell["document_id"]),
        cell_id=str(cell["cell_id"]),
        table_kind=str(cell["table_kind"]),
        page_number=page if isinstance(page, int) else None,
        before=before,
        after=after,
        replaced=tuple(str(one["cell_id"]) for one in replaced),
        cells=tuple(cells),
        shifts=shifts,
    )

"""Figures that recognition has damaged, mended where only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.figures import AmountError, decimals, is_amount, parse_amount
from extract.page import Settled

_INNER = re.compile(r"(?<=[0-9.,])\s+(?=[0-9.,])")
_STRAY = re.compile(r"^[(（\[|'`]?([-+]?[0-9][0-9, ]*\. ?[0-9 ]+)[)）\]|'`]?$", re.ASCII)
_TAGS = re.compile(r"</?[a-z]+>|_")
_PIECE = re.compile(r"[0-9.,]+", re.ASCII)

Checker = Callable[[Sequence[Decimal | None]], bool | None]
"""Do the sums hold for the figures of a row by column? None where they say nothing."""


@dataclass(frozen=True)
class Mended:
    """The text of a cell after mending; all but the text as in ``GridCell``."""

    text: str
    reading: str = "printed"
    doubt: str = ""
    settled: Settled | None = field(default=None, compare=False, repr=False)

    @property
    def value(self) -> Decimal | None:
        """The figure in the cell; None where there is none, or a doubtful one."""
        if self.doubt:
            return None
        try:
            return parse_amount(self.text)
        except AmountError:
            return None


def mend_text(text: str) -> Mended:
    """Take out marks of the conversion, and a single bracket that clings to a figure.

    >>> mend_text("1.00)")
    Mended(text='1.00', reading='resolved', doubt='')
    """
    plain = _TAGS.sub("", text).strip()
    if is_amount(plain):
        return Mended(plain)
    match = _STRAY.match(plain)
    if match and is_amount(match[1]) and plain.count("(") + plain.count("（") == 0:
        why = f"{plain!r} without the mark that clings to the figure"
        return Mended(match[1].strip(), "resolved", settled=Settled("stray_mark", why))
    return Mended(plain)


def pieces_of(row: Sequence[Mended], column: int, usual: int) -> bool:
    """True if the cell and its right neighbour look like parts of one figure.

    The left one has a point, the right one is a short piece without one (``1. 3`` | ``30``,
    ``46. 37`` | ``7``), while the figures of the table have ``usual`` decimals.
    """
    left, right = row[column].text, row[column + 1].text
    if not is_amount(left) or not _PIECE.fullmatch(right.replace(" ", "")):
        return False
    return usual > 0 and "." in left and decimals(right) == 0 and len(right) <= usual + 3


def joins(left: str, right: str) -> Iterator[tuple[str, bool]]:
    """Readings of two neighbouring pieces as one figure; True where the left one is all of it.

    The right piece is an echo of the last character, or follows on, or follows on with the
    character at the edge doubled (``1. 3`` and ``30`` are ``1.30``).

    >>> sorted(joins("1. 3", "30"))
    [('1.30', False), ('1.330', False)]
    >>> sorted(joins("46. 37", "7"))
    [('46.37', True), ('46.377', False)]
    """
    one, two = _INNER.sub("", left), _INNER.sub("", right)
    if len(two) == 1 and one.endswith(two):
        yield one, True
    elif one[-1] == two[0]:
        yield one + two[1:], False
    yield one + two, False


def join_pieces(
    row: Sequence[Mended], columns: Sequence[int], usual: int, holds: Checker
) -> list[Mended]:
    """Join split figures of a row where exactly one reading satisfies the sums of the row.

    ``columns`` are those whose right neighbour may hold a piece of the same figure, ``usual`` is
    the number of decimals that the table prints. What cannot be settled keeps its pieces, both
    with the doubt `split_figure`; so does a lone 0 beside a figure that ends in 0, which no sum
    can tell from an echo.
    """
    cells = list(row)
    for column in columns:
        if column + 1 >= len(cells) or not pieces_of(cells, column, usual):
            continue
        left, right = cells[column], cells[column + 1]
        whole = decimals(left.text) >= usual
        if holds([cell.value for cell in cells]) is True and whole and right.text.strip("0"):
            continue
        if whole and right.text == "0" and left.text.endswith("0"):
            cells[column + 1] = replace(right, doubt="split_figure")
            continue
        readings: set[tuple[int, str]] = set()
        for text, whole in joins(left.text, right.text):
            for place in (column,) if whole else (column, column + 1):
                trial = list(cells)
                trial[column] = trial[column + 1] = Mended("")
                trial[place] = Mended(text, "resolved")
                if decimals(text) == usual and holds([cell.value for cell in trial]):
                    readings.add((place, text))
        if len(readings) == 1:
            place, text = readings.pop()
            cells[column] = cells[column + 1] = Mended("", "resolved")
            why = f"{left.text!r} and {right.text!r}: the one reading with which the row adds up"
            cells[place] = Mended(text, "resolved", settled=Settled("join", why))
        else:
            cells[column] = replace(left, doubt="split_figure")
            cells[column + 1] = replace(right, doubt="split_figure")
    return cells


def spread_row(row: Sequence[Mended], holds: Checker) -> tuple[Mended, ...] | None:
    """A row that has one cell too few, with the blank that vanished put back; None if unsure.

    A figure with a mark that clings to it has run over the edge of its cell: it covers its own
    column and the next one. Without such a mark the blank is put where the sums of the row hold;
    there must be only one such place. A split figure of the row is joined in the trial.
    """
    marked = [at + 1 for at, cell in enumerate(row) if cell.reading == "resolved"]
    places = marked if len(marked) == 1 else range(len(row) + 1)
    usual = max((decimals(cell.text) for cell in row if is_amount(cell.text)), default=0)
    found: dict[tuple[str, ...], tuple[Mended, ...]] = {}
    for place in places:
        trial = [*row[:place], Mended("", "resolved"), *row[place:]]
        joined = join_pieces(trial, range(len(trial) - 1), usual, holds)
        if holds([cell.value for cell in joined]) and not any(cell.doubt for cell in joined):
            found[tuple(cell.text for cell in joined)] = tuple(trial)
    if len(found) != 1:
        return None
    moved = found.popitem()[1]
    return tuple(_moved(cell) if is_amount(cell.text) else cell for cell in moved)


def _moved(cell: Mended) -> Mended:
    """A figure of a row whose vanished blank was put back."""
    why = "the one place of the row's lost blank with which the row adds up"
    if cell.settled is not None:
        return replace(cell, settled=cell.settled._replace(evidence=f"{cell.settled[1]}; {why}"))
    return replace(cell, reading="resolved", settled=Settled("blank_column", why))


def narrow_row(row: Sequence[Mended], holds: Checker) -> tuple[Mended, ...] | None:
    """A row that has one cell too many, without the blank that does not belong; None if unsure.

    There must be only one row to get in which the sums hold.
    """
    found: dict[tuple[str, ...], tuple[Mended, ...]] = {}
    for place, cell in enumerate(row):
        if cell.text:
            continue
        trial = (*row[:place], *row[place + 1 :])
        if holds([other.value for other in trial]):
            found[tuple(other.text for other in trial)] = trial
    return found.popitem()[1] if len(found) == 1 else None

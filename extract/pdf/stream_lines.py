"""Lines of one column of a table, put together to texts that go with its rows.

A text of several lines is centred on its figure, or begins or ends beside it: one habit for a whole
column. Where two habits fit equally well, what they do not agree on is not sure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.pdf.open_rows import LABEL_START
from extract.pdf.writing import Row

LEVEL = 0.4
"""Texts nearer than this share of an em stand on one line."""
PITCH = 2.0
"""Lines of one text are no farther apart than this many ems."""
LONGEST = 6
RIVAL = 0.35
"""Two habits whose costs differ by less fit equally well: where they differ nothing is sure."""
HELD = 0.3
"""What it is worth that a row has a text in a column, as a share of an em."""


def y_of(line: Row) -> float:
    """How far down a line stands, in points."""
    return line.box.middle[1]


@dataclass(frozen=True)
class Text:
    """A run of lines of one column that go with one row (``base``), or are one by themselves."""

    lines: tuple[Row, ...]
    base: int | None
    off: float

    @property
    def middle(self) -> float:
        """How far down the middle of the text stands, in points."""
        return (y_of(self.lines[0]) + y_of(self.lines[-1])) / 2


def join_lines(lines: Sequence[Row], bases: Sequence[float], em: float, pitch: float) -> list[Text]:
    """The lines of a column, put together to texts, each with the row it goes with.

    Lines as far apart as rows (``pitch``, in points) are no one text.
    """
    if all(any(abs(y_of(line) - base) <= LEVEL * em for base in bases) for line in lines):
        at = [min(range(len(bases)), key=lambda n: abs(bases[n] - y_of(line))) for line in lines]
        return [Text((line,), base, 0.0) for line, base in zip(lines, at, strict=True)]
    options = sorted(
        (_arrange(lines, bases, em, share, pitch) for share in (0.5, 0.0, 1.0)),
        key=lambda option: option[0],
    )
    cost, best = options[0]
    for other, rival in options[1:]:
        if other <= cost + RIVAL:
            best = [text if _is_in(text, rival) else replace(text, off=math.inf) for text in best]
    return best


def _is_in(text: Text, others: Sequence[Text]) -> bool:
    return any(text.base == other.base and text.lines == other.lines for other in others)


def _arrange(
    lines: Sequence[Row], bases: Sequence[float], em: float, share: float, pitch: float
) -> tuple[float, list[Text]]:
    """The cheapest way to cut the lines of a column into texts; ``share`` is where on a text its
    figure stands (0 beside the first line, 1 beside the last)."""
    best: list[tuple[float, list[Text]]] = [(0.0, [])]
    for end in range(1, len(lines) + 1):
        ways: list[tuple[float, list[Text]]] = []
        for start in range(max(0, end - LONGEST), end):
            group = lines[start:end]
            if any(y_of(b) - y_of(a) > min(PITCH * em, pitch) for a, b in pairwise(group)):
                continue
            cost, before = best[start]
            used = max((text.base for text in before if text.base is not None), default=-1)
            for text, price in _uses(group, bases, em, share, used):
                ways.append((cost + price, [*before, text]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1]


def _uses(
    group: Sequence[Row], bases: Sequence[float], em: float, share: float, used: int
) -> list[tuple[Text, float]]:
    """What a run of lines may be, with its price: the text of a row after ``used``, or a row."""
    first, last = y_of(group[0]), y_of(group[-1])
    at = first + share * (last - first)
    on = {
        number
        for line in group
        for number, base in enumerate(bases)
        if abs(y_of(line) - base) <= 0.25 * em
    }
    steps = [y_of(b) - y_of(a) for a, b in pairwise(group)]
    inner = float(sum(1 for line in group[1:] if LABEL_START.match(line.text)))
    inner += (max(steps) - min(steps)) / em if len(steps) > 1 else 0.0
    uses: list[tuple[Text, float]] = []
    for number in range(used + 1, len(bases)):
        off = abs(bases[number] - at) / em
        if on <= {number} and off <= 3:
            uses.append((Text(tuple(group), number, off), off - HELD + inner))
    starts = LABEL_START.match(group[0].text) is not None
    if not on or not uses:
        price = (0.5 if starts else 1.2) + 3.0 * len(on) + inner
        uses.append((Text(tuple(group), None, 0.0), price))
    return uses

"""The residual search: which reading of a doubtful figure the identities leave.

The rest of an identity, with all that is certain in it, is what its only doubtful figure must be.
A reading is settled if it alone satisfies every identity of which its figure is the only doubtful
member, and there is such an identity. Nothing here knows a format: readings may come from how text
breaks (``broken_figures``), or from a recogniser that names alternatives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.rules.equations import Equation


@dataclass(frozen=True)
class Candidate:
    """One reading of a doubtful figure: amounts in yuan, and texts, by cell.

    A cell of the figure that it does not name is blank.
    """

    amounts: Mapping[str, Decimal]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubtful:
    """A figure in doubt: the cells in which it may stand, and its readings.

    Without readings nothing settles it; what it is a member of decides nothing else.
    """

    cells: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What is left of the readings of a figure, and the identities that left them, by name."""

    doubtful: Doubtful
    fitting: tuple[Candidate, ...]
    rules: tuple[str, ...]

    @property
    def settled(self) -> Candidate | None:
        """The reading, where an identity was asked and leaves one alone."""
        return self.fitting[0] if self.rules and len(self.fitting) == 1 else None


def settle_doubtful(doubtful: Sequence[Doubtful], equations: Sequence[Equation]) -> list[Outcome]:
    """What the equations leave of every doubtful figure, in their order.

    A figure that is settled is certain for the others, until nothing more is settled.
    """
    by_cell: dict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        for cell in equation.signs:
            by_cell[cell].append(equation)
    amounts: dict[str, Decimal] = {}
    certain: set[str] = set()
    outcomes: dict[int, Outcome] = {}
    waiting = list(range(len(doubtful)))
    while waiting:
        left = []
        for at in waiting:
            outcome = outcomes[at] = _decide(doubtful[at], by_cell, amounts, certain)
            if outcome.settled is None:
                left.append(at)
            else:
                amounts.update(outcome.settled.amounts)
                certain.update(doubtful[at].cells)
        if len(left) == len(waiting):
            break
        waiting = left
    return [outcomes[at] for at in range(len(doubtful))]


def _decide(
    doubtful: Doubtful,
    by_cell: Mapping[str, Sequence[Equation]],
    amounts: Mapping[str, Decimal],
    certain: set[str],
) -> Outcome:
    own = set(doubtful.cells)
    asked = {
        id(equation): equation
        for cell in doubtful.cells
        for equation in by_cell.get(cell, ())
        if equation.signs.keys() <= own | certain
    }.values()
    fitting = tuple(
        candidate
        for candidate in doubtful.candidates
        if all(equation.holds({**amounts, **candidate.amounts}) for equation in asked)
    )
    names = tuple(dict.fromkeys(equation.rule for equation in asked))
    return Outcome(doubtful, fitting, names)

"""What the identities of a document say of figures whose reading is in doubt.

Each doubtful figure gets a stand-in, so that the rules find the place that it has in them; what is
certain in a check is added up, and what is left is an equation in the doubtful ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.rules.checking import Sides, sides_of
from extract.rules.terms import Rule, load_rules
from extract.rules.tidying import Tidy


@dataclass(frozen=True)
class Equation:
    """A hard identity on figures of which some are in doubt.

    ``certain_yuan`` is left side minus right side of those that are certain, ``signs`` what each
    doubtful one adds to it, by its cell: all together are zero, but for ``tolerance_yuan``.
    """

    rule: str
    certain_yuan: Decimal
    signs: Mapping[str, int]
    tolerance_yuan: Decimal

    def holds(self, amounts: Mapping[str, Decimal]) -> bool:
        """True with these amounts, in yuan by cell; a cell without one is blank."""
        total = self.certain_yuan
        for cell, sign in self.signs.items():
            if cell in amounts:
                total += sign * amounts[cell]
        return abs(total) <= self.tolerance_yuan


def equations_about(
    doubtful: Collection[str],
    figures: Sequence[Tidy],
    document_kind: str,
    rules: Sequence[Rule] | None = None,
) -> list[Equation]:
    """The equations of a document in which a doubtful cell stands.

    ``figures`` are all of the document, the doubtful ones with an amount that stands in for theirs.
    Rules that are no promise (soft ones, conditions and what rests on them) give none, nor does a
    check of which a side or a term is not printed.
    """
    known = load_rules() if rules is None else rules
    return [
        _equation(rule, sides, doubtful)
        for rule in known
        if rule.strength == "hard" and not rule.only_if and rule.applies_to(document_kind)
        for sides in _whole_checks(rule, figures, doubtful)
    ]


def _whole_checks(
    rule: Rule, figures: Sequence[Tidy], doubtful: Collection[str]
) -> Iterator[Sides]:
    needed = {term.number for term in rule.terms if term.is_needed}
    for sides in sides_of(rule, figures).values():
        if (
            sides.figures["left"]
            and sides.figures["right"]
            and needed <= {term.number for term, _ in sides.all}
            and any(figure.cell_id in doubtful for _, figure in sides.all)
        ):
            yield sides


def _equation(rule: Rule, sides: Sides, doubtful: Collection[str]) -> Equation:
    signs: dict[str, int] = {}
    certain = Decimal(0)
    for side, factor in (("left", 1), ("right", -1)):
        for term, figure in sides.figures[side]:
            sign = factor * term.sign
            if figure.cell_id in doubtful:
                signs[figure.cell_id] = signs.get(figure.cell_id, 0) + sign
            else:
                certain += sign * figure.amount_yuan
    return Equation(rule.name, certain, signs, sides.tolerance_yuan)

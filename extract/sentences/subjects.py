"""Whom the figures of a list are said of: `收入总计、支出总计分别为1.2、3.4万元`."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from extract.sentences.function_names import FunctionNames
from extract.sentences.grammar import Clause, Subject
from extract.sentences.landed import Said

OF_EACH = frozenset({"each", "respectively"})
"""Marks of words that give every subject a figure."""


@dataclass
class Subjects:
    """The subjects that stand beside each other in a paragraph, in their order.

    ``listed`` are those that the words before a figure have named so far, ``shared`` those of the
    last list of figures; ``row`` are those of figures that 、 or 和 joins, ``spoken`` those of the
    sentence, or of its list of parts. None stands for a figure that was not read.
    """

    listed: list[Said | None] = field(default_factory=list)
    shared: tuple[Said, ...] = ()
    row: list[Said | None] = field(default_factory=list)
    spoken: list[Said | None] = field(default_factory=list)
    is_joined: bool = False

    def begin(self, lead: str) -> None:
        """Begin the words before a figure: a sign in front joins it to the one before."""
        self.listed = []
        self.is_joined = lead.startswith(("、", "和", "及", "与", "以及"))

    def lose(self) -> None:
        """Words that nobody knows: what follows need not be said of the subjects before them."""
        self.shared, self.row = (), []
        self.spoken.append(None)
        self.listed.append(None)

    def begin_parts(self) -> None:
        """What follows is a part of what was said before."""
        self.shared, self.row, self.spoken = (), [], []

    def end_sentence(self) -> None:
        """End a sentence: the next one may still be about its last row, or its last list."""
        self.spoken = []

    def add(self, said: Said | None) -> None:
        """Note a subject that is named before the figure's own; None for one that cannot be."""
        self.listed.append(said)

    def note(self, said: Said | None) -> None:
        """Note whom a figure with its own words is said of; None for one that was not read."""
        if not self.is_joined:
            self.row = []
        self.row.append(said)
        self.spoken.append(said)

    def goes_on(self, clause: Clause) -> bool:
        """True for words without a subject that may be said of several."""
        return bool(self.shared) or (bool(clause.marks & OF_EACH) and len(self.row) > 0)

    def of_figures(
        self, said: Said | None, clause: Clause, count: int
    ) -> tuple[tuple[Said, ...], ...]:
        """Whom each of ``count`` figures is said of; nothing where that is not certain.

        ``said`` is the subject in hand. There must be as many subjects as figures, or one figure
        that is said of `各`.
        """
        several = self._several(said, clause, count)
        if said is None or clause.subject is not None or not both_sides(said):
            self.shared = several
        if count > 1:
            return tuple((one,) for one in several) if len(several) == count else ()
        if len(several) > 1:
            return (several,) if "each" in clause.marks else ()
        if said is None or ("respectively" in clause.marks and not both_sides(said)):
            return ()
        return ((said,),)

    def _several(self, said: Said | None, clause: Clause, count: int) -> tuple[Said, ...]:
        if clause.subject is not None and said is not None:
            if count > 1 and both_sides(said) and not self.listed:
                return both_sides(said)
            listed = [one for one in self.listed if one is not None]
            return (*listed, said) if listed and len(listed) == len(self.listed) else ()
        if self.shared:
            return self.shared
        if said is not None and both_sides(said):
            return both_sides(said) if count > 1 else ()
        if clause.marks & OF_EACH:
            row = _distinct(self.row)
            if len(row) > 1 and count in (1, len(row)):
                return row
            return _distinct(self.spoken) if count > 1 else ()
        return ()


def both_sides(said: Said) -> tuple[Said, ...]:
    """Income and expenditure of a subject that names both: `收、支总计`; nothing of another one."""
    if said.subject.topic != "both_totals":
        return ()
    income = said._replace(subject=Subject("income_total"), names=FunctionNames())
    return income, income._replace(subject=Subject("expenditure_total"))


def _distinct(spoken: list[Said | None]) -> tuple[Said, ...]:
    """Each subject once; none at all where a figure among them was not read."""
    found: dict[Hashable, Said] = {}
    for said in spoken:
        if said is None:
            return ()
        subject = said.subject
        found.setdefault((subject.topic, subject.source, subject.item, said.names, said.fund), said)
    return tuple(found.values())

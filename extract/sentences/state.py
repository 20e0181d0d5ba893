"""What the words of a paragraph leave for the next figure."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.sentences.function_names import FunctionNames
from extract.sentences.grammar import NAMED, Clause, Subject

TOTALS = frozenset({"both_totals", "income_total", "expenditure_total"})
"""Totals of all money."""

BESIDE_TOTALS = TOTALS | {"", "income_source"}
"""Subjects beside which 收入预算 and 支出预算 are totals again."""

AGAINST_BUDGET = frozenset({"compare_budget", "above_budget", "below_budget"})


@dataclass
class State:
    """What the words so far leave for the next figure."""

    subject: Subject | None = None
    text: str = ""
    names: FunctionNames = field(default_factory=FunctionNames)
    fund: str = ""
    cause: bool = False
    soft: bool = False
    use: bool = False
    compared: bool = False
    to_budget: bool = False
    year: int = 0
    previous: str = ""
    subjects: int = 0
    has_peer: bool = False
    budgeted: bool = False
    completing: bool = False
    measure: str = ""
    of_budget: bool = False
    to_year: bool = False
    reached: int = 0

    def go_past(self, words: str, text: str) -> None:
        """Move ``reached`` in the text of the paragraph behind words in which names are marked."""
        last = words.rpartition(NAMED)[2]
        at = text.find(last, self.reached)
        if at >= 0:
            self.reached = at + len(last)

    def is_beside_cause(self, clause: Clause) -> bool:
        """True for what stands behind a cause and is none: its own subject, or another base."""
        if clause.subject is None:
            return "compare" in clause.marks and self.subjects <= 1
        return not clause.marks & {"increase", "decrease"}

    def goes_on(self, clause: Clause) -> bool:
        """True where 支出 alone is the expenditure on the subject in hand, not all of it."""
        held = self.subject.topic if self.subject is not None else ""
        alone = clause.subject is not None and clause.subject.topic == "alone_expenditure_total"
        return alone and held not in BESIDE_TOTALS

    def names_total(self, is_joined: bool) -> bool:
        """True for 收入 in `与上年相比,收入减少`, where a total was the last that was said.

        ``is_joined`` is true for 支出 in `收入9万元、支出8万元`, which 、 joins to the total.
        """
        held = self.subject.topic if self.subject is not None else ""
        beside = (is_joined and held in TOTALS) or (self.to_year and held in TOTALS | {""})
        return beside and self.previous in TOTALS

    def is_of_budget(self, clause: Clause) -> bool:
        """True for a change against the budget of the same year."""
        return self.to_budget or bool(clause.marks & AGAINST_BUDGET)

    def is_compared(self, clause: Clause) -> bool:
        """True for a change against the year before."""
        if self.is_of_budget(clause):
            return False
        if "final" in clause.marks and clause.marks & {"increase", "decrease"}:
            return self.compared  # 其中:公务接待费支出决算减少1万元
        return self.compared and not (self.budgeted and "compare" not in clause.marks)

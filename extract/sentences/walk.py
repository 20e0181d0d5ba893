"""One paragraph, from figure to figure: how each is meant, and of whom it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.sentences.figures import Printed, is_list, runs_of
from extract.sentences.grammar import Clause, Grammar, Subject, read_clause
from extract.sentences.landed import Figure, Landing, Said
from extract.sentences.leads import Lead
from extract.sentences.measures import TO_BUDGET, measure_and_year
from extract.sentences.state import State
from extract.sentences.subjects import OF_EACH

_TO_BREAK = re.compile(r"[^,。;]*")
_STOP = re.compile(r"[。;]")
_SIGN = re.compile(r"[,、:]")
_SETS = re.compile(r"\((?:[台件套]、?)+\)")
_BASES = frozenset({"compare", "compare_budget"})
_CHANGES = frozenset({"increase", "decrease"})


class Walk:
    """One paragraph, from figure to figure; ``unknown`` grows by those that are not read."""

    def __init__(self, landing: Landing, grammar: Grammar, unknown: list[tuple[str, int]]) -> None:
        self.landing = landing
        self.paragraph, self.section = landing.paragraph, landing.section
        self.setting = landing.setting
        self.grammar = grammar
        self.unknown = unknown
        self.state = State(compared=self.section.compared, year=0)
        self.lead = Lead(landing, self.state, grammar)

    def walk(self, figures: Sequence[Printed]) -> None:
        """Read the words before each figure and state it, or count it as unknown."""
        text, end = self.paragraph.text, 0
        self.lead.open_heading(text[: figures[0].start])
        runs = runs_of(text, figures, self.grammar)
        for run, following in zip(runs, (*(after[0] for after in runs[1:]), None), strict=True):
            lead, self.state.reached = text[end : run[0].start], end
            clause = self.lead.read(lead, run[0].unit)
            unread: Sequence[Printed] = run
            is_of_one = len(run) == 1 and self._is_of_one_side(clause, run[0], following)
            if clause is not None and not is_of_one:
                unread = self._state(clause, run)
            for figure in unread:
                line, _ = self.paragraph.place(figure.start)
                words = lead[-40:] if figure is run[0] else ""
                self.unknown.append((words + text[figure.start : figure.end], line))
                self._note_unread(clause, figure.unit)
            if unread:
                self.lead.subjects.note(None)
            is_lost = clause is None and not self.state.cause
            if is_lost or is_of_one or (unread and len(run) > 1):
                self.state.subject, self.state.previous = None, ""
            end = self._end_of(run[-1])
        self.state.reached = end
        self.lead.end_with(text[end:])
        self.section.compared = self.section.compared or (
            self.state.compared and self.setting.document_kind == "budget"
        )

    def _end_of(self, figure: Printed) -> int:
        """Where the words for the next figure begin: behind `(套)` and what a subject claims."""
        text, end = self.paragraph.text, figure.end
        match = _SETS.match(text, end)
        if match is not None:
            return match.end()
        subject = self.state.subject
        if subject is not None and subject.after is not None:
            match = subject.after.match(text, end)
            if match is None or match.end() == end:
                return end
            rest = _TO_BREAK.match(text, match.end())
            end = rest.end() if rest else end
        return end

    def _note_unread(self, clause: Clause | None, unit: str) -> None:
        """Keep in mind that the section states money that was not read: it may be a whole."""
        state = self.state
        if self.grammar.unit_kind(unit) != "money" or state.cause or state.use:
            return
        if clause is not None and state.subject is not None and state.subject.is_left_out:
            return
        self.section.has_unread = True

    def _state(self, clause: Clause, run: Sequence[Printed]) -> Sequence[Printed]:
        """State the figures of a run, and give those whose subject, measure or unit is unclear."""
        said = self.lead.said()
        read = run
        owners = self.lead.subjects.of_figures(said, clause, len(run))
        if not owners and len(run) > 1 and not is_list(self.paragraph.text, run):
            read = run[:1]
            owners = self.lead.subjects.of_figures(said, clause, 1)
        meant = self._meant(clause, read[-1], [one for several in owners for one in several])
        if meant is None:
            return run
        measure, year = meant
        values = [Decimal(figure.printed.replace(",", "")) for figure in read]
        if clause.marks & {"decrease", "below_budget"}:
            if min(values) < 0:
                return run
            values = [-value for value in values]
        for figure, value, several in zip(read, values, owners, strict=True):
            place = (figure.start, figure.end)
            for one in several:
                landed = Figure(figure.printed, figure.unit, value, place)
                self.landing.land(one, measure, landed, year or self.state.year)
        last = owners[-1][-1]
        self.lead.subjects.note(last if len(owners) == 1 else None)
        self.state.previous, self.state.measure = last.subject.topic, measure
        return run[len(read) :]

    def _is_of_one_side(
        self, clause: Clause | None, figure: Printed, following: Printed | None
    ) -> bool:
        """True for `增加2万元` in `收、支总计分别增加2万元、减少3万元`: it is of one side alone."""
        text, kind = self.paragraph.text, self.grammar.unit_kind(figure.unit)
        if clause is None or following is None or not clause.marks & OF_EACH:
            return False
        between = text[figure.end : following.start]
        if kind != self.grammar.unit_kind(following.unit) or _STOP.search(between):
            return False
        words = next((part for part in _SIGN.split(between) if part), "")
        other = read_clause(words, self.lead.context, agencies=self.setting.agencies)
        marks: frozenset[str] = other.marks if other is not None else frozenset()
        if "respectively" in clause.marks:
            return not marks & (_BASES | {"parts"})
        return bool(marks & _CHANGES) and not marks & _BASES

    def _meant(
        self, clause: Clause, figure: Printed, owners: Sequence[Said]
    ) -> tuple[str, int] | None:
        """The measure and the year of figures, 0 for the one in hand; None where either is unclear.

        ``figure`` is the last of them, ``owners`` whom they are said of.
        """
        state = self.state
        left_out = [one.subject.topic for one in owners if one.subject.is_left_out]
        if left_out or not owners:
            state.previous = left_out[-1] if left_out else state.previous
            return None
        kind = self.grammar.unit_kind(figure.unit)
        behind = self.paragraph.text[figure.end :]
        measure, year = measure_and_year(clause, kind, behind, self.setting, state)
        if not measure:
            return None
        if measure in TO_BUDGET and not state.is_compared(clause):
            if self.setting.document_kind != "final_account" or not state.is_of_budget(clause):
                return None
            measure = TO_BUDGET[measure]
        if measure == "budget" and self.setting.document_kind != "final_account":
            measure = "amount"
        if measure == "executed":
            # what the year before spent; of another year nobody says which budget it is of
            if self.setting.year is None or state.year != self.setting.year - 1:
                return None
            measure = "final"
        if not all(_fits(one.subject, kind, figure.unit) for one in owners):
            state.subject = None
            return None
        afters = (one.subject.after for one in owners)
        if not all(after is None or after.match(behind) for after in afters):
            return None
        if self.setting.year is not None and state.year > self.setting.year:
            return None
        return measure, year


def _fits(subject: Subject, kind: str, unit: str) -> bool:
    """False for things that have no such unit, and for money of what is counted."""
    if kind == "count":
        return subject.units is not None and subject.units.fullmatch(unit) is not None
    return kind != "money" or subject.units is None

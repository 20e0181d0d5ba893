"""The words before a figure: clause by clause, what they leave in hand for it.

A clause without a subject takes that of the clause before, as long as all between them is
understood. What is said as a cause or as a use is not stated of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.sentences.causes import CAUSE, USE
from extract.sentences.directions import find_direction
from extract.sentences.function_names import FunctionNames, mark_names
from extract.sentences.grammar import (
    FUNCTION_CONTEXTS,
    NAMED,
    Clause,
    Grammar,
    Subject,
    read_clause,
)
from extract.sentences.landed import Figure, Landing, Said
from extract.sentences.measures import fund_in
from extract.sentences.prose import ORDINAL
from extract.sentences.state import BESIDE_TOTALS, State
from extract.sentences.subjects import OF_EACH, Subjects

_BREAK = re.compile(
    r"(?=[,;。:、])(?:[,;。:]|(?<!收)(?<!收入)、|(?<=收)、(?!支)|(?<=收入)、(?!支出))"
)
_FIRST_WORDS = re.compile(r"[^。:,;]{2,30}[。:]")
_TO_NEXT = re.compile(r"[,;。:]|$")
_AND = re.compile(r"以及|[和及与]")
_LATE = re.compile(rf"(?<=[占为{NAMED}])[,;:]+$")
_OPENS = {"three_public_total": "three_public", "procurement_total": "procurement"}
"""Totals behind which a paragraph goes on with their parts."""
_CHANGES = frozenset({"increase", "decrease"})
_DIGIT = re.compile(r"[0-9]")


class Lead:
    """The words of one paragraph, up to each of its figures."""

    def __init__(self, landing: Landing, state: State, grammar: Grammar) -> None:
        self.landing = landing
        self.paragraph, self.section = landing.paragraph, landing.section
        self.setting = landing.setting
        self.state = state
        self.grammar = grammar
        self.subjects = Subjects()
        self.context, self.fund = self.section.context, self.section.fund
        self.outside: tuple[Subject | None, str, FunctionNames, str] | None = None

    def said(self) -> Said | None:
        """The subject in hand."""
        state = self.state
        if state.subject is None:
            return None
        return Said(state.subject, state.text, state.names, state.fund or self.fund)

    def open_heading(self, lead: str) -> None:
        """A heading that the paragraph begins with, closed by a full stop or a colon."""
        match = _FIRST_WORDS.match(lead)
        if match and ORDINAL.match(lead) and not _DIGIT.search(ORDINAL.sub("", match[0], count=1)):
            self.section.head(match[0], self.grammar)
            found = self.grammar.context_of(match[0])
            if found is not None and NAMED not in match[0] and "(类)" not in match[0]:
                self.context, self.fund = found
                self.section.begin()

    def end_with(self, rest: str) -> None:
        """Read the words behind the last figure, which may say a direction."""
        state, start = self.state, 0
        for match in _TO_NEXT.finditer(rest):
            text, start = rest[start : match.start()], match.end()
            if not state.cause and not self._direct(text) and text.strip(")"):
                state.cause = CAUSE.search(text) is not None
                clause = read_clause(text, self.context, agencies=self.setting.agencies)
                if clause is None and not state.cause:
                    state.subject = None
            state.go_past(text + match[0], self.paragraph.text)
            if match[0] == "。":
                state.cause = False
                state.subject = None if state.subjects > 1 else state.subject

    def read(self, lead: str, unit: str) -> Clause | None:
        """Walk through the clauses before a figure; what the last one says, None if unknown."""
        state = self.state
        self.subjects.begin(lead)
        if lead.startswith(")") and self.outside is not None:
            state.subject, state.text, state.names, state.previous = self.outside
        if ")" in lead:
            self.outside = None
        if lead.rfind("(") > lead.rfind(")"):
            self.outside = (state.subject, state.text, state.names, state.previous)
        marked, names = mark_names(lead)
        marked = _LATE.sub("", marked)
        given = iter(names)
        start = 0
        edges = [(match.start(), match[0]) for match in _BREAK.finditer(marked)]
        for edge, sign in edges:
            self._pass(marked[start:edge], sign, given)
            start = edge + 1
        last = marked[start:]
        if (state.cause and not state.soft) or CAUSE.search(last):
            state.cause = True
            return None
        clause = self._read_last(last, unit, given)
        if clause is None:
            return None
        if state.cause and not state.is_beside_cause(clause):
            return None
        state.cause = state.soft = False
        if (
            state.use
            and (clause.subject is None or clause.subject.units is None)
            and "completion" not in clause.marks
        ):
            return None
        if state.goes_on(clause):
            clause = replace(clause, subject=None)
        if clause.subject is not None and not self._take(clause, given):
            return None
        if clause.subject is None and "parts" in clause.marks:
            return None
        self._note(clause)
        is_said = state.subject is not None or self.subjects.goes_on(clause)
        return clause if is_said else None

    def _read_last(self, text: str, unit: str, given: Iterator[FunctionNames]) -> Clause | None:
        """The clause that a figure ends; `收入总计和支出总计分别为` names several subjects."""
        place = (self.setting.item_names, self.setting.agencies)
        clause = read_clause(text, self.context, self.state.previous, unit, *place)
        parts = _AND.split(text) if clause is None else []
        if len(parts) < 2:
            return clause
        clauses = [read_clause(part, self.context, "", unit, *place) for part in parts]
        if not all(one is not None and one.subject is not None for one in clauses):
            return None
        *first, last = (one for one in clauses if one is not None)
        if not last.marks & OF_EACH:
            return None
        for one in first:
            if not self._take(one, given):
                return None
            self.subjects.add(self.said())
            self._note(one)
        return last

    def _pass(self, text: str, sign: str, given: Iterator[FunctionNames]) -> None:
        """Read a clause that ends without a figure."""
        state = self.state
        if not state.cause:
            self._direct(text)
        if not (state.cause or state.use):
            if CAUSE.search(text):
                state.cause = True
            elif USE.search(text) or USE.search(text + sign):
                state.use = True
            elif text:
                clause = read_clause(
                    text, self.context, state.previous, agencies=self.setting.agencies
                )
                if clause is None:
                    state.subject, state.previous = None, ""
                    self.subjects.lose()
                    if NAMED in text:
                        for _ in range(text.count(NAMED)):
                            next(given, None)
                else:
                    if clause.subject is not None:
                        is_taken = self._take(clause, given)
                        self.subjects.row = []
                        if state.subject is not None:
                            state.previous = state.subject.topic
                        self.subjects.add(self.said() if is_taken else None)
                    elif clause.marks == {"respectively"}:
                        clause = replace(clause, marks=frozenset({"parts"}))
                    if clause.subject is None and "parts" in clause.marks:
                        state.subject = None
                    self._note(clause)
        elif NAMED in text:
            for _ in range(text.count(NAMED)):
                next(given, None)
        state.go_past(text + sign, self.paragraph.text)
        if sign != "、":
            self.subjects.listed = []
        if sign == "。":
            self.subjects.end_sentence()
            if state.subjects > 1:
                state.subject = None
            state.to_year = False
            state.cause = state.soft = state.use = False
            state.to_budget = state.budgeted = state.has_peer = state.of_budget = False
            state.year, state.subjects = 0, 0
        elif sign == ";":
            state.soft, state.use = state.cause, False

    def _take(self, clause: Clause, given: Iterator[FunctionNames]) -> bool:
        """Make the clause's subject the one in hand; False for one that cannot stand here."""
        state, subject = self.state, clause.subject
        assert subject is not None
        if subject.topic.startswith("alone_"):
            named = {"agency", "prior", "this_year"} | (
                {"year", "compare"} if self.context != "none" else set()
            )
            held = state.subject.topic if state.subject is not None else ""
            is_total = self.section.is_of_all and named & clause.marks
            if held not in BESIDE_TOTALS or not (
                is_total or (self.section.is_of_all and state.names_total(self.subjects.is_joined))
            ):
                return False
            subject = Subject(subject.topic.removeprefix("alone_"))
            if state.subject is not None and state.subject.topic == subject.topic:
                # the same total, in fewer words
                clause, subject = replace(clause, text=state.text), state.subject
        elif subject.topic.startswith("bare_"):
            held = state.subject.topic if state.subject is not None else ""
            if held not in BESIDE_TOTALS and not {"year", "ordinal", "agency"} & clause.marks:
                return False
            subject = Subject(subject.topic.removeprefix("bare_"))
        names = FunctionNames()
        if subject.topic == "function_peer":
            if not state.has_peer:
                return False
            subject = Subject("function_item")
        if clause.text == NAMED:
            printed = next(given, None)
            if printed is None:
                return False
            names = self.section.complete(printed)
            if self.context not in FUNCTION_CONTEXTS or self.grammar.is_left_out(names.class_name):
                subject = Subject("left_out")
        elif subject.topic == "function_item":
            state.has_peer = True
            is_class = self.grammar.classes.fullmatch(clause.text) is not None
            names = FunctionNames(clause.text) if is_class else FunctionNames("", "", clause.text)
        if subject != state.subject or names != state.names:
            state.subjects += 1
            self.subjects.shared = ()
        state.subject, state.text, state.names = subject, clause.text, names
        self.context = _OPENS.get(subject.topic, self.context)
        if "fund_general" in clause.marks:
            state.fund = "general_public_budget"
        elif "fund_fiscal" in clause.marks:
            state.fund = "fiscal"
        else:
            state.fund = subject.fund or fund_in(clause.text)
        return True

    def _note(self, clause: Clause) -> None:
        state = self.state
        if "parts" in clause.marks:
            self.subjects.begin_parts()
            state.of_budget = state.measure in ("budget", "initial_budget")
        if "this_year" in clause.marks:
            state.year = 0
        if clause.year:
            state.year = clause.year
            if "as_of" in clause.marks:
                self.section.as_of = clause.year
        if "compare" in clause.marks:
            state.compared, state.to_budget, state.budgeted = True, False, False
            state.to_year = True
            # the year itself: what is compared is its budget
            if clause.against and clause.against == self.setting.year:
                state.to_budget = self.setting.document_kind == "final_account"
        elif clause.marks & {"initial_budget", "final"} and not clause.marks & _CHANGES:
            state.budgeted = True
        if "compare_budget" in clause.marks:
            state.to_budget = True

    def _direct(self, text: str) -> bool:
        """Note a direction that a clause says in words, of its own subject or of the last one."""
        direction = find_direction(text)
        if direction is None:
            return False
        state, said = self.state, self.said()
        is_named = direction.measure == "budget_direction" or not direction.sign
        if direction.subject:
            clause = read_clause(direction.subject, self.context, agencies=self.setting.agencies)
            if clause is None:
                return True
            own = clause.subject
            if own is not None and own != state.subject:
                fund = fund_in(clause.text) or self.fund
                said = Said(own, clause.text, FunctionNames(), fund)
                is_named = own.topic != "function_item"
        at = self.paragraph.text.find(direction.text, state.reached)
        if (
            said is not None
            and at >= 0
            and not said.subject.is_left_out
            and not said.subject.topic.startswith(("bare_", "alone_"))
            and (is_named or self.landing.changed == {said.subject.topic})
            and str(self.setting.year) not in direction.text
        ):
            span = (at, at + len(direction.text))
            figure = Figure(direction.text, "", Decimal(direction.sign), span)
            self.landing.land(said, direction.measure, figure, state.year)
        return True

"""One paragraph, from figure to figure: the words before each say what it is.

A clause without a subject takes that of the clause before, as long as all between them is
understood. What is said as a cause or as a use is not stated of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from extract.sentences.landed import Figure, Said, statements_of
from extract.sentences.measures import (
    PAIRED,
    TO_BUDGET,
    fund_in,
    is_paired,
    measure_and_year,
)
from extract.sentences.model import Setting, Statement
from extract.sentences.prose import ORDINAL, Paragraph
from extract.sentences.section import Section
from extract.sentences.state import BESIDE_TOTALS, State

_BREAK = re.compile(
    r"(?=[,;。:、])(?:[,;。:]|(?<!收)(?<!收入)、|(?<=收)、(?!支)|(?<=收入)、(?!支出))"
)
_IN_UNIT = re.compile(r"[,;:]")
_FIRST_WORDS = re.compile(r"[^。:,;]{2,30}[。:]")
_TO_BREAK = re.compile(r"[^,。;]*")
_TO_NEXT = re.compile(r"[,;。:]|$")
_LATE = re.compile(rf"(?<=[占为{NAMED}])[,;:]+$")
_OPENS = {"three_public_total": "three_public", "procurement_total": "procurement"}
"""Totals behind which a paragraph goes on with their parts."""
_CHANGES = frozenset({"increase", "decrease"})
_SETS = re.compile(r"\((?:[台件套]、?)+\)")
_DIGIT = re.compile(r"[0-9]")


class Walk:
    """One paragraph, from figure to figure."""

    def __init__(
        self,
        paragraph: Paragraph,
        section: Section,
        setting: Setting,
        grammar: Grammar,
        stated: list[Statement],
        unknown: list[tuple[str, int]],
    ) -> None:
        self.paragraph = paragraph
        self.section = section
        self.setting = setting
        self.grammar = grammar
        self.stated = stated
        self.unknown = unknown
        self.state = State(compared=section.compared, year=0)
        self.context, self.fund = section.context, section.fund
        self.outside: tuple[Subject | None, str, FunctionNames, str] | None = None
        self.pair: tuple[str, int, int] | None = None

    def walk(self, figures: Sequence[re.Match[str]]) -> None:
        """Read the words before each figure and state it, or count it as unknown."""
        text, end = self.paragraph.text, 0
        self._run_in_heading(text[: figures[0].start()])
        for figure in figures:
            unit = _IN_UNIT.sub("", figure["unit"])
            lead, self.state.reached = text[end : figure.start()], end
            if self.pair and PAIRED.fullmatch(lead):
                end = self._land_second(figure, unit)
                continue
            self.pair = None
            clause = self._read_lead(lead, unit)
            if clause is None or not self._state(clause, figure, unit):
                line, _ = self.paragraph.place(figure.start())
                self.unknown.append((lead[-40:] + figure[0], line))
                self._note_unread(clause, unit)
                if clause is None and not self.state.cause:
                    self.state.subject, self.state.previous = None, ""
            end = self._end_of(figure)
        self.state.reached = end
        self._end_with(text[end:])
        self.section.compared = self.section.compared or (
            self.state.compared and self.setting.document_kind == "budget"
        )

    def _land_second(self, figure: re.Match[str], unit: str) -> int:
        """State the second figure of a pair, of expenditure; where the words behind it begin."""
        assert self.pair is not None
        measure, sign, year = self.pair
        self.pair = None
        value = sign * Decimal(figure["printed"].replace(",", ""))
        said = Said(Subject("expenditure_total"), self.state.text, FunctionNames(), self._fund())
        self._land(said, measure, Figure(figure["printed"], unit, value, figure.span()), year)
        return figure.end()

    def _end_of(self, figure: re.Match[str]) -> int:
        """Where the words for the next figure begin: behind `(套)` and what a subject claims."""
        text, end = self.paragraph.text, figure.end()
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

    def _run_in_heading(self, lead: str) -> None:
        """A heading that the paragraph begins with, closed by a full stop or a colon."""
        match = _FIRST_WORDS.match(lead)
        if match and ORDINAL.match(lead) and not _DIGIT.search(ORDINAL.sub("", match[0], count=1)):
            self.section.head(match[0])
            found = self.grammar.context_of(match[0])
            if found is not None and NAMED not in match[0] and "(类)" not in match[0]:
                self.context, self.fund = found
                self.section.begin()

    def _note_unread(self, clause: Clause | None, unit: str) -> None:
        """Keep in mind that the section states money that was not read: it may be a whole."""
        state = self.state
        if self.grammar.unit_kind(unit) != "money" or state.cause or state.use:
            return
        if clause is not None and state.subject is not None and state.subject.is_left_out:
            return
        self.section.has_unread = True

    def _end_with(self, rest: str) -> None:
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

    def _read_lead(self, lead: str, unit: str) -> Clause | None:
        """Walk through the clauses before a figure; what the last one says, None if unknown."""
        state = self.state
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
        clause = read_clause(
            last,
            self.context,
            state.previous,
            unit,
            self.setting.item_names,
            self.setting.agencies,
        )
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
        return clause if state.subject is not None else None

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
                    if NAMED in text:
                        for _ in range(text.count(NAMED)):
                            next(given, None)
                else:
                    if clause.subject is not None:
                        self._take(clause, given)
                        if state.subject is not None:
                            state.previous = state.subject.topic
                    elif "parts" in clause.marks:
                        state.subject = None
                    self._note(clause)
        elif NAMED in text:
            for _ in range(text.count(NAMED)):
                next(given, None)
        state.go_past(text + sign, self.paragraph.text)
        if sign == "。":
            if state.subjects > 1:
                state.subject = None
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
            if held not in BESIDE_TOTALS or not is_total:
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
            state.of_budget = state.measure in ("budget", "initial_budget")
        if "this_year" in clause.marks:
            state.year = 0
        if clause.year:
            state.year = clause.year
            if "as_of" in clause.marks:
                self.section.as_of = clause.year
        if "compare" in clause.marks:
            state.compared, state.to_budget, state.budgeted = True, False, False
            # the year itself: what is compared is its budget
            if clause.against and clause.against == self.setting.year:
                state.to_budget = self.setting.document_kind == "final_account"
        elif clause.marks & {"initial_budget", "final"} and not clause.marks & _CHANGES:
            state.budgeted = True
        if "compare_budget" in clause.marks:
            state.to_budget = True

    def _state(self, clause: Clause, figure: re.Match[str], unit: str) -> bool:
        """State a figure; False where its measure or its unit does not fit the subject."""
        state = self.state
        subject = state.subject
        assert subject is not None
        if subject.is_left_out:
            state.previous = subject.topic
            return False
        kind = self.grammar.unit_kind(unit)
        behind = self.paragraph.text[figure.end() :]
        measure, year = measure_and_year(clause, kind, behind, self.setting, state)
        if not measure:
            return False
        if measure in TO_BUDGET and not state.is_compared(clause):
            if self.setting.document_kind != "final_account" or not state.is_of_budget(clause):
                return False
            measure = TO_BUDGET[measure]
        if measure == "budget" and self.setting.document_kind != "final_account":
            measure = "amount"
        if measure == "executed":
            # what the year before spent; of another year nobody says which budget it is of
            if self.setting.year is None or state.year != self.setting.year - 1:
                return False
            measure = "final"
        if kind == "count" and (subject.units is None or not subject.units.fullmatch(unit)):
            state.subject = None
            return False
        if kind == "money" and subject.units is not None:
            state.subject = None
            return False
        if subject.after is not None and not subject.after.match(self.paragraph.text, figure.end()):
            return False
        if self.setting.year is not None and state.year > self.setting.year:
            return False
        value = Decimal(figure["printed"].replace(",", ""))
        if clause.marks & {"decrease", "below_budget"}:
            if value < 0:
                return False
            value = -value
        said = Said(subject, state.text, state.names, self._fund())
        if subject.topic == "both_totals" and is_paired(behind):
            # 收、支总计各减少1万元、2万元: the first is of income
            said = said._replace(subject=Subject("income_total"))
            self.pair = (measure, 1 if value == abs(value) else -1, year)
        self._land(said, measure, Figure(figure["printed"], unit, value, figure.span()), year)
        state.previous, state.measure = subject.topic, measure
        return True

    def _direct(self, text: str) -> bool:
        """Note a direction that a clause says in words, of its own subject or of the last one."""
        direction = find_direction(text)
        if direction is None:
            return False
        state, subject = self.state, self.state.subject
        said = Said(subject, state.text, state.names, self._fund()) if subject else None
        is_named = direction.measure == "budget_direction" or not direction.sign
        if direction.subject:
            clause = read_clause(direction.subject, self.context, agencies=self.setting.agencies)
            if clause is None:
                return True
            own = clause.subject
            if own is not None and own != subject:
                fund = fund_in(clause.text) or self.fund
                said = Said(own, clause.text, FunctionNames(), fund)
                is_named = own.topic != "function_item"
        at = self.paragraph.text.find(direction.text, state.reached)
        if (
            said is not None
            and at >= 0
            and not said.subject.is_left_out
            and not said.subject.topic.startswith(("bare_", "alone_"))
            and (is_named or state.changed == {said.subject.topic})
            and str(self.setting.year) not in direction.text
        ):
            span = (at, at + len(direction.text))
            figure = Figure(direction.text, "", Decimal(direction.sign), span)
            self._land(said, direction.measure, figure)
        return True

    def _fund(self) -> str:
        return self.state.fund or self.fund

    def _land(self, said: Said, measure: str, figure: Figure, year: int = 0) -> None:
        state = self.state
        if measure in ("change", "change_percent"):
            state.changed.add(said.subject.topic)
        place = (self.paragraph, self.section, self.setting)
        self.stated.extend(statements_of(said, measure, figure, year or state.year, *place))

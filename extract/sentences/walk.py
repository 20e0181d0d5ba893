"""One paragraph, from figure to figure: the words before each say what it is.

A clause without a subject takes that of the clause before, as long as all between them is
understood. What is said as a cause or as a use is not stated of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.sentences.function_names import FunctionNames, mark_names
from extract.sentences.grammar import (
    FUNCTION_CONTEXTS,
    NAMED,
    Clause,
    Grammar,
    Subject,
    read_clause,
)
from extract.sentences.model import Setting, Statement
from extract.sentences.prose import ORDINAL, Paragraph
from extract.sentences.section import Section

_CAUSE = re.compile(r"原因|^(?:主要)?(?:是|系|为)?(?:因为|由于|因(?!公))|^主要是|^主要系|变动较大")
_USE = re.compile(
    r"主要用于(?!以下|如下)|^(?:主要)?(?:用于(?!以下|如下)|反映)|^主要包括|^主要为|^开支内容"
)
_BREAK = re.compile(
    r"(?=[,;。:、])(?:[,;。:]|(?<!收)(?<!收入)、|(?<=收)、(?!支)|(?<=收入)、(?!支出))"
)
_IN_UNIT = re.compile(r"[,;:]")
_FIRST_WORDS = re.compile(r"[^。:,;]{2,30}[。:]")
_STOP = re.compile(r"[,;。]")
_TO_BREAK = re.compile(r"[^,。;]*")
_LATE = re.compile(rf"(?<=[占为{NAMED}])[,;:]+$")
_HELD_TOPICS = frozenset({"vehicles_held", "assets_equipment"})
_BESIDE_TOTALS = frozenset({"", "income_total", "expenditure_total", "income_source"})
"""Subjects beside which 收入预算 and 支出预算 are totals again."""
_OPENS = {"three_public_total": "three_public", "procurement_total": "procurement"}
"""Totals behind which a paragraph goes on with their parts."""
_SETS = re.compile(r"\((?:[台件套]、?)+\)")
_DIGIT = re.compile(r"[0-9]")


@dataclass
class _State:
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
        self.state = _State(compared=section.compared, year=0)
        self.context, self.fund = section.context, section.fund
        self.outside: tuple[Subject | None, str, FunctionNames, str] | None = None

    def walk(self, figures: Sequence[re.Match[str]]) -> None:
        """Read the words before each figure and state it, or count it as unknown."""
        text, end = self.paragraph.text, 0
        self._run_in_heading(text[: figures[0].start()])
        for figure in figures:
            unit = _IN_UNIT.sub("", figure["unit"])
            lead = text[end : figure.start()]
            clause = self._read_lead(lead, unit)
            if clause is None or not self._state(clause, figure, unit):
                line, _ = self.paragraph.place(figure.start())
                self.unknown.append((lead[-40:] + figure[0], line))
                if clause is None and not self.state.cause:
                    self.state.subject, self.state.previous = None, ""
            end = self._end_of(figure)
        self.section.compared = self.section.compared or (
            self.state.compared and self.setting.document_kind == "budget"
        )

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
            found = self.grammar.context_of(match[0])
            if found is not None and NAMED not in match[0] and "(类)" not in match[0]:
                self.context, self.fund = found

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
        if (state.cause and not state.soft) or _CAUSE.search(last):
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
        if state.cause and (clause.subject is None or clause.marks & {"increase", "decrease"}):
            return None
        state.cause = state.soft = False
        if state.use and (clause.subject is None or clause.subject.units is None):
            return None
        if clause.subject is not None and not self._take(clause, given):
            return None
        if clause.subject is None and "parts" in clause.marks:
            return None
        self._note(clause)
        return clause if state.subject is not None else None

    def _pass(self, text: str, sign: str, given: Iterator[FunctionNames]) -> None:
        """Read a clause that ends without a figure."""
        state = self.state
        if not (state.cause or state.use):
            if _CAUSE.search(text):
                state.cause = True
            elif _USE.search(text) or _USE.search(text + sign):
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
        if sign == "。":
            if state.subjects > 1:
                state.subject = None
            state.cause = state.soft = state.use = False
            state.to_budget = state.budgeted = state.has_peer = False
            state.year, state.subjects = 0, 0
        elif sign == ";":
            state.soft, state.use = state.cause, False

    def _take(self, clause: Clause, given: Iterator[FunctionNames]) -> bool:
        """Make the clause's subject the one in hand; False for one that cannot stand here."""
        state, subject = self.state, clause.subject
        assert subject is not None
        if subject.topic.startswith("bare_"):
            held = state.subject.topic if state.subject is not None else ""
            if held not in _BESIDE_TOTALS and not {"year", "ordinal", "agency"} & clause.marks:
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
            state.fund = subject.fund or _fund_in(clause.text)
        return True

    def _note(self, clause: Clause) -> None:
        state = self.state
        if clause.year:
            state.year = clause.year
            if "as_of" in clause.marks:
                self.section.as_of = clause.year
        if "compare" in clause.marks:
            state.compared, state.to_budget, state.budgeted = True, False, False
        elif clause.marks & {"initial_budget", "final"}:
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
        measure = _measure_of(clause.marks, kind)
        if not measure or (
            measure in ("change", "change_percent") and not self._is_compared(clause)
        ):
            return False
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
        if "decrease" in clause.marks:
            if value < 0:
                return False
            value = -value
        self._land(subject, measure, value, figure, unit)
        state.previous = subject.topic
        return True

    def _is_compared(self, clause: Clause) -> bool:
        state = self.state
        if state.to_budget or "compare_budget" in clause.marks:
            return False
        return state.compared and not (state.budgeted and "compare" not in clause.marks)

    def _land(
        self, subject: Subject, measure: str, value: Decimal, figure: re.Match[str], unit: str
    ) -> None:
        state = self.state
        line, page = self.paragraph.place(figure.start())
        year = state.year or self.setting.year
        if subject.topic in _HELD_TOPICS and not state.year and self.section.as_of:
            year = self.section.as_of
        topics = [subject.topic]
        if subject.topic == "both_totals":
            topics = ["income_total", "expenditure_total"]
        for topic in topics:
            self.stated.append(
                Statement(
                    topic=topic,
                    measure=measure,
                    item=self._item(topic, subject),
                    source=subject.source,
                    fund=state.fund or self.fund,
                    names=state.names,
                    year=year,
                    printed=figure["printed"],
                    unit=unit,
                    value=value,
                    line=line,
                    page_number=page,
                    text=_sentence_around(self.paragraph.text, figure),
                )
            )

    def _item(self, topic: str, subject: Subject) -> str:
        if topic == "income_source":
            return subject.source
        if topic == "function_item":
            return self.state.names.last
        if topic in ("income_total", "expenditure_total"):
            text = self.state.text
            closing = self.setting.document_kind == "final_account" and text.endswith("合计")
            return "current_total" if text.startswith("本年") or closing else "total"
        return subject.item


def _measure_of(marks: frozenset[str], kind: str) -> str:
    """The measure that the words around a figure of this kind of unit give; '' for none."""
    if "unstated" in marks:
        return ""
    if "completion" in marks:
        return "completion_percent" if kind == "percent" else ""
    if marks & {"increase", "decrease"}:
        if {"increase", "decrease"} <= marks:
            return ""
        return "change_percent" if kind == "percent" else "change"
    if marks & {"compare", "compare_budget"}:
        return ""  # the figure of the year with which another is compared
    if "share_percent" in marks:
        return "share_percent" if kind == "percent" else ""
    if kind == "percent":
        return ""
    if kind == "count":
        return "count"
    if "initial_budget" in marks:
        return "" if "final" in marks else "initial_budget"
    if "executed" in marks:
        return "executed"
    return "final" if "final" in marks else "amount"


def _fund_in(text: str) -> str:
    if "一般公共预算" in text:
        return "general_public_budget"
    return "fiscal" if "财政拨款" in text else ""


def _sentence_around(text: str, figure: re.Match[str]) -> str:
    """The words around a figure: from the full stop before it to the next comma or stop."""
    start = max(text.rfind("。", 0, figure.start()), text.rfind(";", 0, figure.start())) + 1
    start = max(start, figure.start() - 120)
    match = _STOP.search(text, figure.end())
    return text[start : match.start() if match else len(text)][:240]

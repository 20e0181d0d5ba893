"""Stated figures of a paragraph: what was read of the words, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from extract.sentences.function_names import FunctionNames
from extract.sentences.grammar import Subject
from extract.sentences.model import Setting, Statement
from extract.sentences.prose import Paragraph
from extract.sentences.section import Section

_STOP = re.compile(r"[,;。]")
_HELD_TOPICS = frozenset({"vehicles_held", "assets_equipment"})
_WHOLES = frozenset(
    {
        "income_total",
        "expenditure_total",
        "fiscal_total",
        "general_public_total",
        "three_public_total",
        "procurement_total",
        "basic",
        "both_totals",
    }
)
"""Subjects of which a share may be one."""


class Said(NamedTuple):
    """What a figure is said of: its subject, the words that name it, its class and its fund."""

    subject: Subject
    text: str
    names: FunctionNames
    fund: str


class Figure(NamedTuple):
    """A printed figure (or the words of a direction), its unit, value and place in the text."""

    printed: str
    unit: str
    value: Decimal
    span: tuple[int, int]


@dataclass
class Landing:
    """What a paragraph states: ``stated`` are the statements of its document, which grow.

    ``changed`` are the topics of which the paragraph has stated a change.
    """

    paragraph: Paragraph
    section: Section
    setting: Setting
    stated: list[Statement]
    changed: set[str] = field(default_factory=set)

    def land(self, said: Said, measure: str, figure: Figure, year: int = 0) -> None:
        """State a figure: one statement per topic of its subject, of the document's year for 0.

        Notes in the section that a whole was stated in it.
        """
        section, topic = self.section, said.subject.topic
        if measure in ("change", "change_percent"):
            self.changed.add(topic)
        if topic in _WHOLES and measure in ("amount", "final"):
            section.has_whole = True
        if topic in _HELD_TOPICS and not year and section.as_of:
            year = section.as_of
        topics = (topic,) if topic != "both_totals" else ("income_total", "expenditure_total")
        self.stated += (self._statement(one, said, measure, figure, year) for one in topics)

    def _statement(
        self, topic: str, said: Said, measure: str, figure: Figure, year: int
    ) -> Statement:
        line, page = self.paragraph.place(figure.span[0])
        section = self.section
        return Statement(
            topic=topic,
            measure=measure,
            item=_item(topic, said, self.setting),
            source=said.subject.source,
            fund=said.fund,
            names=said.names,
            year=year or self.setting.year,
            printed=figure.printed,
            unit=figure.unit,
            value=figure.value,
            line=line,
            page_number=page,
            text=_sentence_around(self.paragraph.text, figure.span),
            section=section.number,
            unread_whole=measure == "share_percent"
            and section.has_unread
            and not section.has_whole,
        )


def _item(topic: str, said: Said, setting: Setting) -> str:
    if topic == "income_source":
        return said.subject.source
    if topic == "function_item":
        return said.names.last
    if topic in ("income_total", "expenditure_total"):
        closing = setting.document_kind == "final_account" and said.text.endswith("合计")
        return "current_total" if said.text.startswith("本年") or closing else "total"
    return said.subject.item


def _sentence_around(text: str, span: tuple[int, int]) -> str:
    """The words around a figure: from the full stop before it to the next comma or stop."""
    start = max(text.rfind("。", 0, span[0]), text.rfind(";", 0, span[0])) + 1
    start = max(start, span[0] - 120)
    match = _STOP.search(text, span[1])
    return text[start : match.start() if match else len(text)][:240]

"""The grammar of narratives, read from the vocabulary: what a clause before a figure says.

A clause is understood only if all of it is: words that lead in, a subject, words that measure.
What no row knows makes the figure after it unknown, and an unknown figure is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from extract.errors import VocabularyError
from extract.vocabulary import load_vocabulary, read_pattern, read_records
from extract.words import CLOSED_WORDS

NAMED = "\ue000"
"""Stands in a clause for the names of 类 款 项."""

NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
BEGINS = r"(?=[-0-9])(?<![0-9¦])(?:(?<![0-9][.,])|(?<=\.[0-9],)|(?<=\.[0-9][0-9],))"
"""Before a figure: no digit, and no separator that may be its own."""

FUNCTION_CONTEXTS = frozenset(
    {"summary", "expenditure", "fiscal", "general_public", "government_fund", "none"}
)
"""Sections in which the bare name of a functional class is a subject."""


@dataclass(frozen=True)
class Subject:
    """A row of ``sentence_topic.csv``, or the name of a functional class."""

    topic: str
    contexts: frozenset[str] = frozenset()
    follows: str = ""
    units: re.Pattern[str] | None = None
    fund: str = ""
    source: str = ""
    item: str = ""
    after: re.Pattern[str] | None = None

    @property
    def is_left_out(self) -> bool:
        """True for what is understood and has no topic."""
        return self.topic.startswith("left_out")


@dataclass(frozen=True)
class Clause:
    """What a clause says: ``text`` is its subject as printed, ``measure`` how the figure is meant.

    ``marks`` are the words of ``sentence_measure.csv`` that it holds; ``year`` the year that it
    names for its figure, 0 for none; ``against`` the year with which it compares, 0 for none.
    """

    subject: Subject | None = None
    text: str = ""
    marks: frozenset[str] = frozenset()
    year: int = 0
    against: int = 0


@dataclass(frozen=True)
class Grammar:
    """All rows, compiled; ``followers`` are subjects by the topic of the figure before them."""

    subjects: tuple[tuple[re.Pattern[str], Subject], ...]
    followers: Mapping[str, tuple[tuple[re.Pattern[str], Subject], ...]]
    any_subject: re.Pattern[str]
    contexts: tuple[tuple[re.Pattern[str], str, str], ...]
    headings_of_all: tuple[re.Pattern[str], ...]
    lead: re.Pattern[str]
    lead_marks: tuple[str, ...]
    tail: re.Pattern[str]
    tail_marks: tuple[str, ...]
    figure: re.Pattern[str]
    unit_kinds: Mapping[str, str]
    classes: re.Pattern[str]

    def context_of(self, heading: str) -> tuple[str, str] | None:
        """The context and fund that a heading opens; None if it says nothing."""
        for pattern, context, fund in self.contexts:
            if pattern.search(heading):
                return context, fund
        return None

    def is_of_all(self, heading: str) -> bool:
        """True for a heading above what is said of all income or all expenditure."""
        return any(pattern.search(heading) for pattern in self.headings_of_all)

    def is_left_out(self, name: str) -> bool:
        """True for a name that is understood and has no topic."""
        return any(
            subject.topic == "left_out" and not subject.contexts and pattern.fullmatch(name)
            for pattern, subject in self.subjects
        )

    def unit_kind(self, unit: str) -> str:
        """`money`, `percent` or `count`."""
        return self.unit_kinds.get(unit, "count")


_ALIKE = 0.85
_UNIT_SIGNS = re.compile(r"\[,;:\]\?|\(\?=.*\)")
"""What in the pattern of a unit is no part of its word."""
_YEAR = re.compile(r"(?P<year>20[0-9]{2})年")
_FUNCTION = Subject("function_item", FUNCTION_CONTEXTS)
_PEER = Subject("function_peer", FUNCTION_CONTEXTS)
_NAMED = Subject("function_item")


def _sections(name: str, number: int, text: str) -> frozenset[str]:
    """The sections of which a row is true; VocabularyError for a word that is none."""
    found = frozenset(text.split())
    if unknown := found - CLOSED_WORDS["section"]:
        raise VocabularyError(
            f"{name}, line {number + 2}: {' '.join(sorted(unknown))!r} is no section"
        )
    return found


def _tokens(place: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    parts, marks = [], []
    name = "sentence_measure.csv"
    for number, record in enumerate(read_records(name)):
        if record["place"] == place:
            read_pattern(name, number, record["pattern"])
            parts.append(f"({record['pattern']})")
            marks.append(record["measure"])
    return re.compile("|".join(parts)), tuple(marks)


@cache
def load_grammar() -> Grammar:
    """Read the five files of the grammar; VocabularyError with file and line for a bad row."""
    name = "sentence_topic.csv"
    subjects = tuple(
        (
            read_pattern(name, number, record["subject"]),
            Subject(
                record["topic"],
                _sections(name, number, record["sections"]),
                record["follows"],
                read_pattern(name, number, record["counted"]) if record["counted"] else None,
                record["fund"],
                record["source"],
                record["item"],
                read_pattern(name, number, record["after"]) if record["after"] else None,
            ),
        )
        for number, record in enumerate(read_records(name))
    )
    lead, lead_marks = _tokens("lead")
    tail, tail_marks = _tokens("tail")
    units = read_records("sentence_unit.csv")
    words = "|".join(record["pattern"] for record in units)
    classes = sorted(
        (word for word in load_vocabulary().classes if word.endswith("支出")), key=len, reverse=True
    )
    alone = tuple(row for row in subjects if not row[1].follows)
    followers: dict[str, tuple[tuple[re.Pattern[str], Subject], ...]] = {}
    for row in subjects:
        if row[1].follows:
            followers[row[1].follows] = (*followers.get(row[1].follows, ()), row)
    return Grammar(
        subjects=alone,
        followers=followers,
        any_subject=re.compile("|".join(pattern.pattern for pattern, _ in alone)),
        contexts=tuple(
            (
                read_pattern("sentence_context.csv", number, record["pattern"]),
                record["section"],
                record["fund"],
            )
            for number, record in enumerate(read_records("sentence_context.csv"))
        ),
        headings_of_all=tuple(
            read_pattern("sentence_heading.csv", number, record["pattern"])
            for number, record in enumerate(read_records("sentence_heading.csv"))
        ),
        lead=lead,
        lead_marks=lead_marks,
        tail=tail,
        tail_marks=tail_marks,
        figure=re.compile(
            rf"{BEGINS}(?P<printed>{NUMBER})(?P<unit>{words})"
            r"(?!\(含\)|\(不含\)|及?以上|以下|以内|左右)"
        ),
        unit_kinds={
            word: record["unit_kind"]
            for record in units
            for word in (_UNIT_SIGNS.sub("", record["pattern"]),)
        },
        classes=re.compile("|".join(map(re.escape, classes))),
    )


@lru_cache(maxsize=4096)
def read_clause(
    text: str,
    context: str,
    previous: str = "",
    unit: str = "",
    names: frozenset[str] = frozenset(),
    agencies: tuple[str, ...] = (),
) -> Clause | None:
    """What a clause says; None if a part of it is not known.

    ``previous`` is the topic of the figure before, ``unit`` the unit of the figure behind the
    clause ('' inside of a sentence), ``names`` are names of items that the document's tables print,
    ``agencies`` names of the agency itself, also in their short forms.
    """
    grammar = load_grammar()
    place = _Place(grammar, text, context, previous, unit, names, agencies)
    found = _with_subject(place, 0, _NO_WORDS) or _without_subject(place, 0, _NO_WORDS)
    if found is not None:
        return found
    for match in reversed(list(_YEAR.finditer(text))):
        if not match.start() or text[match.start() - 1] in "比较与和同至止":
            continue
        if not _is_agency_like(text[: match.start()], agencies):
            continue
        found = _with_subject(place, match.start(), _NO_WORDS)
        if found is not None:
            return found
    return None


def _is_agency_like(text: str, agencies: tuple[str, ...]) -> bool:
    """True for words before a year that could name the agency: most of their characters are its.

    Where the agency is not known, for anything without a digit.
    """
    characters = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    if not characters or re.search(r"[0-9]", text):
        return False
    return not agencies or any(
        sum(char in agency for char in characters) >= _ALIKE * len(characters)
        for agency in agencies
    )


class _Place(NamedTuple):
    """A clause and all that its reading depends on."""

    grammar: Grammar
    text: str
    context: str
    previous: str
    unit: str
    names: frozenset[str]
    agencies: tuple[str, ...]


@cache
def _subjects_in(context: str) -> tuple[tuple[re.Pattern[str], Subject], ...]:
    """The subjects that a section may have."""
    return tuple(
        (pattern, subject)
        for pattern, subject in load_grammar().subjects
        if not subject.contexts or context in subject.contexts
    )


def _subjects_at(place: _Place, at: int) -> list[tuple[int, Subject]]:
    """Subjects that stand at a place, the longest first; what follows on another figure first."""
    grammar, text = place.grammar, place.text
    if text.startswith(NAMED, at):
        return [(at + 1, _NAMED)]
    found: list[tuple[int, int, Subject]] = []
    rows = grammar.followers.get(place.previous, ())
    if grammar.any_subject.match(text, at):
        rows = (*rows, *_subjects_in(place.context))
    for pattern, subject in rows:
        if subject.follows and subject.contexts and place.context not in subject.contexts:
            continue
        if subject.units is not None and place.unit and not subject.units.fullmatch(place.unit):
            continue
        match = pattern.match(text, at)
        if match is not None and (match.end() > at or (subject.follows and place.unit)):
            found.append((match.end(), 1 if subject.follows else 0, subject))
    if place.context in FUNCTION_CONTEXTS:
        match = grammar.classes.match(text, at)
        if match is not None:
            found.append((match.end(), 0, _PEER if match[0] == "其他支出" else _FUNCTION))
        found += [
            (at + len(name), 0, _FUNCTION) for name in place.names if text.startswith(name, at)
        ]
    found.sort(key=lambda one: (-one[1], -one[0]))
    return [(end, subject) for end, _, subject in found]


class _Words(NamedTuple):
    """What the words of a clause have said so far."""

    marks: frozenset[str] = frozenset()
    year: int = 0
    against: int = 0

    def and_then(self, text: str, mark: str) -> _Words:
        """The same with one more word and its mark."""
        match = _YEAR.search(text) if mark in ("year", "compare") else None
        year = int(match["year"]) if match else 0
        return _Words(
            self.marks | {mark},
            (year if mark == "year" else 0) or self.year,
            (year if mark == "compare" else 0) or self.against,
        )


_NO_WORDS = _Words()


def _with_subject(place: _Place, at: int, words: _Words) -> Clause | None:
    for end, subject in _subjects_at(place, at):
        rest = _without_subject(place, end, words, lead=False)
        if rest is not None:
            return replace(rest, subject=subject, text=place.text[at:end])
    for end, mark in _leads_at(place, at):
        found = _with_subject(place, end, words.and_then(place.text[at:end], mark))
        if found is not None:
            return found
    return None


def _without_subject(place: _Place, at: int, words: _Words, lead: bool = True) -> Clause | None:
    """The words that are left; ``lead`` if words that lead in may still come."""
    grammar, text = place.grammar, place.text
    if at >= len(text):
        return Clause(None, "", *words)
    for end, mark in _tokens_at(grammar.tail, grammar.tail_marks, text, at):
        found = _without_subject(place, end, words.and_then(text[at:end], mark), False)
        if found is not None:
            return found
    for end, mark in _leads_at(place, at) if lead else ():
        found = _without_subject(place, end, words.and_then(text[at:end], mark))
        if found is not None:
            return found
    return None


def _leads_at(place: _Place, at: int) -> list[tuple[int, str]]:
    """The words that lead in at a place: the name of the agency, or a row of the vocabulary."""
    for agency in place.agencies:
        end = _agency_end(place.text, at, agency)
        if end > at:
            return [(end, "agency")]
    return _tokens_at(place.grammar.lead, place.grammar.lead_marks, place.text, at)


def _agency_end(text: str, at: int, agency: str) -> int:
    """Where the agency's name, or a short form of it, ends; ``at`` if none stands there.

    A short form has its characters in their order and ends as the name does (three at least).
    """
    found, place = at, 0
    for end in range(at, min(len(text), at + len(agency))):
        next_place = agency.find(text[end], place)
        if next_place < 0:
            break
        place = next_place + 1
        if text[end] == agency[-1] and end - at >= 2:
            found = end + 1
    return found


def _tokens_at(
    pattern: re.Pattern[str], marks: tuple[str, ...], text: str, at: int
) -> list[tuple[int, str]]:
    match = pattern.match(text, at)
    if match is None or match.end() == at or match.lastindex is None:
        return []
    return [(match.end(), marks[match.lastindex - 1])]

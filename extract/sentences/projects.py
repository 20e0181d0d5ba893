"""Sentences on single projects: their self-evaluation, and their money in a budget.

A name is taken only where it is certain: it begins a paragraph of its own or an entry of a list
and is closed by the words of a self-evaluation; or it is an entry of a list of all projects
that add up to the project expenditure stated above them; or it heads an entry of the same
section that later says its money. Other names, and names of several projects, are refused.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.sentences.function_names import FunctionNames
from extract.sentences.model import Setting, Statement
from extract.sentences.project_words import ProjectWords, load_project_words
from extract.sentences.prose import ORDINAL, Paragraph

_FIGURE = re.compile(
    r"(?<![0-9¦.,])(?P<printed>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<unit>分|亿元|万元|元|%)(?!\(含\)|以上|以下|以内)"
)
_YUAN = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_STOPS = re.compile(r"[。;:]$")
_ENTRY = re.compile(rf"(?P<name>[^,。;:¦]{{4,60}}?){_FIGURE.pattern}(?=[,。;]|$)")
_FOLLOWS = re.compile(r"。?[,;]?(?:其中|包括|具体(?:为|包括|如下|安排如下)?|主要(?:包括|有)?):?$")
_HEADING = re.compile(r"(?P<name>[^,。;:0-9]{4,60})项目[。:]")
_QUOTED = re.compile(r'"(?P<name>[^"]+)"')
_FULL_SCORE = Decimal(100)
_NEAR = 2
"""Lines between two parts of a torn heading: a page number may stand between them."""


@dataclass(frozen=True)
class _Evaluation:
    """A self-evaluation under way: the project, and what was read of it."""

    name: str
    stated: tuple[Statement, ...] = ()
    grade: str = ""
    doubtful: frozenset[str] = frozenset()

    def statements(self) -> tuple[Statement, ...]:
        """What is certain of it; the grade stands beside the score."""
        return tuple(
            replace(one, item=self.grade if one.measure == "score" else "")
            for one in self.stated
            if one.measure not in self.doubtful
        )


def state_projects(paragraphs: Sequence[Paragraph], setting: Setting) -> tuple[Statement, ...]:
    """What sentences say of single projects, in reading order.

    Topic is empty; measures are `score`, `initial_budget`, `adjusted_budget`, `executed`,
    `completion_percent` in a final account and `budget` in a budget. Nothing where the kind of the
    document is not known: a budget speaks of evaluations of another year.
    """
    words = load_project_words()
    if setting.document_kind == "final_account":
        return tuple(_evaluations(paragraphs, setting, words))
    if setting.document_kind == "budget":
        found = [*_listed(paragraphs, setting, words), *_planned(paragraphs, setting, words)]
        return tuple(sorted(found, key=lambda one: one.line))
    return ()


def _is_name(text: str, words: ProjectWords) -> bool:
    """True for what can be the name of one project.

    >>> words = load_project_words()
    >>> _is_name("档案库房温湿度监测", words), _is_name("2024年度本级预算", words)
    (True, False)
    """
    bare = re.sub(r"^20[0-9]{2}年度?", "", text)
    return (
        len(bare) >= 2
        and not words.no_name.search(bare)
        and bare not in words.classes
        and bare.count("(") == bare.count(")")
        and bare.count('"') % 2 == 0
    )


def _evaluations(
    paragraphs: Sequence[Paragraph], setting: Setting, words: ProjectWords
) -> Iterator[Statement]:
    found: list[_Evaluation] = []
    open_now = False
    before: Paragraph | None = None
    for paragraph in paragraphs:
        joined = _with_heading_before(before, paragraph, words)
        number = ORDINAL.match(joined.text)
        text = joined.text[number.end() if number else 0 :]
        match = words.evaluation.match(text)
        if match is not None:
            named = _name_of(match["name"])
            certain = number is not None or before is None or _STOPS.search(before.text)
            open_now = bool(certain) and _is_name(named, words)
            if open_now:
                found.append(_Evaluation(named))
                start = len(joined.text) - len(text) + match.end()
                found[-1], open_now = _read_evaluation(found[-1], joined, start, setting, words)
        elif number is not None:
            open_now = False
        elif open_now:
            found[-1], open_now = _read_evaluation(found[-1], joined, 0, setting, words)
        before = paragraph
    measures = defaultdict(set)
    for one in found:
        measures[one.name].add(frozenset(stated.measure for stated in one.statements()))
    for one in found:
        if len(measures[one.name]) == 1:  # else nobody can say which figures are of which
            yield from one.statements()


def _with_heading_before(
    before: Paragraph | None, paragraph: Paragraph, words: ProjectWords
) -> Paragraph:
    """A heading torn over two lines that were taken for two paragraphs, as one."""
    if (
        before is None
        or not ORDINAL.match(before.text)
        or ORDINAL.match(paragraph.text)
        or re.search(r"[。;:]", before.text)
        or paragraph.lines[0] - before.lines[-1] > _NEAR
        or not words.evaluation.match(before.text + paragraph.text)
    ):
        return paragraph
    length = len(before.text)
    return Paragraph(
        before.text + paragraph.text,
        (*before.starts, *(start + length for start in paragraph.starts)),
        (*before.lines, *paragraph.lines),
        (*before.pages, *paragraph.pages),
    )


def _name_of(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return quoted["name"] if quoted else text


def _read_evaluation(
    evaluation: _Evaluation,
    paragraph: Paragraph,
    start: int,
    setting: Setting,
    words: ProjectWords,
) -> tuple[_Evaluation, bool]:
    """What a paragraph says of the project, and whether the next one may say more."""
    text = paragraph.text
    closed = words.end.search(text, start)
    end = closed.start() if closed else len(text)
    stated, doubtful = list(evaluation.stated), set(evaluation.doubtful)
    for figure in _FIGURE.finditer(text, start, end):
        lead = text[max(start, _last_break(text, figure.start())) : figure.start()]
        lead = _without_name(lead, evaluation.name)
        for measure, pattern in words.measures.items():
            if not pattern.fullmatch(lead):
                continue
            value = Decimal(figure["printed"].replace(",", ""))
            others = [one.value for one in stated if one.measure == measure]
            is_score = measure == "score"
            if not _fits(measure, figure["unit"]) or (is_score and value > _FULL_SCORE):
                doubtful.add(measure)
            elif not others:
                stated.append(
                    _statement(evaluation.name, measure, value, figure, paragraph, setting)
                )
            elif others != [value]:
                doubtful.add(measure)
    grade = words.grade.search(text, start, end)
    read = replace(
        evaluation,
        stated=tuple(stated),
        grade=evaluation.grade or (grade["grade"] if grade else ""),
        doubtful=frozenset(doubtful),
    )
    return read, closed is None


def _fits(measure: str, unit: str) -> bool:
    """True where a measure has figures of this unit."""
    return unit == {"score": "分", "completion_percent": "%"}.get(measure, unit) and (
        measure in ("score", "completion_percent") or unit in _YUAN
    )


def _last_break(text: str, at: int) -> int:
    return max(text.rfind(sign, 0, at) for sign in ",。;:") + 1


def _without_name(lead: str, name: str) -> str:
    """The words before a figure without the project's name, which some writers repeat."""
    for said in (f'"{name}"', name):
        if lead.startswith(said):
            return lead[len(said) :]
    return lead


def _listed(
    paragraphs: Sequence[Paragraph], setting: Setting, words: ProjectWords
) -> Iterator[Statement]:
    """The entries below 项目支出…其中：, if they are all projects and add up to it."""
    total: Decimal | None = None
    entries: list[Statement] = []
    for paragraph in paragraphs:
        number = ORDINAL.match(paragraph.text)
        text = paragraph.text[number.end() if number else 0 :]
        opening = words.opening.match(text)
        figure = _FIGURE.match(text, opening.end()) if opening else None
        if figure is not None and figure["unit"] in _YUAN:
            yield from _balanced(total, entries)
            follows = _FOLLOWS.fullmatch(text, figure.end())
            total, entries = (_yuan(figure) if follows else None), []
        elif total is not None:
            entry = _ENTRY.match(text)
            if entry is None or entry["unit"] not in _YUAN:
                yield from _balanced(total, entries)
                total, entries = None, []
            elif not entry["name"].endswith("支出"):  # a class above its projects is none of them
                if not _is_name(entry["name"], words):
                    total, entries = None, []
                    continue
                value = Decimal(entry["printed"].replace(",", ""))
                shift = len(paragraph.text) - len(text)
                entries.append(
                    _statement(entry["name"], "budget", value, entry, paragraph, setting, shift)
                )
    yield from _balanced(total, entries)


def _balanced(total: Decimal | None, entries: Sequence[Statement]) -> Iterator[Statement]:
    """The entries, where they add up to the total and no name is said twice."""
    names = Counter(one.project for one in entries)
    sum_of_entries = sum(one.value * _YUAN[one.unit] for one in entries)
    if len(names) == len(entries) > 1 and sum_of_entries == total:
        yield from entries


def _planned(
    paragraphs: Sequence[Paragraph], setting: Setting, words: ProjectWords
) -> Iterator[Statement]:
    """Money of projects (安排…项目预算) that head an entry of the pages before."""
    headed: set[str] = set()
    found: list[Statement] = []
    for paragraph in paragraphs:
        number = ORDINAL.match(paragraph.text)
        heading = _HEADING.match(paragraph.text, number.end()) if number else None
        if heading is not None and _is_name(heading["name"], words):
            headed.add(heading["name"])
        for match in words.planned.finditer(paragraph.text) if headed else ():
            figure = _FIGURE.match(paragraph.text, match.end())
            if figure is None or figure["unit"] not in _YUAN or match["name"] not in headed:
                continue
            value = Decimal(figure["printed"].replace(",", ""))
            found.append(_statement(match["name"], "budget", value, figure, paragraph, setting))
    names = Counter(one.project for one in found)
    yield from (one for one in found if names[one.project] == 1)


def _yuan(figure: re.Match[str]) -> Decimal:
    return Decimal(figure["printed"].replace(",", "")) * _YUAN[figure["unit"]]


def _statement(
    name: str,
    measure: str,
    value: Decimal,
    figure: re.Match[str],
    paragraph: Paragraph,
    setting: Setting,
    shift: int = 0,
) -> Statement:
    """A figure of a project; ``shift`` is where the matched text begins in the paragraph."""
    line, page = paragraph.place(figure.start("printed") + shift)
    start = _last_break(paragraph.text, figure.start("printed") + shift)
    return Statement(
        topic="",
        measure=measure,
        item="",
        source="",
        fund="",
        names=FunctionNames(),
        year=setting.year,
        printed=figure["printed"],
        unit=figure["unit"],
        value=value,
        line=line,
        page_number=page,
        text=paragraph.text[start : figure.end() + shift][:240],
        project=name,
    )

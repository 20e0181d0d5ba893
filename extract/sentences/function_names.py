"""Names of functional classes in a sentence: marked by (类)(款)(项), quoted, or with their code.

A run of names is replaced by one sign, so that a clause can be read around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.sentences.grammar import NAMED
from extract.sentences.prose import ORDINAL

_MARK = re.compile(r"\((?:[0-9]{2,7})?(?P<level>[类款项])(?:级)?\)(?:级)?(?:科目)?")
_QUOTED = re.compile(r'"(?P<names>[^"。;:,]{4,160})"(?:科目)?')
_CODED = re.compile(
    r"(?P<name>[^。;:,\"]{2,40}?)\((?P<code>2[0-9]{2}(?:[0-9]{2}){0,2})\)(?:科目)?", re.ASCII
)
_EDGE = re.compile(r"[。;:,\"]")
_BEFORE = re.compile(
    r"^(?:其中|主要用于|用于|包括|安排|拟|年度|当年|年|度|支出|预算|用途为|按|\-)+(?=.{2})"
)
_YEAR = re.compile(r"20[0-9]{2}年")
_DIGIT = re.compile(r"[0-9¦]")
_LEVELS = "类款项"


@dataclass(frozen=True)
class FunctionNames:
    """Names of 类, 款 and 项 as printed, squeezed; '' for what is not said."""

    class_name: str = ""
    section_name: str = ""
    item_name: str = ""

    @property
    def last(self) -> str:
        """The name of the lowest level."""
        return self.item_name or self.section_name or self.class_name


def mark_names(text: str) -> tuple[str, list[FunctionNames]]:
    """Text with each run of names replaced by one sign, and the names in their order.

    >>> mark_names("1、教育支出(类)普通教育(款)小学教育(项)。年初预算为")[1][0].item_name
    '小学教育'
    """
    if not _MARK.search(text):
        return _mark_unmarked(text)
    found: list[FunctionNames] = []
    out, done = "", 0
    marks = list(_MARK.finditer(text))
    at = 0
    while at < len(marks):
        run = [marks[at]]
        while at + 1 < len(marks):
            between = text[run[-1].end() : marks[at + 1].start()]
            rising = _LEVELS.index(marks[at + 1]["level"]) > _LEVELS.index(run[-1]["level"])
            if not rising or _EDGE.search(between) or not between:
                break
            at += 1
            run.append(marks[at])
        at += 1
        start = _start_of(text, done, run[0].start())
        names = {"类": "", "款": "", "项": ""}
        begin = start
        for mark in run:
            names[mark["level"]] = _clean(text[begin : mark.start()])
            begin = mark.end()
        if not all(names[mark["level"]] for mark in run):
            continue
        found.append(FunctionNames(names["类"], names["款"], names["项"]))
        out += text[done:start].removesuffix('"') + NAMED
        done = run[-1].end()
        if text[done : done + 1] == '"':
            done += 1
        if text[done : done + 2] == "科目":
            done += 2
    return out + text[done:], found


def _start_of(text: str, done: int, end: int) -> int:
    """Where the first name of a run begins: after punctuation, an ordinal, and words before it."""
    edges = [match.end() for match in _EDGE.finditer(text, done, end)]
    start = edges[-1] if edges else done
    while (match := ORDINAL.match(text, start)) is not None and match.end() < end:
        start = match.end()
    years = [match.end() for match in _YEAR.finditer(text[start:end])]
    start += years[-1] if years else 0
    match = _BEFORE.match(text[start:end])
    return start + (match.end() if match else 0)


def _clean(name: str) -> str:
    """A name without the word 支出 that belongs to the level above; '' if it cannot be a name."""
    name = name.removeprefix("支出").strip("-、")
    return name if 2 <= len(name) <= 40 and not _DIGIT.search(name) else ""


def _mark_unmarked(text: str) -> tuple[str, list[FunctionNames]]:
    found: list[FunctionNames] = []
    if '"' not in text and "(2" not in text:
        return text, found

    def quoted(match: re.Match[str]) -> str:
        parts = match["names"].split("-")
        if len(parts) != 3 or not all(_clean(part) for part in parts):
            return match[0]
        found.append(FunctionNames(*parts))
        return NAMED

    marked = _QUOTED.sub(quoted, text)
    if found:
        return marked, found

    def coded(match: re.Match[str]) -> str:
        start = _start_of(match["name"], 0, len(match["name"]))
        name = _clean(match["name"][start:])
        if not name:
            return match[0]
        place = {3: 0, 5: 1, 7: 2}[len(match["code"])]
        found.append(FunctionNames(*(name if level == place else "" for level in range(3))))
        return match["name"][:start] + NAMED

    return _CODED.sub(coded, text), found

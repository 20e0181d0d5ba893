"""Kinds of tables without a title: by what only one kind prints, or by the list of contents.

A header or label may prove a kind (``kind_evidence.csv``, `proves`). Where it only allows some,
the list of contents settles it: its titles and the tables stand in one order, and a table takes
the title that it has in every way of laying one beside the other. What stays open is `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.contents import Contents, Entry
from extract.errors import VocabularyError
from extract.figures import is_amount, parse_amount
from extract.header import header_paths, header_rows
from extract.openings import first_code, is_index_row
from extract.page import EXACT_ORIGINS
from extract.sheet import Sheet
from extract.text import has_chinese, squeeze
from extract.vocabulary import Vocabulary, read_pattern, read_records

_FILE = "kind_evidence.csv"
_CODES = {"2": "function", "3": "department", "5": "government"}
_BEGIN = re.compile(r"^(?:其中|内含|含)[:、]?")
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Evidence:
    """What a kind of table prints: patterns that must all, or must never, match a whole text."""

    kind: str
    proves: bool
    codes: frozenset[str]
    header: Patterns
    header_not: Patterns
    label: Patterns
    label_not: Patterns


@dataclass(frozen=True)
class Print:
    """What a table prints: which codes, the labels of its rows, whether any figure but 0."""

    codes: str
    labels: frozenset[str]
    has_figures: bool


@cache
def load_evidence() -> tuple[Evidence, ...]:
    """The rows of ``kind_evidence.csv``; VocabularyError for a word or pattern it cannot use."""
    return tuple(
        Evidence(
            kind=record["table_kind"],
            proves=record["says"] == "proves",
            codes=_classifications(number, record["codes"]),
            header=_patterns(number, record["header"]),
            header_not=_patterns(number, record["header_not"]),
            label=_patterns(number, record["label"]),
            label_not=_patterns(number, record["label_not"]),
        )
        for number, record in enumerate(read_records(_FILE))
    )


def _classifications(number: int, text: str) -> frozenset[str]:
    words = frozenset(text.split("|"))
    for word in sorted(words - {"none", "both", *_CODES.values()}):
        raise VocabularyError(f"{_FILE}, line {number + 2}: {word!r} is no word of codes")
    return words


def _patterns(number: int, text: str) -> Patterns:
    return tuple(read_pattern(_FILE, number, part) for part in text.split())


def name_untitled(sheets: Sequence[Sheet], contents: Contents, vocabulary: Vocabulary) -> None:
    """Give sheets of paper without a title the kind that is certain; all others stay `unknown`."""
    if not any(_is_open(sheet) for sheet in sheets):
        return
    tables = [sheet for sheet in sheets if vocabulary.kinds[sheet.kind].family != "form"]
    allowed = [_kinds(sheet, vocabulary) if _is_open(sheet) else {sheet.kind} for sheet in tables]
    entries = [
        entry
        for entry in contents.entries
        if not entry.kind or vocabulary.kinds[entry.kind].family != "form"
    ]
    listed = {entry.kind for entry in entries}
    named = {sheet.kind for sheet in tables}
    matches = _match(allowed, [entry.kind or "unknown" for entry in entries])
    for at, (sheet, kinds) in enumerate(zip(tables, allowed, strict=True)):
        if not _is_open(sheet):
            continue
        place = matches[at]
        if place is not None and _says_fund(entries[place], vocabulary):
            sheet.kind, sheet.listed = entries[place].kind, entries[place].title
        elif len(kinds) == 1 and not kinds & (listed | named) and allowed.count(kinds) == 1:
            (sheet.kind,) = kinds


def _says_fund(entry: Entry, vocabulary: Vocabulary) -> bool:
    """True for a title of a known kind that leaves no fund open: short titles of 三公 do."""
    if not entry.kind or vocabulary.kinds[entry.kind].default_fund != "all":
        return bool(entry.kind)
    may_name = any(kind == entry.kind and fund for _, kind, fund in vocabulary.titles)
    return not may_name or bool(vocabulary.table_fund(entry.title))


def _is_open(sheet: Sheet) -> bool:
    return (
        sheet.kind == "unknown"
        and not sheet.heading.title
        and not sheet.wording
        and all(part.grid.origin in EXACT_ORIGINS for part in sheet.parts)
    )


def _kinds(sheet: Sheet, vocabulary: Vocabulary) -> set[str]:
    """The kinds that a table may be: those that its print proves, else those that it allows."""
    printed = _read(sheet, vocabulary)
    paths: dict[str, frozenset[str]] = {}
    proved, allowed = set[str](), {"unknown"}
    for evidence in load_evidence():
        family = vocabulary.kinds[evidence.kind].family
        if family not in paths:
            paths[family] = _paths(sheet, family, vocabulary)
        if _fits(evidence, paths[family], printed):
            (proved if evidence.proves else allowed).add(evidence.kind)
    return proved or allowed


def _paths(sheet: Sheet, family: str, vocabulary: Vocabulary) -> frozenset[str]:
    part = sheet.parts[0]
    count = header_rows(part, family, vocabulary)
    return frozenset(
        ">".join(squeeze(text) for text in path) for path in header_paths(part, count) if path
    )


def _read(sheet: Sheet, vocabulary: Vocabulary) -> Print:
    rows = [row for part in sheet.parts for row in part.rows]
    codes = {_CODES[code[0]] for row in rows if (code := first_code(row))}
    if codes == {"department", "government"}:
        codes = {"both"}
    texts = {squeeze(cell.text) for row in rows for cell in row if has_chinese(cell.text)}
    bare = {vocabulary.ordinals.sub("", _BEGIN.sub("", text)) for text in texts}
    return Print(
        codes=codes.pop() if len(codes) == 1 else "mixed" if codes else "none",
        labels=frozenset(bare),
        has_figures=bool(codes)
        or any(
            is_amount(cell.text) and parse_amount(cell.text)
            for row in rows
            if not is_index_row([cell for cell in row if cell.text.strip()])
            for cell in row
        ),
    )


def _fits(evidence: Evidence, paths: frozenset[str], printed: Print) -> bool:
    """True if a table prints all that a row of evidence asks for, and nothing that it excludes.

    Of an empty table only the header is asked.
    """
    asked = evidence.codes, evidence.label
    if not printed.has_figures and not evidence.proves:
        asked = frozenset({printed.codes}), ()
    return (
        bool(paths)
        and printed.codes in asked[0]
        and all(_matches(pattern, paths) for pattern in evidence.header)
        and not any(_matches(pattern, paths) for pattern in evidence.header_not)
        and all(_matches(pattern, printed.labels) for pattern in asked[1])
        and not any(_matches(pattern, printed.labels) for pattern in evidence.label_not)
    )


def _matches(pattern: re.Pattern[str], texts: frozenset[str]) -> bool:
    return any(pattern.fullmatch(text) for text in texts)


def _match(tables: Sequence[set[str]], entries: Sequence[str]) -> list[int | None]:
    """For each table the entry that it has in every longest matching in order; None without one.

    ``tables`` are the kinds that each table may be; an entry of no known kind is `unknown`.
    """
    before = _longest(tables, entries)
    after = _longest(list(reversed(tables)), list(reversed(entries)))
    best = before[-1][-1]
    found: list[int | None] = []
    for at, kinds in enumerate(tables):
        behind = after[len(tables) - at - 1]
        without = max(
            before[at][cut] + behind[len(entries) - cut] for cut in range(len(entries) + 1)
        )
        places = [
            place
            for place, kind in enumerate(entries)
            if kind in kinds and before[at][place] + 1 + behind[len(entries) - place - 1] == best
        ]
        found.append(places[0] if len(places) == 1 and without < best else None)
    return found


def _longest(tables: Sequence[set[str]], entries: Sequence[str]) -> list[list[int]]:
    """How many of the first tables and entries can be matched in order, by their numbers."""
    counts = [[0] * (len(entries) + 1)]
    for kinds in tables:
        above, row = counts[-1], [0]
        for place, kind in enumerate(entries):
            row.append(max(above[place + 1], row[place], above[place] + (kind in kinds)))
        counts.append(row)
    return counts

"""The list of contents of a document: which tables it says to hold, in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.page import Line, Page
from extract.text import squeeze, trim
from extract.titles import is_title_like, title_kind
from extract.vocabulary import Vocabulary

FEWEST_ENTRIES = 3
"""So many titles of known tables, one right below the other, are a list and no headings."""

_LEADERS = re.compile(r"[.…·•\-_\s]{2,}\(?[0-9]{0,3}\)?$|(?<=表)\(?[0-9]{1,3}\)?$")
_NUMBER = re.compile(
    r"^(?:[0-9一二三四五六七八九十]{1,3}[、.:]|\([0-9一二三四五六七八九十]{1,3}\)"
    r"|(?:附|公开)?表?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}(?![般级]))表?[、.:\-]*(?=.*表)|附件[0-9]*[:.]?)"
)
_PART = re.compile(r"^第[一二三四五六七八九十]{1,3}[部章节]")


@dataclass(frozen=True)
class Entry:
    """A title of the list without its number, and the kind that it names ('' for none).

    ``line`` is the line on which it ends, by identity.
    """

    title: str
    kind: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Contents:
    """The entries of the list in order; ``lines`` are the lines that print it, by identity.

    ``named`` has the entries of all lists, also of those that differ and give no order.
    """

    entries: tuple[Entry, ...] = ()
    lines: frozenset[int] = frozenset()
    named: tuple[Entry, ...] = ()


NO_CONTENTS = Contents()


def find_contents(pages: Sequence[Page], vocabulary: Vocabulary) -> Contents:
    """The list of tables that a document prints; empty where it prints none, or two that differ."""
    runs = [run for page in pages for run in _runs(page, vocabulary)]
    lines = frozenset(id(line) for _, held in runs for line in held)
    longest = max((entries for entries, _ in runs), key=len, default=())
    named = tuple(entry for entries, _ in runs for entry in entries)
    if any(not _is_within(entries, longest) for entries, _ in runs):
        return Contents((), lines, named)
    return Contents(longest, lines, named)


Run = tuple[tuple[Entry, ...], list[Line]]


def _runs(page: Page, vocabulary: Vocabulary) -> Iterator[Run]:
    """The lists of a page: lines of titles that nothing parts."""
    entries: list[Entry] = []
    held: list[Line] = []
    begun = ""  # the first line of an entry that is wrapped
    for item in (*page.items, None):
        if not (begun or entries) and not (isinstance(item, Line) and "表" in squeeze(item.text)):
            continue  # most lines are far from any list
        text = trim(item.text) if isinstance(item, Line) else ""
        entry = _entry(begun + text, vocabulary) if text else None
        numbered = _NUMBER.match(squeeze(text)) is not None
        if entry is not None and not (begun and numbered) and isinstance(item, Line):
            entries.append(replace(entry, line=id(item)))
            held.append(item)
            begun = ""
            continue
        if isinstance(item, Line) and entries and numbered and not begun:
            begun = text
            held.append(item)
            continue
        known = {entry.kind for entry in entries} - {""}
        while entries and not entries[0].kind:
            entries.pop(0)  # the heading of the list
        if len(known) >= FEWEST_ENTRIES:
            yield tuple(entries), held
        entries, held, begun = [], [], ""


def _entry(text: str, vocabulary: Vocabulary) -> Entry | None:
    flat = squeeze(text)
    if "表" not in flat:
        return None
    flat = _LEADERS.sub("", flat)
    title = _NUMBER.sub("", flat)
    if _PART.match(flat) or not is_title_like(title):
        return None
    return Entry(title, title_kind(title, vocabulary) or "")


def _is_within(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    kinds = iter(entry.kind for entry in others)
    return all(entry.kind in kinds for entry in some)

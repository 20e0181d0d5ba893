"""Where a document names a table: in its list of contents, as a heading, or in a sentence.

What is named and nowhere printed is missing; the models compare (`int_tables_expected`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.contents import Contents
from extract.page import Line, Page
from extract.text import squeeze
from extract.titles import clean_title, is_title_like, title_kind
from extract.vocabulary import Vocabulary

_QUOTED = re.compile(r"《([^《》]{3,40}?表)》")
_LIST_NUMBER = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,3}[)、.:])+")


@dataclass(frozen=True)
class Mention:
    """A title of a table that a document names, and the kind that it names ('' for none).

    ``place`` is `contents` (its list of contents), `heading` (a title with or without a table) or
    `sentence`; ``line_no`` counts the lines outside of tables from 1, 0 for a title inside a grid.
    """

    place: str
    title: str
    kind: str
    page_number: int | None
    line_no: int


def find_mentions(
    pages: Sequence[Page], contents: Contents, vocabulary: Vocabulary
) -> Iterator[Mention]:
    """All titles of tables that a document names, in the order of its pages."""
    listed = {entry.line: entry for entry in contents.named}
    number = 0
    for page in pages:
        lists_only = not any(page.grids()) and any(id(line) in listed for line in page.lines())
        for item in page.items:
            if isinstance(item, Line):
                number += 1
                entry = listed.get(id(item))
                if entry is not None:
                    yield Mention("contents", entry.title, entry.kind, page.number, number)
                elif id(item) not in contents.lines:
                    for place, title in _named(item.text, lists_only):
                        kind = title_kind(title, vocabulary) or ""
                        yield Mention(place, title, kind, page.number, number)
                continue
            for cell in item.cells:
                for place, title in _named(cell.text, False):
                    yield Mention(place, title, title_kind(title, vocabulary) or "", page.number, 0)


def _named(text: str, lists_only: bool) -> Iterator[tuple[str, str]]:
    """The titles in a text and where that is; a page that ``lists_only`` has no headings."""
    if "表" not in text:
        return
    for quoted in _QUOTED.findall(squeeze(text)):
        yield "sentence", quoted
    flat = clean_title(text)
    title = _LIST_NUMBER.sub("", flat)
    if is_title_like(title):
        yield ("contents" if lists_only and title != flat else "heading"), title

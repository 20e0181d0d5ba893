"""Where in a narrative a paragraph stands: the headings above it, and what they carry down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.sentences.function_names import FunctionNames, mark_names
from extract.sentences.grammar import Grammar
from extract.sentences.prose import ORDINAL

_DIGIT = re.compile(r"[0-9]")
_LIKE_HEADING = re.compile(r"(?:说明|情况|概况|概述|职责|职能|解释|预算|决算)$")


@dataclass
class Section:
    """Where in the document a paragraph stands."""

    contexts: dict[int, tuple[str, str]] = field(default_factory=dict)
    class_name: str = ""
    section_name: str = ""
    as_of: int = 0
    compared: bool = False
    number: int = 0
    has_whole: bool = False
    has_unread: bool = False
    is_of_all: bool = True

    def head(self, heading: str, grammar: Grammar) -> None:
        """Note whether what stands below a heading may be about all that the agency spends."""
        ordinal = ORDINAL.match(heading)
        self.is_of_all = grammar.is_of_all(heading[ordinal.end() :] if ordinal else heading)

    def begin(self) -> None:
        """Begin a section of its own: nothing has been stated in it yet."""
        self.number += 1
        self.has_whole = self.has_unread = False

    def complete(self, names: FunctionNames) -> FunctionNames:
        """Names with the 类 and 款 that were named above them, which are noted for those below."""
        if names.class_name:
            self.class_name, self.section_name = names.class_name, names.section_name
            return names
        if names.section_name:
            self.section_name = names.section_name
        return FunctionNames(
            self.class_name, names.section_name or self.section_name, names.item_name
        )

    @property
    def context(self) -> str:
        """The innermost context that a heading opened."""
        return self.contexts[max(self.contexts)][0] if self.contexts else "none"

    @property
    def fund(self) -> str:
        """The fund of that context."""
        return self.contexts[max(self.contexts)][1] if self.contexts else ""


def open_section(section: Section, text: str, grammar: Grammar) -> None:
    """Note the context that a heading opens."""
    if text.endswith("。") and _LIKE_HEADING.search(text[:-1]) and ORDINAL.match(text):
        text = text[:-1]
    if len(text) > 60 or text.endswith(("。", ";", ",")):
        return
    match = ORDINAL.match(text)
    level = _level(match[0]) if match else 0
    if match is None and not _LIKE_HEADING.search(text):
        return
    for deeper in [one for one in section.contexts if one >= level]:
        del section.contexts[deeper]
    section.class_name = section.section_name = ""
    section.begin()
    section.head(text, grammar)
    if level <= 1:
        section.compared = False
        section.as_of = 0
    names = mark_names(text)[1]
    if names and names[-1].class_name:
        section.class_name = names[-1].class_name
        return
    found = grammar.context_of(text)
    if found is not None:
        section.contexts[level] = found


def _level(ordinal: str) -> int:
    if ordinal.startswith("第"):
        return 0
    if "(" in ordinal:
        return 4 if _DIGIT.search(ordinal) else 2
    return 3 if _DIGIT.search(ordinal) else 1

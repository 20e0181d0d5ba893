"""Figures that sentences state: what they are about, how they are meant, of which year.

A figure whose words are not all known is counted, and not landed: no topic is better than a
wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.page import Page
from extract.sentences.figures import find_figures
from extract.sentences.grammar import load_grammar
from extract.sentences.landed import Landing
from extract.sentences.model import Setting, Statement
from extract.sentences.projects import state_projects
from extract.sentences.prose import Paragraph, paragraphs
from extract.sentences.section import Section, open_section
from extract.sentences.walk import Walk

_DIGIT = re.compile(r"[0-9]")
_SKIPPED = frozenset({"glossary", "duties", "single_project"})
"""Sections in which nothing is stated."""


def read_statements(
    pages: Sequence[Page], setting: Setting
) -> tuple[tuple[Statement, ...], tuple[tuple[str, int], ...]]:
    """``state_paragraphs`` of the paragraphs of a document's pages."""
    return state_paragraphs(tuple(paragraphs(pages)), setting)


def state_paragraphs(
    printed: Sequence[Paragraph], setting: Setting
) -> tuple[tuple[Statement, ...], tuple[tuple[str, int], ...]]:
    """The stated figures of a document, and the figures with a unit that no topic fits.

    What is said of single projects comes last. The second part is (text before the figure with
    the figure, line number), for counting.
    """
    grammar = load_grammar()
    section = Section()
    stated: list[Statement] = []
    unknown: list[tuple[str, int]] = []
    for paragraph in printed:
        has_digit = _DIGIT.search(paragraph.text) is not None
        figures = find_figures(paragraph.text, grammar) if has_digit else []
        if not figures:
            open_section(section, paragraph.text, grammar)
            continue
        if section.context in _SKIPPED:
            continue
        Walk(Landing(paragraph, section, setting, stated), grammar, unknown).walk(figures)
    return (*stated, *state_projects(printed, setting)), tuple(unknown)

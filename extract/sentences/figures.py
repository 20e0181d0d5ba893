"""Figures of a paragraph with their units, and the runs in which they stand.

In `分别为12.30、15.60万元` and `收入12.30、支出15.60万元` the last figure has the unit of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.sentences.grammar import BEGINS, NUMBER, Grammar

_JOIN = r"(?:[、,和及与]|以及)"
_JOINED = re.compile(_JOIN)
_BARE = re.compile(rf"{BEGINS}(?P<printed>{NUMBER})(?={_JOIN}(?:-?[0-9]|[^-0-9¦,。;:、()]))")
_OWN_WORDS = re.compile(r"(?:[、和及与]|以及)[^-0-9¦,。;:、()]{1,20}")
"""What stands between two figures of which each has its own words."""
_NO_AMOUNT = re.compile(r"[0-9]{1,2}|20[0-9]{2}(?:\.[0-9]{1,2})?")
"""The number of an entry, a year or a month."""
_NO_THOUSANDS = re.compile(r"-?[0-9,]*\.[0-9]{1,2}")
"""A figure behind which a comma cannot part its thousands."""
_IN_UNIT = re.compile(r"[,;:]")
_GOES_ON = re.compile(r"[\u4e00-\u9fff]|(?<=[0-9%元万])[、,]")


class Printed(NamedTuple):
    """A figure as printed, the unit that is said of it, and its place in the paragraph.

    ``end`` is behind the unit where it has one of its own.
    """

    printed: str
    unit: str
    start: int
    end: int

    @property
    def has_own_unit(self) -> bool:
        """False where the unit is that of a figure behind it."""
        return self.end > self.start + len(self.printed)


def find_figures(text: str, grammar: Grammar) -> list[Printed]:
    """The figures of a paragraph that have a unit, or share the one of a figure behind them.

    >>> from extract.sentences.grammar import load_grammar
    >>> [one[:2] for one in find_figures("分别增加12.3、15.6万元", load_grammar())]
    [('12.3', '万元'), ('15.6', '万元')]
    >>> [one[:2] for one in find_figures("1、支出15.6万元", load_grammar())]
    [('15.6', '万元')]
    """
    found = [
        Printed(one["printed"], _IN_UNIT.sub("", one["unit"]), one.start(), one.end())
        for one in grammar.figure.finditer(text)
    ]
    if not found:
        return []
    starts = {one.start for one in found}
    bare = (
        Printed(one["printed"], "", one.start(), one.end())
        for one in _BARE.finditer(text)
        if one.start() not in starts
    )
    read: list[Printed] = []
    for one in sorted((*found, *bare), reverse=True, key=lambda one: one.start):
        if one.unit:
            read.append(one)
        elif read and _shares_unit(text, one, read[-1], grammar):
            read.append(one._replace(unit=read[-1].unit))
    read.reverse()
    ends = {one.end for one in read}
    return [one for one in read if not _is_torn(text, one, ends)]


def _shares_unit(text: str, one: Printed, behind: Printed, grammar: Grammar) -> bool:
    """True for a figure without a unit that has that of the figure ``behind`` it."""
    between = text[one.end : behind.start]
    kind = grammar.unit_kind(behind.unit)
    if kind == "count" or not _GOES_ON.match(text, one.start - 1):
        return False
    if _JOINED.fullmatch(between):
        return between != "," or _NO_THOUSANDS.fullmatch(one.printed) is not None
    is_amount = kind == "money" and not _NO_AMOUNT.fullmatch(one.printed)
    return is_amount and _OWN_WORDS.fullmatch(between) is not None


def _is_torn(text: str, one: Printed, ends: set[int]) -> bool:
    """True for digits behind a comma that belong to digits before it which were not read."""
    before = text[max(0, one.start - 2) : one.start]
    return (
        len(before) == 2 and before[0].isdigit() and before[1] == "," and one.start - 1 not in ends
    )


def runs_of(text: str, figures: Sequence[Printed], grammar: Grammar) -> list[list[Printed]]:
    """Figures of one kind, amounts or rates, that nothing but a sign parts; others alone.

    >>> from extract.sentences.grammar import load_grammar
    >>> text, grammar = "支出9万元，收、支各下降5.8%、0.6%。", load_grammar()
    >>> [len(run) for run in runs_of(text, find_figures(text, grammar), grammar)]
    [1, 2]
    """
    runs: list[list[Printed]] = []
    for one in figures:
        kind = grammar.unit_kind(one.unit)
        if (
            runs
            and kind != "count"
            and kind == grammar.unit_kind(runs[-1][-1].unit)
            and _JOINED.fullmatch(text[runs[-1][-1].end : one.start])
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def is_list(text: str, run: Sequence[Printed]) -> bool:
    """False where each figure has a unit and commas part them: they may be clauses of their own."""
    return any(
        not before.has_own_unit or text[before.end : after.start] != ","
        for before, after in pairwise(run)
    )

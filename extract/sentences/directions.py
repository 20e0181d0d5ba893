"""Words that say which of two figures is the larger, without a figure: `决算数小于预算数`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.vocabulary import read_pattern, read_records

_SIGNS = {"above": 1, "below": -1, "level": 0}
_END = re.compile(r"的?(?:主要)?(?:原因|$)")


class Direction(NamedTuple):
    """``measure`` is `budget_direction` or `year_direction`, ``sign`` 1, -1 or 0.

    ``subject`` are the words before it, which may name what is compared; ``text`` is as printed.
    """

    measure: str
    sign: int
    subject: str
    text: str


@cache
def _wordings() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    name = "sentence_direction.csv"
    return tuple(
        (f"{base}_direction", _SIGNS[sign], read_pattern(name, number, record["pattern"]))
        for number, record in enumerate(read_records(name))
        for sign, base in (record["says"].split("_"),)
    )


def find_direction(text: str) -> Direction | None:
    """The direction that a clause says, where nothing but its cause stands behind it.

    >>> find_direction("决算数小于预算数的主要原因")
    Direction(measure='budget_direction', sign=-1, subject='', text='决算数小于预算数')
    >>> find_direction("决算数小于预算数20万元")
    """
    for measure, sign, pattern in _wordings():
        match = pattern.search(text)
        if match is not None and match[0] and _END.match(text, match.end()):
            return Direction(measure, sign, text[: match.start()], match[0])
    return None

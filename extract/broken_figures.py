"""What a damaged figure may have been: readings that come from how recognition breaks figures.

A separator is moved, doubled, taken for another one or added; a sign stands for a digit that it
looks like (``look_alike.csv``); a mark clings to an edge; a figure is cut in two, with the
character at the cut doubled. A digit is never taken for another digit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product

from extract.figures import decimals, fold, is_amount, parse_amount
from extract.vocabulary import read_records

MOST_CHOICES = 4
"""A text in which more signs than this may be several things is no figure."""

_SEPARATORS = frozenset("., ")
_ANY_SEPARATOR = (".", ",", "")
_MARKS = "()[]{}'`\"_|*"
_PAIRS = ("()", "[]", "{}")
_INNER = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\s.,]+[.,][^\s.,]{2}")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9,]")


def readings(text: str, places: Collection[int] = ()) -> tuple[str, ...]:
    """The figures that a text may be, one text for each value; a clear figure is itself alone.

    ``places`` are the numbers of decimals that figures may have (empty: any). Empty where the text
    is no damaged figure: a bracket on both sides is print, and so are other signs.

    >>> readings("8.773.10", {2}), readings("256427:52", {2}), readings("1O.5")
    (('8,773.10',), ('256427.52',), ('10.5', '105'))
    >>> readings("(19.50)"), readings("A4")
    ((), ())
    """
    folded = fold(text)
    if is_amount(folded):
        return (text.strip(),)
    found: dict[object, str] = {}
    for bare in _without_mark(folded):
        for reading in _spelled(bare):
            if (
                is_amount(reading)
                and not _LEADING_ZERO.match(reading)
                and (not places or decimals(reading) in places)
            ):
                found.setdefault(parse_amount(reading), reading)
    return tuple(found.values())


def joined_readings(left: str, right: str, places: Collection[int] = ()) -> tuple[str, ...]:
    """The figures that two neighbouring pieces may be together, one text for each value.

    The right piece follows on, with the character at the cut doubled or not, or is no more than an
    echo of the last character.

    >>> joined_readings("1. 3", "30", {2}), joined_readings("46. 37", "7", {2})
    (('1.30',), ('46.37',))
    """
    one, two = _INNER.sub("", fold(left)), _INNER.sub("", fold(right))
    if not one or not two:
        return ()
    whole = [one + two]
    if one[-1] == two[0]:
        whole.append(one + two[1:])
    found: dict[object, str] = {}
    for text in whole:
        for reading in readings(text, places):
            if not places or decimals(reading) in places:
                found.setdefault(parse_amount(reading), reading)
    return tuple(found.values())


def looks_like_figure(text: str) -> bool:
    """True for a text that has a digit, or is of signs like digits with two behind a separator.

    >>> looks_like_figure("lO.OO"), looks_like_figure("3 to 5"), looks_like_figure("无")
    (True, True, False)
    """
    folded = fold(text)
    if re.search(r"[0-9]", folded):
        return True
    return _LETTERS.fullmatch(folded) is not None and bool(readings(text))


def _without_mark(text: str) -> Iterator[str]:
    """The text, and what is left without the marks that cling to one of its edges."""
    yield text
    if any(text[:1] == pair[0] and text[-1:] == pair[1] for pair in _PAIRS):
        return
    for bare in (text.lstrip(_MARKS), text.rstrip(_MARKS)):
        if bare != text:
            yield bare.strip()


def _spelled(text: str) -> Iterator[str]:
    """All texts in which each sign is a digit or a separator; none where one can be neither."""
    choices: list[tuple[str, ...]] = []
    is_gap = False
    for sign in text:
        if sign.isdigit() or (sign in "+-" and not choices):
            choices.append((sign,))
            is_gap = False
            continue
        may_be = _ANY_SEPARATOR if sign in _SEPARATORS else _look_alikes().get(sign, ())
        if not may_be:
            return
        separates = not any(one.isdigit() for one in may_be)
        if separates and not is_gap:
            # also one that is too much
            choices.append(tuple(dict.fromkeys((*may_be, ""))))
        elif not separates:
            choices.append(may_be)
        is_gap = separates
    if sum(len(choice) > 1 for choice in choices) > MOST_CHOICES:
        return
    for signs in product(*choices):
        yield "".join(signs)


@cache
def _look_alikes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for record in read_records("look_alike.csv"):
        found[record["sign"]] = (*found.get(record["sign"], ()), record["may_be"])
    return found

"""Targets of indicators: operator, value and unit of what a form prints as 指标值.

A printed target is taken apart only where it says one thing: one figure with its operator and unit,
a day, or words alone. Ranges, several figures and broken figures keep their text and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.figures import is_blank
from extract.text import has_chinese, squeeze
from extract.vocabulary import read_records

OPERATORS = frozenset({"<=", "<", ">=", ">", "=", "qualitative"})
"""The words of ``Target.operator``; None where the print says none of them."""

_FIGURE = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", re.ASCII)
_TORN = re.compile(r"[0-9.,][ \u3000\u00a0]+[0-9]", re.ASCII)
_RANGE = re.compile(r"[0-9%][个项次天年月人]?(?:-|~|～|至|到|/)[0-9]", re.ASCII)
_NUMERALS = re.compile(
    r"[零〇一二三四五六七八九十百千万亿两半]+(?=[个项次天年月日人份件家户场名位%分元])"
)
_LIMIT = Decimal(10) ** 15
_WHOLE_UNIT = 2
"""A rest of at most so many characters is a unit, known or not."""


@dataclass(frozen=True)
class Target:
    """A target in parts; each is None where the print does not say it.

    ``unit`` is as printed, without brackets around the whole of it; `date` where the target is a
    day or a month (its ``value`` is then None).
    """

    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True)
class _Words:
    operators: Mapping[str, re.Pattern[str]]
    suffixes: tuple[tuple[re.Pattern[str], str], ...]
    date: re.Pattern[str]
    qualitative: re.Pattern[str]
    unit: re.Pattern[str]


@cache
def _words() -> _Words:
    records = read_records("form_target_word.csv")

    def of(kind: str) -> list[dict[str, str]]:
        return [record for record in records if record["target_part"] == kind]

    return _Words(
        operators={
            record["target_word"]: re.compile(record["pattern"]) for record in of("operator")
        },
        suffixes=tuple(
            (re.compile(record["pattern"]), record["target_word"]) for record in of("suffix")
        ),
        date=re.compile("|".join(f"(?:{record['pattern']})" for record in of("date"))),
        qualitative=re.compile("|".join(record["pattern"] for record in of("qualitative"))),
        unit=re.compile("|".join(f"(?:{record['pattern']})" for record in of("unit"))),
    )


def parse_target(text: str) -> Target:
    """Take a printed target apart; an empty Target where it says nothing for certain.

    >>> parse_target("≤110万元")
    Target(operator='<=', value=Decimal('110'), unit='万元')
    >>> parse_target("=365天 (年)")
    Target(operator='=', value=Decimal('365'), unit='天(年)')
    >>> parse_target("小于等于2023年12月20日")
    Target(operator='<=', value=None, unit='date')
    >>> parse_target("3-5个")
    Target(operator=None, value=None, unit=None)
    """
    flat = squeeze(text)
    words = _words()
    if is_blank(text) or not flat:
        return Target()
    if words.qualitative.fullmatch(flat):
        return Target("qualitative")
    operator, bare = _split_operator(flat, words)
    if words.date.fullmatch(bare):
        return Target(operator, None, "date")
    if words.date.search(flat) and re.search(r"20[0-9]{2}年|[0-9]月", flat):
        return Target(None, None, "date") if _only_dates(flat, words) else Target()
    figures = list(_FIGURE.finditer(flat))
    if not figures:
        return Target("qualitative") if _is_words(flat, words) else Target()
    if len(figures) > 1 or (_TORN.search(text.strip()) and not _is_mended(text)):
        return Target()
    if _RANGE.search(flat) or len(re.findall(r"[0-9]", flat)) != len(
        re.findall(r"[0-9]", figures[0][0])
    ):
        return Target()
    return _with_figure(flat, figures[0], words)


def _split_operator(flat: str, words: _Words) -> tuple[str | None, str]:
    """The operator with which a text begins, and the rest."""
    for word, pattern in words.operators.items():
        match = pattern.match(flat)
        if match:
            return word, flat[match.end() :]
    return None, flat


def _with_figure(flat: str, figure: re.Match[str], words: _Words) -> Target:
    before, after = flat[: figure.start()], flat[figure.end() :]
    printed = figure[0]
    if printed[0] in "-+" and before:
        return Target()
    if re.search(r"[A-Za-z0-9.,/]$", before) or after[:1] in (".", ","):
        return Target()
    value = Decimal(printed.replace(",", ""))
    if abs(value) >= _LIMIT or len(printed.partition(".")[2]) > 6:
        return Target()
    found = [word for word, pattern in words.operators.items() if _ends(before, pattern)]
    operator = found[0] if found else None
    if operator is None and re.search(r"[<>=≤≥≦≧约近±]", before):
        return Target()
    unit, rest = _split_unit(after, words)
    for pattern, word in words.suffixes:
        if pattern.match(rest):
            same = word and operator in (None, word)
            operator = word if same else None
    return Target(operator, value, unit)


def _ends(before: str, pattern: re.Pattern[str]) -> bool:
    return re.search(rf"(?:{pattern.pattern})[::]?$", before) is not None


def _split_unit(after: str, words: _Words) -> tuple[str | None, str]:
    """The unit with which the text after a figure begins, and the rest."""
    for pattern, _ in words.suffixes:
        match = pattern.match(after)
        if match:
            return None, after
    match = re.match(r"\(([^()]{1,12})\)$", after)
    if match:
        return match[1], ""
    longest = ""
    for end in range(1, min(len(after), 12) + 1):
        if words.unit.fullmatch(after[:end]):
            longest = after[:end]
    rest = after[len(longest) :]
    if _goes_on(longest, rest):
        return after, ""
    if longest:
        bracket = re.match(r"\([^()]{1,8}\)$", rest)
        return (after, "") if bracket else (longest, rest)
    whole = after and len(after) <= _WHOLE_UNIT and has_chinese(after)
    return (after, "") if whole else (None, after)


def _goes_on(unit: str, rest: str) -> bool:
    """True if a known unit is only the beginning of the printed one (`Gbps`, `万路`)."""
    if re.fullmatch(r"[A-Za-z]+", unit) and re.fullmatch(r"[A-Za-z/]{1,6}", rest):
        return True
    return unit in ("万", "亿") and len(rest) == 1 and has_chinese(rest)


def find_target(before: str, after: str) -> tuple[str, str | None, str]:
    """The words, the operator and the unit around a figure that stands among other words.

    Both texts are squeezed; the unit is '' where no known one follows.

    >>> find_target("专题数量不少于", "个以上;其他")
    ('专题数量', '>=', '个')
    """
    words = _words()
    found = None
    name = before
    for word, pattern in words.operators.items():
        match = re.search(rf"(?:{pattern.pattern})[::]?$", before)
        if match and (found is None or match.start() < len(name)):
            found, name = word, before[: match.start()]
    longest = ""
    for end in range(1, min(len(after), 4) + 1):
        if words.unit.fullmatch(after[:end]):
            longest = after[:end]
    for pattern, word in words.suffixes:
        if word and pattern.match(after[len(longest) :]):
            found = word if found in (None, word) else None
    return name, found, longest


def says_quality(text: str) -> bool:
    """True for a word that is a target by itself, wherever it stands.

    >>> says_quality("优"), says_quality("稳定运行")
    (True, False)
    """
    return _words().qualitative.fullmatch(squeeze(text)) is not None


def _only_dates(flat: str, words: _Words) -> bool:
    """True if days and months are all that the text says in figures."""
    rest = words.date.sub("", flat)
    return not re.search(r"[0-9]", rest)


def _is_words(flat: str, words: _Words) -> bool:
    """True for a text of words alone: no figure, no numeral before a measure, no operator alone."""
    if not has_chinese(flat) or flat in ("无", "否决"):
        return False
    if re.search(r"[<>=≤≥≦≧%]", flat) or _NUMERALS.search(flat):
        return False
    return not any(pattern.fullmatch(flat) for pattern in words.operators.values())


def _is_mended(text: str) -> bool:
    """True if all spaces inside of a figure stand beside its point or comma (`99. 99`)."""
    return re.search(r"[0-9][ \u3000\u00a0]+[0-9]", text) is None

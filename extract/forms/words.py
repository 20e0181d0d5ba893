"""The words of forms: labels that stand beside a value, and headers that stand above a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.text import REMEMBERED, squeeze
from extract.vocabulary import load_vocabulary, read_records

_UNIT = re.compile(
    r"\((?:金额)?(?:单位:)?(?P<unit>人民币元|万元|元)\)|(?:单位|[,，、:])(?P<bare>万元|元)$"
)
_LETTER = re.compile(r"\([A-Z](?:[/×÷*+-][A-Z0-9%]+)*\)|\([0-9.]+分?\)|\[[A-Z]\]")
_SHORTEST = 4
"""Words of so many characters are found inside of other text."""

_MARKS = re.compile(r"[*＊★]")


@dataclass(frozen=True)
class Label:
    """What a label stands for: its field, and for money its fund and measure ('' for none).

    ``unit`` is the unit printed in the label; ``said`` what the same cell prints behind a colon.
    """

    field: str
    fund: str = ""
    measure: str = ""
    unit: str = ""
    said: str = ""


@dataclass(frozen=True)
class Head:
    """What a column header stands for, with the horizon that it names ('' for none)."""

    field: str
    horizon: str = ""
    unit: str = ""


@cache
def _labels() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    return tuple(
        (re.compile(r["pattern"]), r["form_field"], r["fund"], r["money_basis"])
        for r in read_records("form_label.csv")
    )


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(r["pattern"]), r["form_column"], r["horizon"])
        for r in read_records("form_column.csv")
    )


@cache
def _levels() -> dict[str, tuple[int, str]]:
    return {
        record["name"]: (int(record["level"]), record["parent"])
        for record in read_records("form_level.csv")
    }


def indicator_level(text: str) -> tuple[int, str] | None:
    """Level (1 or 2) and parent of the name of a class of indicators; None for other text.

    >>> indicator_level("数量指标"), indicator_level("产出指标")
    ((2, '产出指标'), (1, ''))
    """
    return _levels().get(squeeze(text))


def unit_in(text: str) -> str:
    """The unit that a label prints in brackets or at its end (`项目资金（万元）`), or ''."""
    match = _UNIT.search(squeeze(text))
    return (match["unit"] or match["bare"]) if match else ""


@lru_cache(maxsize=REMEMBERED)
def find_label(text: str) -> Label | None:
    """What a printed text stands for as a label, None where it is no label.

    >>> find_label("其中：财政拨款")
    Label(field='money', fund='fiscal', measure='', unit='', said='')
    >>> find_label("项目名称：某项目").said
    '某项目'
    """
    flat = squeeze(text)
    if not 1 < len(flat) <= 400:
        return None
    unit = unit_in(flat) if len(flat) <= 30 else ""
    whole = _match(_bare(flat), unit)
    if whole is not None:
        return whole
    before, colon, after = flat.partition(":")
    if before == "其中" and colon:
        middle, colon, after = after.partition(":")
        before = f"其中:{middle}"
    if colon and after and len(before) <= 20:
        found = _match(_bare(before), unit)
        if found is not None:
            return Label(found.field, found.fund, found.measure, unit, after)
    return None


@lru_cache(maxsize=REMEMBERED)
def find_inner_money(text: str) -> Label | None:
    """The label of money inside of a squeezed text with other characters around it.

    The longest words win and are what the label has ``said``; None where none of at least four
    characters is there.

    >>> find_inner_money("项目资金其中:财政拨款欠").fund
    'fiscal'
    """
    best: tuple[int, Label] | None = None
    for pattern, field, fund, measure in _labels():
        if field != "money":
            continue
        for match in pattern.finditer(text):
            if len(match[0]) >= _SHORTEST and (best is None or len(match[0]) > best[0]):
                best = len(match[0]), Label(field, fund, measure, unit_in(text), match[0])
    return best[1] if best is not None else None


def _bare(flat: str) -> str:
    vocabulary = load_vocabulary()
    text = _LETTER.sub("", _UNIT.sub("", _MARKS.sub("", flat)))
    text = vocabulary.ordinals.sub("", text)
    return text.strip(":;,。、-—")


def _match(bare: str, unit: str) -> Label | None:
    if len(bare) > 30:
        return None
    for pattern, field, fund, measure in _labels():
        if pattern.fullmatch(bare):
            return Label(field, fund, measure, unit)
    return None


@lru_cache(maxsize=REMEMBERED)
def find_head(text: str) -> Head | None:
    """What a printed text stands for as the header of a column, None where it is none.

    >>> find_head("分值 （90）").field, find_head("年度指标值").field
    ('weight', 'target')
    """
    flat = squeeze(text)
    if not 1 < len(flat) <= 40:
        return None
    for candidate in (_bare(flat), flat):
        for pattern, field, horizon in _heads():
            if pattern.fullmatch(candidate):
                return Head(field, horizon, unit_in(flat))
    return None


def horizon_of(texts: Sequence[str]) -> str:
    """The horizon that headings name: `long_term`, `year`, or ''.

    >>> horizon_of(["长期绩效指标"]), horizon_of(["绩效指标"])
    ('long_term', '')
    """
    for text in texts:
        flat = squeeze(text)
        if re.search("实施期|中期|长期|三年|项目期", flat):
            return "long_term"
        if re.search("年度|当年|本年", flat):
            return "year"
    return ""

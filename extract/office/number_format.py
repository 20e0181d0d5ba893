"""What a cell of a spreadsheet shows: its stored number under its number format, digit by digit.

The rules are those of ECMA-376 part 1, 18.8.30 and 18.8.31. Nothing is computed in floats: a stored
number is taken with the 15 significant digits that spreadsheets work with, and rounded half up, as
they do. A format that is not known for certain gives None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    37: "#,##0 ;-#,##0 ",
    38: "#,##0 ;[Red]-#,##0 ",
    39: "#,##0.00 ;-#,##0.00 ",
    40: "#,##0.00 ;[Red]-#,##0.00 ",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
}
"""Formats that files name by number only and that differ by language, as Chinese programs show."""

_FIRST_DAYS = 61
"""Dates before March 1900 are counted in two ways: they are not read."""
_LAST_DAY = 2_958_466
_SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_UP)
_PLACES = frozenset("0#?")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>yyyy|yy|m+|d+|h+|s+|a+|e+|g+|b+|y)|(?P<sign>[0#?.,%@/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_COLOUR = re.compile(
    r"Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?[0-9]+|[黑蓝青绿洋红白黄色0-9]+",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\$(?P<sign>[^-\]]*)(?:-[0-9A-Za-z,]+)?")
_COMPARE = {
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    ">=": lambda one, two: one >= two,
    "=": lambda one, two: one == two,
    "<>": lambda one, two: one != two,
}


class _Token(NamedTuple):
    """A piece of a format: `text` shown as it is, or a `sign`, `date` part or `general`."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format; ``condition`` where it prints one."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    known: bool

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)


def stored_number(text: str) -> Decimal:
    """A number as a file stores it, with the digits that spreadsheets work with.

    >>> stored_number("0.30000000000000004"), stored_number("13214710.41")
    (Decimal('0.300000000000000'), Decimal('13214710.41'))
    """
    value = Decimal(text)
    return value if value == value.to_integral_value() else _SIGNIFICANT.plus(value)


def shown_number(value: Decimal, code: str, *, from_1904: bool = False) -> str | None:
    """The text that a cell with this number shows under a number format; None if not certain.

    `General` shows the whole stored number, whatever the width of its column. ``from_1904``: days
    are counted from 1904.

    >>> shown_number(Decimal("13214710.414"), "#,##0.00_ ")
    '13,214,710.41'
    >>> shown_number(Decimal("132147104"), "0!.0,")
    '13214.7'
    >>> shown_number(Decimal("-5"), "0.00_);(0.00)"), shown_number(Decimal("0.923"), "0.0%")
    ('(5.00)', '92.3%')
    >>> shown_number(Decimal(45000), 'yyyy"年"m"月"'), shown_number(Decimal("0.5"), "# ?/?")
    ('2023年3月', None)
    """
    chosen = _choose(value, _sections(code))
    if chosen is None:
        return None
    section, signed = chosen
    if not section.known or section.has("exponent"):
        return None
    if section.has("date"):
        return _date(value, section.tokens, from_1904)
    sign = "-" if signed and value < 0 else ""
    if section.has("general"):
        number = _general(abs(value))
        texts = {"general": number, "text": None}
        return sign + "".join(texts.get(kind) or text for kind, text in section.tokens)
    text = _number(abs(value), section.tokens)
    return None if text is None else (sign + text).strip()


def _general(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _choose(value: Decimal, sections: Sequence[_Section]) -> tuple[_Section, bool] | None:
    """The section for a number, and whether a minus is put before it."""
    if any(section.condition for section in sections):
        if value < 0:
            return None  # programs differ on the sign
        for section in sections:
            if section.condition is None or _COMPARE[section.condition[0]](
                value, section.condition[1]
            ):
                return section, True
        return None
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


@lru_cache(maxsize=1 << 10)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    known = [True]
    for match in _TOKEN.finditer(code or GENERAL):
        kind, text = match.lastgroup or "other", match[match.lastgroup or 0]
        if kind == "other" and text == ";":
            parts.append([])
            conditions.append(None)
            known.append(True)
        elif kind == "bracket":
            condition, plain = _CONDITION.fullmatch(text), _PLAIN.fullmatch(text)
            if condition:
                conditions[-1] = condition[1], Decimal(condition[2])
            elif plain:
                parts[-1].append(_Token("text", plain["sign"]))
            else:
                known[-1] = known[-1] and _COLOUR.fullmatch(text) is not None
        elif kind in ("quoted", "escaped", "other"):
            parts[-1].append(_Token("text", text))
        elif kind == "space":
            parts[-1].append(_Token("text", " "))
        elif kind != "fill":
            parts[-1].append(_Token("date" if kind == "half" else kind, text))
    return tuple(
        _Section(tuple(tokens), condition, sure)
        for tokens, condition, sure in zip(parts, conditions, known, strict=True)
    )


def _number(value: Decimal, tokens: Sequence[_Token]) -> str | None:
    """A number without sign under a section of places, separators and texts."""
    signs = [token.text if token.kind == "sign" else "" for token in tokens]
    if "/" in signs and any(sign in _PLACES for sign in signs):
        return None  # a fraction
    point = signs.index(".") if "." in signs else len(signs)
    whole = [at for at in range(point) if signs[at] in _PLACES and signs[at]]
    rest = [at for at in range(point, len(signs)) if signs[at] in _PLACES and signs[at]]
    grouped = False
    scale = 2 * signs.count("%")
    for at, sign in enumerate(signs):
        if sign != ",":
            continue
        places = whole if at < point else rest
        if not places or at < places[0]:
            return None
        if at < places[-1]:
            grouped = grouped or at < point
        else:
            scale -= 3
    rounded = value.scaleb(scale).quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_UP)
    digits, _, part = format(rounded, "f").partition(".")
    shown = dict(_fill_whole(digits.lstrip("0"), whole, signs, grouped=grouped))
    shown |= _fill_part(part, rest, signs)
    out = []
    for at, token in enumerate(tokens):
        if at in shown:
            out.append(shown[at])
        elif token.kind == "text" or signs[at] in (".", "%", "/"):
            out.append(token.text)
    return "".join(out)


def _fill_whole(
    digits: str, places: Sequence[int], signs: Sequence[str], *, grouped: bool
) -> dict[int, str]:
    """The digits before the point in their places, from the right; the first takes what is left."""
    shown: dict[int, str] = {}
    count = 0
    for at in reversed(places):
        take = digits if at == places[0] else digits[-1:]
        digits = digits[: len(digits) - len(take)]
        text = ""
        for digit in reversed(take or {"0": "0", "?": " "}.get(signs[at], "")):
            text = digit + ("," if grouped and count and count % 3 == 0 else "") + text
            count += digit != " "
        shown[at] = text
    return shown


def _fill_part(part: str, places: Sequence[int], signs: Sequence[str]) -> dict[int, str]:
    """The digits behind the point; `#` leaves out zeros at the end."""
    shown = dict(zip(places, part, strict=True)) if places else {}
    for at in reversed(places):
        if shown[at] != "0" or signs[at] == "0":
            break
        shown[at] = "" if signs[at] == "#" else " "
    return shown


def _date(value: Decimal, tokens: Sequence[_Token], from_1904: bool) -> str | None:
    if value >= _LAST_DAY or value < (0 if from_1904 else _FIRST_DAYS):
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=int((value * 86400).to_integral_value(ROUND_HALF_UP)))
    parts = [token.text.lower() for token in tokens if token.kind == "date"]
    out: list[str] = []
    number = -1
    for kind, text in tokens:
        if kind != "date":
            out.append(text)
            continue
        number += 1
        part = parts[number]
        clock = part.startswith("m") and (
            (number > 0 and parts[number - 1].startswith("h"))
            or (number + 1 < len(parts) and parts[number + 1].startswith("s"))
        )
        shown = _date_part(moment, "n" * len(part) if clock else part)
        if shown is None:
            return None
        out.append(shown)
    return "".join(out).strip()


def _date_part(moment: datetime, part: str) -> str | None:
    values = {
        "m": moment.month,
        "d": moment.day,
        "h": moment.hour,
        "n": moment.minute,
        "s": moment.second,
    }
    if part in ("yyyy", "yy"):
        return f"{moment.year:04d}"[-len(part) :]
    if part[0] in values and len(part) <= 2:
        return f"{values[part[0]]:0{len(part)}d}"
    return None

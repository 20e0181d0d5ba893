"""Codes of classes: joined from one, two or three columns, and told apart by their first digit.

支出功能分类 codes begin with 2, 部门经济分类 with 3, 政府经济分类 with 5; they have 3 (类), 5 (款)
or 7 (项) digits. Other digits in a code column are a unit's own code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.figures import fold
from extract.text import REMEMBERED

_CLASS = re.compile(r"[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_LEADING = re.compile(
    r"^\[?(?P<code>[235][0-9]{2}(?:[0-9]{2}){0,2})\]?[-_ 　]*(?=[^0-9.,])", re.ASCII
)
_BRACKETED = re.compile(r"^\[(?P<code>[A-Z]?[0-9]{1,12})\](?P<name>.*)$", re.ASCII)


@dataclass(frozen=True)
class RowCodes:
    """The codes of a row, joined and without spaces; '' where the row has none."""

    function_code: str = ""
    department_economic_code: str = ""
    government_economic_code: str = ""
    unit_code: str = ""


NO_CODES = RowCodes()


@lru_cache(maxsize=REMEMBERED)
def digits_of(text: str) -> str:
    """The digits of a code cell, white space and dots taken out; '' if it holds anything else.

    >>> digits_of(" 201 03"), digits_of("类")
    ('20103', '')
    """
    flat = re.sub(r"[\s.　]", "", fold(text))
    return flat if re.fullmatch(r"[0-9]+", flat, re.ASCII) else ""


def join_code(parts: Sequence[str], before: str) -> str:
    """One code from the texts of neighbouring code columns.

    ``before`` is the code of the row above: a part that is blank on the left is taken from it
    (a table that prints a class once and then only what changes).

    >>> join_code(["201", "03", "01"], "")
    '2010301'
    >>> join_code(["201", "20103", "2010301"], "")
    '2010301'
    >>> join_code(["", "05", ""], "2080502")
    '20805'
    >>> join_code(["301", "2"], "")
    '30102'
    """
    held = [digits_of(part) for part in parts]
    if len(held) == 1:
        return held[0]
    code = ""
    for place, part in enumerate(held):
        if not part:
            if any(held[place + 1 :]) and len(before) >= (3, 5, 7)[min(place, 2)] and not code[3:]:
                code = before[: (3, 5, 7)[min(place, 2)]]
            continue
        if place and len(part) == 1:
            part = f"0{part}"  # a spreadsheet drops the zero of 02
        code = part if code and part.startswith(code) and len(part) > len(code) else code + part
    return code


def leading_code(text: str) -> str:
    """The class code with which a name begins (`2010301行政运行`, `[30201]办公费`), or ''."""
    match = _LEADING.match(fold(text))
    return match["code"] if match else ""


def bracketed(text: str) -> tuple[str, str]:
    """Code and name of `[A05010201]办公桌`; ('', text) without brackets."""
    match = _BRACKETED.match(text)
    return (match["code"], match["name"]) if match else ("", text)


def sort_codes(codes: Sequence[str], family: str) -> RowCodes:
    """Tell the codes of a row apart by their first digit and length.

    In tables by function a 3-digit code must begin with 2; in economic tables with 3 or 5.
    """
    return _sort_codes(tuple(codes), family)


@lru_cache(maxsize=REMEMBERED)
def _sort_codes(codes: tuple[str, ...], family: str) -> RowCodes:
    function = department = government = unit = ""
    for code in codes:
        if not code:
            continue
        if not _CLASS.fullmatch(code):
            unit = unit or code
        elif code[0] == "2" and family != "economic":
            function = function or code
        elif code[0] == "3" and family in ("economic", "procurement", "project"):
            department = department or code
        elif code[0] == "5" and family in ("economic", "procurement", "project"):
            government = government or code
        else:
            unit = unit or code
    return RowCodes(function, department, government, unit)

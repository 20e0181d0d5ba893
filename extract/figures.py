"""Printed figures: what counts as one, and its exact value.

A figure is a maximal run of digits with optional sign, thousands separators and decimal part
(`contract.md`, conservation). Text of scanned or converted documents puts spaces inside of
figures (``11088. 87``, ``1, 234. 50``); those are read as one figure where the whole cell is one.
A space between two digits may be a lost point or the end of a figure (``10 35``): no figure.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from extract.errors import GongkaiError
from extract.text import REMEMBERED, WIDE, any_of, replace_signs

_BLANK = frozenset({"", "-", "--", "---", "—", "——", "/", "一", "_", "－", "…"})
_SIGNS = {**WIDE, "−": "-", "–": "-", "\u3000": " "}
_SIGNED = any_of(_SIGNS)
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?", re.ASCII
)
_INNER = re.compile(
    r"(?<=[.,])[ \u00a0\u3000]+(?=[0-9])|(?<=[0-9])[ \u00a0\u3000]+(?=[.,])", re.ASCII
)
_DIGIT = re.compile(r"[0-9０-９]")
_BARE = re.compile(
    r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{2})"
    r"(?![0-9.,%‰㎡\-—~～]|\s*(?:[万亿千百]?元|[万亿平米吨个倍兆GMK]))"
)
_PERCENT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?%", re.ASCII)


class AmountError(GongkaiError):
    """A text that is neither blank nor a figure."""


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Fold full-width digits and signs, and take out white space at the ends.

    >>> fold("１，２３４．５０ ")
    '1,234.50'
    """
    if text.isascii():
        return text.strip()
    plain = replace_signs(text, _SIGNS, _SIGNED)
    folded = unicodedata.normalize("NFKC", plain)
    if folded != plain:
        folded = folded.replace("−", "-").replace("–", "-")
    return folded.strip()


@lru_cache(maxsize=REMEMBERED)
def is_blank(text: str) -> bool:
    """True for an empty cell and for the marks that stand for one (`-`, `—`, `/`).

    >>> is_blank(" — "), is_blank("0.00")
    (True, False)
    """
    return text.strip().strip("\u3000\u00a0") in _BLANK or fold(text) in _BLANK


@lru_cache(maxsize=REMEMBERED)
def parse_amount(text: str) -> Decimal | None:
    """Read a printed amount; None for a blank cell. Blank is not zero.

    Raises AmountError with the text when it is neither blank nor a figure.

    >>> parse_amount("13,214,710.41")
    Decimal('13214710.41')
    >>> parse_amount("11088. 87")
    Decimal('11088.87')
    >>> parse_amount("-")
    """
    if is_blank(text):
        return None
    folded = _INNER.sub("", fold(text))
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        raise AmountError(f"neither blank nor a figure: {text!r}")
    sign = "-" if match["sign"] == "-" else ""
    return Decimal(sign + match["digits"].replace(",", "") + (match["part"] or ""))


@lru_cache(maxsize=REMEMBERED)
def is_amount(text: str) -> bool:
    """True if the whole text is one printed figure (not blank, not a percentage).

    >>> is_amount("8,979.10"), is_amount("2010301行政运行"), is_amount("95%")
    (True, False, False)
    """
    if is_blank(text):
        return False
    return _AMOUNT.fullmatch(_INNER.sub("", fold(text))) is not None


def is_percentage(text: str) -> bool:
    """True if the whole text is a percentage.

    >>> is_percentage("95.5%")
    True
    """
    return _PERCENT.fullmatch(fold(text).replace(" ", "")) is not None


@lru_cache(maxsize=REMEMBERED)
def money_among_words(text: str) -> tuple[str, ...]:
    """Figures of money that stand in a text of words without a unit behind them.

    Names hold years, numbers and sums with their unit; a bare figure with separators belongs to a
    column that the text swallowed.

    >>> money_among_words("合计 11098.87 11088.87"), money_among_words("更新设备2.50万元")
    (('11098.87', '11088.87'), ())
    """
    return tuple(_BARE.findall(fold(text))) if _DIGIT.search(text) else ()


@lru_cache(maxsize=REMEMBERED)
def decimals(text: str) -> int:
    """Number of printed digits after the decimal point of a figure.

    >>> decimals("6642.1931"), decimals("237")
    (4, 0)
    """
    match = _AMOUNT.fullmatch(_INNER.sub("", fold(text)))
    return len(match["part"]) - 1 if match and match["part"] else 0

"""Amounts and shares as people read them; what is not printed is never a zero."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboard.words import say

YUAN = {"yuan": 1, "wan_yuan": 10_000}
"""How many yuan a unit has."""

_CENT = Decimal("0.01")
_LAST_DIGITS = tuple(Decimal(digit) for digit in ("100", "10", "1", "0.1", "0.01"))
"""What a last printed digit is worth in yuan: 万元 with two decimals are the coarsest."""


def in_unit(amount_yuan: Decimal, unit: str) -> Decimal:
    """An amount in ``unit`` (`yuan`, `wan_yuan`), to two decimals, half up.

    >>> in_unit(Decimal("13214710.41"), "wan_yuan")
    Decimal('1321.47')
    """
    return (amount_yuan / YUAN[unit]).quantize(_CENT, ROUND_HALF_UP)


def amount_text(amount_yuan: Decimal | None, unit: str, lang: str) -> str:
    """Write an amount in ``unit``; words for one that is not printed.

    >>> amount_text(Decimal("-13214710.4"), "yuan", "en")
    '−13,214,710.40'
    >>> amount_text(None, "yuan", "en")
    'not printed'
    """
    if amount_yuan is None:
        return say("not_printed", lang)
    return f"{in_unit(amount_yuan, unit):,.2f}".replace("-", "\N{MINUS SIGN}")


def exact_text(amount_yuan: Decimal | None, lang: str) -> str:
    """Write an amount in yuan with its unit, as the second line of a figure."""
    if amount_yuan is None:
        return say("not_printed", lang)
    return f"{amount_text(amount_yuan, 'yuan', lang)} {say('yuan', lang)}"


def share_text(share: Decimal | None) -> str:
    """Write a share of the marts (1 is all) in percent with one decimal; a dash for none.

    >>> share_text(Decimal("0.1234"))
    '12.3%'
    """
    if share is None:
        return "—"
    percent = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) + 0  # no minus before zero
    return f"{percent:,}%".replace("-", "\N{MINUS SIGN}")


def rounding(amounts_yuan: Sequence[Decimal]) -> Decimal:
    """How far printed parts and their printed total may be apart by rounding alone, in yuan.

    Half of the last digit for each of them (docs/rules.md); the last digit is the finest that the
    amounts, parts and total, show.

    >>> rounding([Decimal("5000100"), Decimal("2000000"), Decimal("7000200")])
    Decimal('150')
    """
    finest = min(
        next(digit for digit in _LAST_DIGITS if amount % digit == 0) for amount in amounts_yuan
    )
    return finest / 2 * len(amounts_yuan)

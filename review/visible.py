"""Text and amounts of documents as people see them on pages and terminals."""

from decimal import Decimal

from expectations.visible import one_line, visible

__all__ = ["amount", "one_line", "visible"]


def amount(value: Decimal | None) -> str:
    """Write an amount with thousands separators and two decimals; '' for None.

    >>> amount(Decimal("-13214710.4"))
    '−13,214,710.40'
    """
    if value is None:
        return ""
    return f"{value:,.2f}".replace("-", "\N{MINUS SIGN}")

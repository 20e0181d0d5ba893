"""What can be hard about workbooks, Word documents and web pages, by name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
WORD = frozenset({".docx", ".docm"})
WEB = frozenset({".html", ".htm", ".mht"})


class Manner(StrEnum):
    """How a file holds a disclosure; those of one format that do not exclude one another combine.

    ``HIDDEN`` puts figures where nobody sees them (rows, columns, sheets, elements, texts): no
    golden fact. ``WAN_FORMAT`` stores yuan under a number format that shows 万元 with one digit.
    """

    TEXT_FIGURES = "text-figures"
    WAN_FORMAT = "wan-format"
    FORMULAS = "formulas"
    BORDERLESS = "borderless"
    ONE_SHEET = "one-sheet"
    SHEET_TITLES = "sheet-titles"
    OFFSET = "offset"

    NESTED = "nested"

    GB_DECLARED = "gb-declared"
    GB_UNDECLARED = "gb-undeclared"
    GB_CALLED_UTF8 = "gb-called-utf8"
    UTF8_CALLED_GB = "utf8-called-gb"
    UTF16 = "utf16"
    BOM = "bom"

    HIDDEN = "hidden"


MANNERS: Mapping[str, frozenset[Manner]] = {
    **dict.fromkeys(
        WORKBOOKS,
        frozenset(
            {
                Manner.TEXT_FIGURES,
                Manner.WAN_FORMAT,
                Manner.FORMULAS,
                Manner.BORDERLESS,
                Manner.ONE_SHEET,
                Manner.SHEET_TITLES,
                Manner.OFFSET,
                Manner.HIDDEN,
            }
        ),
    ),
    **dict.fromkeys(WORD, frozenset({Manner.NESTED, Manner.HIDDEN})),
    **dict.fromkeys(
        WEB,
        frozenset(
            {
                Manner.NESTED,
                Manner.GB_DECLARED,
                Manner.GB_UNDECLARED,
                Manner.GB_CALLED_UTF8,
                Manner.UTF8_CALLED_GB,
                Manner.UTF16,
                Manner.BOM,
                Manner.HIDDEN,
            }
        ),
    ),
}
"""The manners that files of an ending can have."""

EXCLUSIVE: tuple[frozenset[Manner], ...] = (
    frozenset({Manner.TEXT_FIGURES, Manner.WAN_FORMAT, Manner.FORMULAS}),
    frozenset({Manner.ONE_SHEET, Manner.SHEET_TITLES}),
    frozenset(
        {
            Manner.GB_DECLARED,
            Manner.GB_UNDECLARED,
            Manner.GB_CALLED_UTF8,
            Manner.UTF8_CALLED_GB,
            Manner.UTF16,
            Manner.BOM,
        }
    ),
)
"""Manners of which one file can have one only."""


def check_manners(ending: str, manners: frozenset[Manner]) -> None:
    """Raise ValueError for an ending that is not written, or manners that it cannot have."""
    if ending not in MANNERS:
        raise ValueError(f"no files ending in {ending!r}: one of {', '.join(sorted(MANNERS))}")
    allowed = MANNERS[ending] - ({Manner.FORMULAS} if ending == ".xls" else set())
    if manners - allowed:
        raise ValueError(f"{ending} cannot be {', '.join(sorted(manners - allowed))}")
    for group in EXCLUSIVE:
        if len(manners & group) > 1:
            raise ValueError(f"these exclude one another: {', '.join(sorted(manners & group))}")

"""What is read of a sentence, and what is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.sentences.function_names import FunctionNames


@dataclass(frozen=True)
class Statement:
    """A figure that a sentence states, in words of the contract.

    ``line`` is the number of the line in which the figure begins, ``value`` in the printed unit,
    negative for a decrease, ``year`` the year it is about (None where nobody says it).
    Of a single project, ``project`` is its name as printed, ``topic`` is empty, and ``item`` is
    the grade that is printed beside a score. ``section`` is the number of the section in which it
    stands; ``unread_whole`` is true for a share whose section may state its whole in a figure that
    was not read. Words that say a direction alone have the value 1, -1 or 0 and no unit.
    """

    topic: str
    measure: str
    item: str
    source: str
    fund: str
    names: FunctionNames
    year: int | None
    printed: str
    unit: str
    value: Decimal
    line: int
    page_number: int | None
    text: str
    project: str = ""
    section: int = 0
    unread_whole: bool = False


@dataclass(frozen=True)
class Setting:
    """What is known of the document: its year and kind, its names, items that its tables print."""

    year: int | None = None
    document_kind: str | None = None
    agencies: tuple[str, ...] = ()
    item_names: frozenset[str] = frozenset()

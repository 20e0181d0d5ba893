"""A remark: figures of a breakdown, a code with its name, something denied, a figure of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.page import GridCell


@dataclass(frozen=True)
class Remark:
    """One figure, or one name, that words print.

    ``kind`` is `whole` or `part` (figures of one breakdown, which share ``group``), `class_name`
    (``name`` is that of ``code``), `none` or `some` (``name`` is what there is none or some of) or
    `goal` (a figure in the goal of the form of number ``form`` in its table). ``operator`` and
    ``unit`` are as in a target, ``line`` is the number of the line; a goal has its ``cell``.
    """

    kind: str
    group: int
    name: str
    printed: str
    text: str
    code: str = ""
    operator: str | None = None
    value: Decimal | None = None
    unit: str = ""
    line: int | None = None
    page_number: int | None = None
    cell: GridCell | None = None
    form: int = 0

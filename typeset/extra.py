"""What a disclosure states beside its tables: forms of projects, and figures in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class GoldenIndicator:
    """One indicator that a reader must find, in the words of the warehouse contract."""

    project_name: str
    table_kind: str
    horizon: str
    level_1: str
    level_2: str
    level_3: str
    target_text: str
    target_operator: str | None
    target_value: Decimal | None
    target_unit: str | None
    actual_text: str | None
    weight: Decimal | None
    score: Decimal | None
    page_number: int | None = None


@dataclass(frozen=True)
class Form:
    """A form: its kind, its project, its money in 万元, its indicators, the page of its money."""

    kind: str
    project_name: str
    agency: str
    total: Decimal
    executed: Decimal
    indicators: tuple[GoldenIndicator, ...]
    money_page: int | None = None


@dataclass(frozen=True)
class GoldenStatement:
    """One figure that a sentence states; `amount_yuan` is None where it is no money."""

    topic: str
    measure: str
    value: Decimal
    unit: str
    amount_yuan: Decimal | None
    page_number: int | None = None

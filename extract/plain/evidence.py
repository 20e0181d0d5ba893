"""What other tables of a document say about the columns of a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extract.text import squeeze

FUND_WORDS = ("一般公共预算", "政府性基金", "国有资本", "财政专户", "单位资金", "上年结转")
_ORDINAL = re.compile(r"^([(（]?[一二三四五六七八九十廿]+[)）、]+|其中:|\d+[.、])+")
_WHOLES = ("本年收入合计", "收入合计", "收入总计", "总计")
_RUNNING = "公务用车运行维护费"
_BUYING = "公务用车购置"


def fund_word(text: str) -> str:
    """The fund that a label or a column word names; '' if it names none.

    >>> fund_word("二、政府性基金预算财政拨款")
    '政府性基金'
    """
    bare = squeeze(text)
    return next((word for word in FUND_WORDS if word in bare), "")


def plain_label(text: str) -> str:
    """A row label without its number.

    >>> plain_label("八、其他收入")
    '其他收入'
    """
    return _ORDINAL.sub("", squeeze(text))


@dataclass
class Evidence:
    """Figures of a document whose place is certain, collected table by table.

    ``income`` holds the income side of the table of all money by label (None: printed blank);
    ``wholes`` the columns of total rows, each with the whole that they add up to; ``funds`` tells
    for each fund whether the fiscal table prints income of it; ``classes`` the amounts printed
    beside the names of economic classes.
    """

    income: dict[str, Decimal | None] = field(default_factory=dict)
    wholes: list[tuple[Decimal, dict[str, Decimal]]] = field(default_factory=list)
    funds: dict[str, bool] = field(default_factory=dict)
    classes: dict[str, set[Decimal]] = field(default_factory=dict)

    @property
    def absent(self) -> frozenset[str]:
        """Funds of which the fiscal table prints none, while it prints some of another one."""
        if not any(self.funds.values()):
            return frozenset()
        return frozenset(word for word, used in self.funds.items() if not used)

    def allows_income(self, whole: Decimal, row: Mapping[str, Decimal]) -> bool | None:
        """Do the columns of the total row of an income table agree with the table of all money?

        ``row`` holds the figure of each column by its word, zero where it is blank, the whole
        left out. None where that table is not there, or has another whole.
        """
        if whole not in (self.income.get(label) for label in _WHOLES):
            return None
        seen = False
        for word, value in row.items():
            stated = self._stated(word)
            if stated is None:
                continue
            seen = True
            if (stated[0] or Decimal(0)) != value:
                return False
        return True if seen else None

    def _stated(self, word: str) -> tuple[Decimal | None] | None:
        if word in self.income:
            return (self.income[word],)
        if word in ("财政拨款收入", "财政拨款"):
            parts = [
                value for label, value in self.income.items() if fund_word(label) in FUND_WORDS[:3]
            ]
            if parts:
                return (sum((value for value in parts if value is not None), Decimal(0)),)
        return None

    def same_whole(self, whole: Decimal, row: Mapping[str, Decimal]) -> bool | None:
        """Do the columns of a total row agree with those of a certain row of the same whole?

        ``row`` as in ``allows_income``. None where no such row has a column of the same word.
        """
        answers = [
            all(row[word] == value for word, value in parts.items() if word in row)
            for other, parts in self.wholes
            if other == whole and set(parts) & set(row)
        ]
        return any(answers) if answers else None

    def runs_vehicles(self, value: Decimal) -> bool:
        """True if the document spends this amount on running vehicles and nothing on buying any."""
        running = {
            amount for name, found in self.classes.items() if _RUNNING in name for amount in found
        }
        buying = {
            amount for name, found in self.classes.items() if _BUYING in name for amount in found
        }
        return value in running and not any(buying)

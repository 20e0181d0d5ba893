"""Sums that the header of a table promises for each of its rows.

`合计` is the sum of the columns beside it, `小计` the sum of the columns of its own group; a
group stands in a sum above it by its `小计`. Where a table has no such columns it promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.plain.header import Path, group_end
from extract.text import squeeze

_TOTAL = re.compile(
    r"合计|总计|小计|金额合计|采购金额\(合计\)|\"?三公\"?经费合计|本年(收入|支出)(合计|小计)|支出合计|收入合计"
)
_CARRY = re.compile(r"结转|结余")
_MEMO = re.compile(r"其中.*|.*(数量|单价|计量单位|中小|小微|微小|预留份额).*|行次|序号|栏次")


@dataclass(frozen=True)
class Sum:
    """The figure of column ``total`` is the sum of the figures of ``parts``.

    Without ``whole`` the parts are some of those that the total has: they are not more than it.
    """

    total: int
    parts: tuple[int, ...]
    whole: bool = True

    def holds(self, values: Sequence[Decimal | None]) -> bool | None:
        """True or False; None where neither the total nor a part has a figure."""
        total = values[self.total]
        parts = [values[part] for part in self.parts if values[part] is not None]
        if total is None and not parts:
            return None
        if total is None:
            return not any(parts) if not self.whole else False
        if not self.whole:
            return sum((part for part in parts if part is not None), Decimal(0)) <= total
        half = Decimal(1).scaleb(_exponent(total)) / 2
        slack = half * (len(parts) + 1) if total != total.to_integral_value() else half
        return abs(total - sum((part for part in parts if part is not None), Decimal(0))) <= slack


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def sums_of(paths: Sequence[Path], amounts: Sequence[bool]) -> tuple[Sum, ...]:
    """The sums over the columns of a header; ``amounts`` tells which columns hold figures."""
    found: list[Sum] = []
    _collect(paths, amounts, 0, len(paths), 0, found)
    return tuple(found)


def _collect(
    paths: Sequence[Path],
    amounts: Sequence[bool],
    start: int,
    stop: int,
    depth: int,
    found: list[Sum],
) -> int | None:
    """The column that stands for ``start``–``stop`` in sums above; None if there is none.

    A column 其中 of a group is no more than the group's own figure.
    """
    heads: list[int | None] = []
    totals: list[int] = []
    memos: list[int] = []
    at = start
    while at < stop:
        if len(paths[at]) <= depth + 1:
            leaf = squeeze(paths[at][-1])
            if amounts[at] and _TOTAL.fullmatch(leaf):
                totals.append(at)
            elif amounts[at] and not _MEMO.fullmatch(leaf):
                heads.append(at)
            elif amounts[at] and leaf.startswith("其中"):
                memos.append(at)
            at += 1
            continue
        end = group_end(paths, at, depth)
        if any(amounts[at:end]):
            heads.append(_collect(paths, amounts, at, end, depth + 1, found))
        at = end
    above = totals[0] if totals else heads[0] if len(heads) == 1 else None
    if above is not None and depth:
        found += [Sum(above, (memo,), whole=False) for memo in memos]
    if len(totals) == 1 and squeeze(paths[totals[0]][-1]).startswith("本年"):
        heads = [head for head in heads if head is None or not _CARRY.search(paths[head][-1])]
    if len(totals) == 1 and len(heads) > 1 and None not in heads:
        found.append(Sum(totals[0], tuple(head for head in heads if head is not None)))
    elif len(totals) == 1 and None in heads:
        leaves = [column for column in _leaves(paths, amounts, start, stop) if column != totals[0]]
        found.append(Sum(totals[0], tuple(leaves)))
    if totals:
        return totals[0] if len(totals) == 1 else None
    return heads[0] if len(heads) == 1 else None


def _leaves(paths: Sequence[Path], amounts: Sequence[bool], start: int, stop: int) -> list[int]:
    """The columns that are no sum of others."""
    return [
        column
        for column in range(start, stop)
        if amounts[column]
        and not _TOTAL.fullmatch(squeeze(paths[column][-1]))
        and not _MEMO.fullmatch(squeeze(paths[column][-1]))
    ]

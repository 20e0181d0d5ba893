"""How a figure of a sentence is meant: what the words around it make of it."""

from __future__ import annotations

import re

from extract.sentences.grammar import Clause
from extract.sentences.model import Setting
from extract.sentences.state import State

_FROM_THERE = re.compile(r"[,;]?(?:增加|减少|增长|下降|降低|上升|提高|压减|持平)")
"""What follows on the figure with which another one is compared."""

_RATE_OF = re.compile(r"的[0-9.]+%")
TO_BUDGET = {"change": "over_budget", "change_percent": "over_budget_percent"}
"""Measures of a change, and the same against the budget of the same year."""


def measure_and_year(
    clause: Clause, kind: str, behind: str, setting: Setting, state: State
) -> tuple[str, int]:
    """How a figure is meant, '' for none, and the year it is of where it is not the one in hand.

    ``kind`` is that of the figure's unit, `money`, `percent` or `count`; ``behind`` the text after
    the figure. The year is 0 for the one in hand.
    """
    marks, own = clause.marks, setting.year
    measure = _measure_of(marks, kind)
    budget = "initial_budget" if "initial_budget" in marks else "budget"
    if state.completing and kind == "percent" and not measure:
        return "completion_percent", 0
    state.completing = _is_completed(marks, kind, behind)
    if state.completing:
        return budget, 0
    if own is not None and "prior" in marks:
        return ("amount" if measure in ("amount", "final") else ""), own - 1
    if own is not None and _is_compared_with(marks, kind, behind):
        if clause.against in (0, own - 1):
            return "amount", own - 1
        if clause.against == own and setting.document_kind == "final_account":
            return budget, 0
    if measure == "amount" and state.of_budget:
        return "budget", 0  # 预算为20万元,其中:公务接待费9万元
    return measure, 0


def _measure_of(marks: frozenset[str], kind: str) -> str:
    """The measure that the words around a figure give; '' for none.

    ``marks`` are words of ``sentence_measure.csv``; ``kind`` is that of the figure's unit, `money`,
    `percent` or `count`.
    """
    if "unstated" in marks:
        return ""
    if "completion" in marks:
        return "completion_percent" if kind == "percent" else ""
    if marks & {"increase", "decrease", "above_budget", "below_budget"}:
        if {"increase", "decrease"} <= marks:
            return ""
        return "change_percent" if kind == "percent" else "change"
    if marks & {"compare", "compare_budget"}:
        return ""  # the figure of the year with which another is compared
    if "share_percent" in marks:
        return "share_percent" if kind == "percent" else ""
    if kind == "percent":
        return ""
    if kind == "count":
        return "count"
    if "initial_budget" in marks:
        return "" if "final" in marks else "initial_budget"
    if "executed" in marks:
        return "executed"
    if "final" in marks:
        return "final"
    return "budget" if "budget" in marks else "amount"


def _is_compared_with(marks: frozenset[str], kind: str, behind: str) -> bool:
    """True for the figure of the year before in `比上年支出433万元减少2万元`.

    ``behind`` is the text after the figure.
    """
    is_base = "compare" in marks and not marks & {"increase", "decrease", "unstated"}
    return is_base and kind == "money" and _FROM_THERE.match(behind) is not None


def _is_completed(marks: frozenset[str], kind: str, behind: str) -> bool:
    """True for the budget in `完成全年预算10万元的50%`.

    ``behind`` is the text after the figure.
    """
    return "completion" in marks and kind == "money" and _RATE_OF.match(behind) is not None


def fund_in(text: str) -> str:
    """The fund that the words of a subject name; '' for none."""
    if "一般公共预算" in text:
        return "general_public_budget"
    return "fiscal" if "财政拨款" in text else ""

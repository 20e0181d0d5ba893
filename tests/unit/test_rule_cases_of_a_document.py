"""Every identity has figures that keep it and figures that break it, also for the reader.

The cases are those of the models (`tests/models/rule_cases.csv`): one figure of a rule a row,
``breaks`` its amount where the rule is broken.
"""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from extract.rules.checking import check_figures
from extract.rules.terms import Rule, load_rules
from extract.rules.tidying import Tidy

RULES = {rule.name: rule for rule in load_rules()}
OWN_FUND = (
    "general_public_expenditure",
    "government_fund_expenditure",
    "state_capital_expenditure",
)
"""Tables whose own total is that of a fund."""
SAME = ("side", "table_kind", "subject", "word", "measure", "level", "fund", "code")
CASES: dict[str, list[dict[str, str]]] = defaultdict(list)
with (Path(__file__).parents[1] / "models" / "rule_cases.csv").open(encoding="utf-8") as lines:
    for _row in csv.DictReader(lines):
        CASES[_row["rule"]].append(_row)


def tidy(number: int, row: dict[str, str], amount: str) -> Tidy:
    """A figure of a case, as the warehouse's test of the same case has it."""
    code = row["code"] or None
    is_left = row["side"] == "left"
    is_part = row["fund"] not in ("all", "") and row["table_kind"] not in OWN_FUND
    return Tidy(
        cell_id=str(number),
        table_kind=row["table_kind"],
        subject=row["subject"],
        level=row["level"],
        fund=row["fund"],
        word=row["word"],
        block=row["block"] or "current",
        code=code,
        parts={
            "kind": row["table_kind"],
            "fund": row["fund"],
            "word": row["word"],
            "basis": row["measure"] or None,
            "code": code,
            "parent": code[:-2] if code and len(code) > 3 else None,
            "row": "row",
            "group": "group" if is_left else None,
            "within": None if is_left else "group",
        },
        is_source_part=False,
        is_fund_part=is_part,
        is_fund_addend=is_part,
        amount_yuan=Decimal(amount),
        half_digit_yuan=Decimal("0.005"),
    )


def statuses(rule: Rule, *, broken: bool) -> set[str]:
    """What becomes of the rule on its figures, after those of the rule that it rests on."""
    own = CASES[rule.name]
    taken = {tuple(row[name] for name in SAME) for row in own}
    figures = [
        tidy(number, row, row["amount"])
        for number, row in enumerate(CASES.get(rule.only_if, ()))
        if tuple(row[name] for name in SAME) not in taken
    ]
    figures += [
        tidy(1000 + number, row, (row["breaks"] if broken else "") or row["amount"])
        for number, row in enumerate(own)
    ]
    kind = "budget" if rule.document_kind == "both" else rule.document_kind
    return {check.status for check in check_figures(figures, kind) if check.rule == rule}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_holds_on_figures_that_keep_it(rule: Rule) -> None:
    assert "holds" in statuses(rule, broken=False)
    assert "broken" not in statuses(rule, broken=False)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_breaks_on_figures_that_do_not(rule: Rule) -> None:
    found = statuses(rule, broken=True)
    assert ("broken" in found) == (rule.strength != "condition")
    assert "not_applicable" in found or rule.strength != "condition"

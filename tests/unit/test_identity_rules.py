"""The rules of the accounting identities speak the words that the facts speak."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
SUBJECTS = {
    "income": ("fct_income", "income_source"),
    "expenditure_function": ("fct_expenditure_function", "component"),
    "expenditure_economic": ("fct_expenditure_economic", "component"),
    "three_public": ("fct_three_public", "item"),
    "procurement": ("fct_procurement", None),
    "project": ("fct_project_amount", "measure"),
}
KEY_PARTS = {"kind", "fund", "word", "basis", "code", "parent", "row", "group", "within"}


def rows(name: str) -> list[dict[str, str]]:
    path = PROJECT / "seeds" / "rules" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def words(model: str, column: str) -> frozenset[str]:
    """The accepted values of a column of a fact."""
    path = PROJECT / "models" / "core" / f"{model}.yml"
    columns: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["models"][0]["columns"]
    tests = next(one for one in columns if one["name"] == column)["data_tests"]
    accepted = next(test for test in tests if isinstance(test, dict) and "accepted_values" in test)
    return frozenset(accepted["accepted_values"]["arguments"]["values"])


def listed(text: str) -> set[str]:
    return set(text.split("|")) if text else set()


def test_every_rule_has_two_sides_that_it_needs() -> None:
    needed = defaultdict(set)
    for term in rows("identity_term"):
        if term["is_needed"] == "true":
            needed[term["identity_id"]].add(term["side"])
    assert needed == {rule["identity_id"]: {"left", "right"} for rule in rows("identity_rule")}


@pytest.mark.parametrize(
    "term", rows("identity_term"), ids=lambda term: f"{term['identity_id']}-{term['term_no']}"
)
def test_a_term_asks_for_words_that_a_fact_can_have(term: dict[str, str]) -> None:
    model, column = SUBJECTS[term["subject"]]
    assert listed(term["table_kinds"]) <= words(model, "table_kind")
    assert listed(term["funds"]) <= words(model, "fund") | {"main", "parts"}
    if column is not None:
        # a total that stands for the year as well is a word of the tidy figures alone
        assert listed(term["words"]) <= words(model, column) | {"sole_total"}
    if model != "fct_three_public":
        assert listed(term["levels"]) <= words(model, "level")
    assert set(filter(None, term["key"].split("+"))) <= KEY_PARTS
    assert term["side"] in ("left", "right")
    assert term["sign"] in ("1", "-1")
    assert term["block"] in ("", "current", "beyond")


def test_the_sides_of_a_rule_meet() -> None:
    """Terms of one rule have keys of one shape; parts meet their whole by what they are part of."""
    shapes = defaultdict(set)
    for term in rows("identity_term"):
        key = term["key"].replace("parent", "code").replace("within", "group")
        shapes[term["identity_id"]].add(key)
    assert {name for name, shape in shapes.items() if len(shape) > 1} == set()


def test_a_rule_rests_on_a_condition_only() -> None:
    """What another rule rests on is no finding by itself, and nothing else is a condition."""
    rules = {rule["identity_id"]: rule for rule in rows("identity_rule")}
    conditions = {name for name, rule in rules.items() if rule["strength"] == "condition"}
    assert {rule["only_if"] for rule in rules.values()} - {""} == conditions
    assert {rule["strength"] for rule in rules.values()} == {"hard", "soft", "condition"}
    assert {rule["both_sides"] for rule in rules.values()} == {
        "", "column", "table", "left", "printed", "always"
    }  # fmt: skip

"""Every figure read by eye is a fact: in its row and column, in yuan, once."""

import re
from decimal import Decimal

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, GOLDEN, ask, document_id, read_golden

pytestmark = pytest.mark.shared

CHECKED = sorted(path.stem for path in GOLDEN.glob("*.csv") if path.stem in DOCUMENTS)
KEYS = {
    "fct_income": ("level", "fund", "function_code", "income_source"),
    "fct_expenditure_function": ("level", "fund", "function_code", "component"),
    "fct_expenditure_economic": (
        "level",
        "fund",
        "department_economic_code",
        "government_economic_code",
        "component",
    ),
    "fct_three_public": ("fund", "item", "basis"),
    "fct_procurement": ("level", "fund"),
}
IF_GIVEN = ("unit_code", "category", "catalogue_name", "row_label")


def squeeze(text: object) -> str:
    """Return a word without white space and with one kind of brackets."""
    return re.sub(r"\s", "", str(text or "")).replace("(", "（").replace(")", "）")


def differs(fact: dict[str, object], golden: dict[str, str]) -> list[str]:
    """Say in which columns a fact is not the golden figure."""
    columns = [*KEYS[golden["fact"]], *(column for column in IF_GIVEN if golden[column])]
    wrong = [
        f"{column}: {fact[column]!r} for {golden[column]!r}"
        for column in columns
        if squeeze(fact[column]) != squeeze(golden[column])
    ]
    if fact["amount_yuan"] != Decimal(golden["amount_yuan"]):
        wrong.append(f"amount_yuan: {fact['amount_yuan']} for {golden['amount_yuan']}")
    return wrong


def test_enough_was_read_by_eye() -> None:
    assert len(CHECKED) == 13  # the two narratives hold no table
    assert all(len(read_golden(document)) >= 25 for document in CHECKED)


@pytest.mark.parametrize("document", CHECKED)
def test_golden_figures_are_facts(published: duckdb.DuckDBPyConnection, document: str) -> None:
    problems = []
    for golden in read_golden(document):
        candidates = ask(
            published,
            f"select * from core.{golden['fact']} where document_id = ? and table_kind = ?"
            " and page_number = ? and amount_printed = ?",
            document_id(document),
            golden["table_kind"],
            int(golden["page_number"]),
            golden["amount_printed"],
        )
        wrong = [differs(fact, golden) for fact in candidates]
        right = sum(not columns for columns in wrong)
        # lines of a list may look alike; anything with a code or a word stands once
        if right == 0 or (right > 1 and golden["fact"] != "fct_procurement"):
            nearest = min(wrong, key=len, default=["no such figure on the page"])
            place = f"{golden['table_kind']} page {golden['page_number']}"
            problems.append(
                f"{place}, {golden['row_label'] or golden['item']} {golden['amount_printed']}:"
                f" {right} facts; nearest: {nearest}"
            )
    assert problems == []

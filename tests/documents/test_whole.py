"""Every amount of every table of some documents: no fact is missed, wrong or too many."""

import csv
import re
import unicodedata
from collections import Counter
from decimal import Decimal

import duckdb
import pytest

from tests.documents.conftest import GOLDEN, ask, document_id

pytestmark = pytest.mark.shared

WHOLE = sorted((GOLDEN / "whole").glob("*.csv"))
PLACE = ("table_kind", "page_number", "level")
KEYS = {
    "fct_income": (*PLACE, "fund", "function_code", "unit_code", "income_source"),
    "fct_expenditure_function": (*PLACE, "fund", "function_code", "unit_code", "component"),
    "fct_expenditure_economic": (
        *PLACE,
        "fund",
        "department_economic_code",
        "government_economic_code",
        "component",
    ),
    "fct_three_public": ("table_kind", "page_number", "fund", "item", "basis"),
    "fct_procurement": (*PLACE, "fund", "category", "catalogue_name"),
    "fct_project_amount": PLACE,  # the page does not say which year a form's first column is
}
AMOUNTS = ("amount_printed", "amount_yuan")
LABELLED = ("fct_income", "fct_expenditure_function", "fct_expenditure_economic")

Figure = tuple[str, ...]


def squeeze(value: object) -> str:
    """Return a value as text without white space, in half width; None is empty."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", "" if value is None else str(value)))


def figure_of(fact: str, row: dict[str, object]) -> Figure:
    """Return what makes a figure itself: fact table, place, words of the contract, amount.

    A heading among the lines of a list (货物、工程、服务) is no item of the catalogue, and the
    contract does not say what stands there: only lines are compared by catalogue item.
    """
    if fact == "fct_procurement" and row["level"] != "line":
        row = row | {"catalogue_name": ""}
    return (fact, *(squeeze(row[column]) for column in (*KEYS[fact], *AMOUNTS)))


def read_whole(document: str) -> list[dict[str, str]]:
    """Return all golden figures of a document."""
    path = GOLDEN / "whole" / f"{document}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_facts(
    connection: duckdb.DuckDBPyConnection, document: str
) -> dict[str, list[dict[str, object]]]:
    """Return all facts of a document by fact table."""
    return {
        fact: ask(
            connection,
            f"select * from core.{fact} where document_id = ?",
            document_id(document),
        )
        for fact in KEYS
    }


def compare(golden: Counter[Figure], found: Counter[Figure]) -> list[str]:
    """Say which figures are missed and which are too many; a wrong one is both."""
    return [
        *(f"missed: {' '.join(figure)}" for figure in (golden - found).elements()),
        *(f"not printed: {' '.join(figure)}" for figure in (found - golden).elements()),
    ]


def test_a_wrong_word_is_noticed() -> None:
    row: dict[str, object] = dict.fromkeys((*KEYS["fct_income"], *AMOUNTS), "1.00")
    right = Counter([figure_of("fct_income", row)])
    wrong = Counter([figure_of("fct_income", row | {"income_source": "other"})])
    assert compare(right, right) == []
    assert len(compare(right, wrong)) == 2
    assert len(compare(right, right + right)) == 1
    assert len(compare(right + right, right)) == 1


def test_enough_documents_are_whole() -> None:
    assert len(WHOLE) >= 7
    assert sum(len(read_whole(path.stem)) for path in WHOLE) >= 1870


@pytest.mark.parametrize("document", [path.stem for path in WHOLE])
def test_facts_are_the_printed_figures(published: duckdb.DuckDBPyConnection, document: str) -> None:
    golden = Counter(figure_of(row["fact"], dict(row)) for row in read_whole(document))
    found = Counter(
        figure_of(fact, row)
        for fact, rows in read_facts(published, document).items()
        for row in rows
    )
    assert compare(golden, found) == []


@pytest.mark.parametrize("document", [path.stem for path in WHOLE])
def test_amounts_of_forms_have_fund_and_measure_where_the_form_says_them(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    columns = ("page_number", "row_label", "fund", "measure", *AMOUNTS)
    golden = Counter(
        tuple(squeeze(row[column]) for column in columns)
        for row in read_whole(document)
        if row["fact"] == "fct_project_amount" and row["measure"]
    )
    found = Counter(
        tuple(squeeze(row[column]) for column in columns)
        for row in read_facts(published, document)["fct_project_amount"]
    )
    assert [" ".join(figure) for figure in (golden - found).elements()] == []


@pytest.mark.parametrize("document", [path.stem for path in WHOLE])
def test_row_labels_are_the_printed_words(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    golden = Counter(
        (*figure_of(row["fact"], dict(row)), squeeze(row["row_label"]))
        for row in read_whole(document)
        if row["fact"] in LABELLED and row["row_label"]
    )
    found = Counter(
        (*figure_of(fact, row), squeeze(row["row_label"]))
        for fact, rows in read_facts(published, document).items()
        if fact in LABELLED
        for row in rows
    )
    assert [" ".join(figure) for figure in (golden - found).elements()] == []

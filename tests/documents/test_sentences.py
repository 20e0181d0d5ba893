"""Every figure that a narrative states, read by eye, is stated; nothing else is."""

import csv
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from extract.reading import read_document
from extract.vocabulary import load_vocabulary
from tests.documents.conftest import DOCUMENTS, ask, document_id

pytestmark = pytest.mark.shared

GOLDEN = Path(__file__).parent / "golden_sentences"
PROJECTS = Path(__file__).parent / "golden_project_sentences"
CHECKED = sorted(path.stem for path in GOLDEN.glob("*.csv"))
COLUMNS = ("topic", "measure", "item", "basis_year", "printed", "unit", "value", "page")
LEAST = 0.98
"""Share of the figures read by eye that must be stated: two of one document are misprinted."""


def golden_of(document: str) -> Counter[tuple[str, ...]]:
    """Return the figures of a golden file, as often as they are printed."""
    with (GOLDEN / f"{document}.csv").open(encoding="utf-8", newline="") as lines:
        return Counter(tuple(row[name] for name in COLUMNS) for row in csv.DictReader(lines))


def stated_in(path: Path) -> Counter[tuple[str, ...]]:
    """Return the figures that the reader states, in the columns of the golden files.

    Words that say a direction have no unit, and are no figures.
    """
    return Counter(
        (
            one.topic,
            one.measure,
            one.item,
            str(one.year),
            one.printed,
            one.unit,
            str(one.value),
            str(one.page_number or ""),
        )
        for one in read_document(path, load_vocabulary()).statements
        if not one.project and one.unit
    )


def projects_in(path: Path) -> Counter[tuple[str, ...]]:
    """Return what the reader states of single projects, in the columns of their golden files."""
    return Counter(
        (one.project, one.measure, one.printed, one.unit, str(one.value))
        for one in read_document(path, load_vocabulary()).statements
        if one.project
    )


def find(shared: Path, document: str) -> Path:
    """Return the file of a golden document."""
    return next((shared / "disclosures").rglob(f"{document}.*"))


def test_enough_was_read_by_eye() -> None:
    assert len(CHECKED) >= 6
    assert sum(sum(golden_of(document).values()) for document in CHECKED) >= 300


@pytest.mark.parametrize("document", CHECKED)
def test_nothing_is_stated_that_the_eye_did_not_read(shared: Path, document: str) -> None:
    golden, stated = golden_of(document), stated_in(find(shared, document))
    assert list((stated - golden).elements()) == []
    missed = golden - stated
    assert sum(missed.values()) <= (1 - LEAST) * sum(golden.values()) + 1, list(missed)


@pytest.mark.parametrize("document", sorted(path.stem for path in PROJECTS.glob("*.csv")))
def test_all_that_sentences_say_of_single_projects(shared: Path, document: str) -> None:
    with (PROJECTS / f"{document}.csv").open(encoding="utf-8", newline="") as lines:
        golden = Counter(tuple(row.values()) for row in csv.DictReader(lines))
    assert golden and projects_in(find(shared, document)) == golden


@pytest.mark.parametrize(
    "document", sorted({*DOCUMENTS} - {path.stem for path in PROJECTS.iterdir()})
)
def test_other_narratives_say_nothing_of_single_projects(shared: Path, document: str) -> None:
    assert projects_in(find(shared, document)) == Counter()


@pytest.mark.parametrize("document", [name for name in CHECKED if name in DOCUMENTS])
def test_stated_figures_are_facts_with_their_line(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    facts = ask(
        published,
        "select stated.*, line.text from core.fct_stated_figure as stated"
        " inner join raw.line as line using (line_id)"
        " where stated.document_id = ? and stated.is_current",
        document_id(document),
    )
    golden = golden_of(document)
    assert len(facts) >= LEAST * sum(golden.values()) - 1
    pages = Counter((row[0], row[1], row[7]) for row in golden.elements())
    found = Counter(
        (str(fact["topic"]), str(fact["measure"]), str(fact["page_number"] or "")) for fact in facts
    )
    assert found - pages == Counter()
    money = [fact for fact in facts if str(fact["unit"]).endswith("元")]
    assert money and all(fact["amount_yuan"] is not None for fact in money)
    coded = [fact for fact in facts if fact["topic"] == "function_item" and fact["function_code"]]
    items = [fact for fact in facts if fact["topic"] == "function_item"]
    assert len(coded) >= 0.9 * len(items)


def test_sentences_that_contradict_their_tables_are_named(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """One sentence of these documents was copied from the paragraph above it."""
    rows = ask(
        published,
        "select left_printed, right_printed from staging.int_statements_contradicting"
        " where document_id = ? order by page_number",
        document_id("putuo-wanli-2024-budget"),
    )
    assert rows == [{"left_printed": "352.67万元", "right_printed": "3,503,499"}]

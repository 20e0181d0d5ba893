"""Forms of texts, read by eye: their money and their indicators, each with its own pair."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from extract.forms.naming import LabelledForms
from extract.page import Grid
from extract.plain.reader import read_text
from extract.reading import Reading, read_document
from extract.text import squeeze
from extract.vocabulary import load_vocabulary

pytestmark = pytest.mark.shared

GOLDEN = Path(__file__).parent / "golden_text_forms" / "targets.csv"
Key = tuple[str, ...]


def golden_rows() -> list[dict[str, str]]:
    """Return what the eye read of forms: money, plans and indicators of some projects."""
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CHECKED = sorted({row["document"] for row in golden_rows()})


def golden_of(document: str, what: str) -> Counter[Key]:
    """Return what is known of a document's money, plans or indicators, with project and code."""
    return Counter(
        tuple(text for name, text in row.items() if name not in ("document", "what"))
        for row in golden_rows()
        if row["what"] == what and row["document"] == document
    )


def forms_of(reading: Reading, document: str) -> list[LabelledForms]:
    """Return the sheets of forms whose project the eye has read."""
    names = {key[0] for key in golden_of(document, "money")}
    sheets = [t.labelled for t in reading.tables if isinstance(t.labelled, LabelledForms)]
    return [s for s in sheets if any(form.project_name in names for form in s.forms)]


def find(shared: Path, document: str) -> Path:
    """Return the text of a golden document."""
    return next((shared / "disclosures").rglob(f"{document}.txt"))


def test_enough_forms_were_read_by_eye() -> None:
    forms = {key[:2] for document in CHECKED for key in golden_of(document, "indicator")}
    assert len(forms) >= 4


@pytest.mark.parametrize("document", CHECKED)
def test_money_and_indicators_are_those_of_the_print(shared: Path, document: str) -> None:
    reading = read_document(find(shared, document), load_vocabulary())
    money: Counter[Key] = Counter()
    indicators: Counter[Key] = Counter()
    for form in (form for sheet in forms_of(reading, document) for form in sheet.forms):
        head = (form.project_name, form.said("project_code"))
        for one in form.money:
            assert not one.doubt
            money[(*head, "", "", f"{one.fund} {one.measure}", squeeze(one.cell.text))] += 1
        for row in form.indicators:
            path = (row.level_1, row.level_2, row.level_3, row.target)
            indicators[(*head, *path)] += 1
    assert money == golden_of(document, "money")
    assert indicators == golden_of(document, "indicator")


@pytest.mark.parametrize("document", CHECKED)
def test_plans_by_month_are_held_beside_their_months(shared: Path, document: str) -> None:
    grids = [
        item
        for page in read_text(find(shared, document))
        for item in page.items
        if isinstance(item, Grid) and item.origin == "form"
    ]
    held: Counter[Key] = Counter()
    for grid in grids:
        rows = [[cell.text for cell in row if cell.text] for row in grid.by_row()]
        pairs = {row[0]: row[1] for row in rows if len(row) == 2}
        for month, figure in pairs.items():
            if month.endswith("月底"):
                head = (pairs.get("项目名称", ""), pairs.get("项目编码", ""))
                held[(*head, "", "", month, figure)] += 1
    golden = golden_of(document, "plan")
    assert golden and golden <= held

"""Evaluation forms and lists in two texts, against what the eye read of them."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from extract.figures import is_amount
from extract.forms.model import Form
from extract.forms.naming import LabelledForms
from extract.plain.evaluation_forms import find_evaluations
from extract.reading import Reading, read_document
from extract.tables import Table
from extract.text import squeeze
from extract.vocabulary import load_vocabulary

pytestmark = pytest.mark.shared

GOLDEN = Path(__file__).parent / "golden_text_forms"
FORMS_OF = {"yantai-2023-final": 9, "qingdao-2024-final-unit": 12}
LISTED = {"yantai-2023-final": 9, "qingdao-2024-final-unit": 12}
IN_DOUBT = {"yantai-2023-final": 0, "qingdao-2024-final-unit": 2}
"""Two rows of a form print one nought for three columns."""

_READ: dict[str, Reading] = {}

Row = tuple[str, ...]


def golden(name: str) -> dict[str, Counter[Row]]:
    """Return the rows of a golden file by document, without the document."""
    found: dict[str, Counter[Row]] = {}
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            values = tuple(squeeze(value) for value in row.values())
            found.setdefault(values[0], Counter())[values[1:]] += 1
    return found


def read(shared: Path, document: str) -> Reading:
    """Return what the reader makes of a document, read once."""
    if document not in _READ:
        path = next((shared / "disclosures").rglob(f"{document}.txt"))
        _READ[document] = read_document(path, load_vocabulary())
    return _READ[document]


def forms(reading: Reading) -> Iterator[tuple[Table, Form]]:
    """All evaluated projects of a document with their tables."""
    for table in reading.tables:
        if table.kind.startswith("self_evaluation") and isinstance(table.labelled, LabelledForms):
            for form in table.labelled.forms:
                yield table, form


def printed_money(reading: Reading) -> Counter[Row]:
    """The amounts that are not in doubt."""
    return Counter(
        (
            table.kind,
            squeeze(form.project_name) if money.row_kind == "line" else "",
            money.measure,
            money.fund,
            squeeze(money.cell.text),
        )
        for table, form in forms(reading)
        for money in form.money
        if not (money.doubt or money.cell.doubt)
    )


@pytest.mark.parametrize("document", FORMS_OF)
def test_every_form_and_row_is_read(shared: Path, document: str) -> None:
    kinds = Counter(table.kind for table, _ in forms(read(shared, document)))
    assert kinds == {
        "self_evaluation": FORMS_OF[document],
        "self_evaluation_summary": LISTED[document],
    }
    doubts = [
        money
        for _, form in forms(read(shared, document))
        for money in form.money
        if money.doubt or money.cell.doubt
    ]
    assert len(doubts) == IN_DOUBT[document]
    assert all(table.unit == "wan_yuan" for table, _ in forms(read(shared, document)))


@pytest.mark.parametrize("document", FORMS_OF)
def test_money_is_what_the_eye_read(shared: Path, document: str) -> None:
    wanted = golden("money")[document]
    chosen = {(row[0], row[1]) for row in wanted}
    found = Counter(
        {
            row: count
            for row, count in printed_money(read(shared, document)).items()
            if row[:2] in chosen
        }
    )
    assert found == wanted


@pytest.mark.parametrize("document", FORMS_OF)
def test_scores_and_grades_are_what_the_eye_read(shared: Path, document: str) -> None:
    wanted = golden("scores")[document]
    chosen = {(row[0], row[1]) for row in wanted}
    found = Counter(
        (table.kind, squeeze(form.project_name), str(form.score or ""), form.said("grade"))
        for table, form in forms(read(shared, document))
        if (table.kind, squeeze(form.project_name)) in chosen
    )
    assert found == wanted


@pytest.mark.parametrize("document", FORMS_OF)
def test_indicators_are_what_the_eye_read(shared: Path, document: str) -> None:
    wanted = golden("indicators")[document]
    chosen = {row[0] for row in wanted}
    found = Counter(
        (
            squeeze(form.project_name),
            indicator.level_1,
            indicator.level_2,
            squeeze(indicator.level_3),
            squeeze(indicator.target),
            squeeze(indicator.actual),
            str(indicator.weight),
            str(indicator.score),
        )
        for _, form in forms(read(shared, document))
        for indicator in form.indicators
        if squeeze(form.project_name) in chosen
    )
    assert found == wanted


@pytest.mark.parametrize("document", FORMS_OF)
def test_the_points_of_every_form_add_up_to_its_score(shared: Path, document: str) -> None:
    path = next((shared / "disclosures").rglob(f"{document}.txt"))
    checked = 0
    for region in find_evaluations(path.read_text(encoding="utf-8").splitlines()):
        scores: dict[str, list[Decimal]] = {"rate": [], "indicator": [], "sum": []}
        for row in region.grid.by_row():
            texts = {cell.column: cell.text for cell in row}
            if texts.get(0, "").startswith("年度资金总额"):
                scores["rate"].append(Decimal(texts.get(8) or texts[7]))
            elif texts.get(1) == "总分":
                scores["sum"].append(Decimal(texts[7]))
            elif texts.get(1, "").endswith("指标") and is_amount(texts.get(7, "")):
                scores["indicator"].append(Decimal(texts[7]))
        if scores["sum"]:
            checked += 1
            assert sum(scores["indicator"] + scores["rate"]) == scores["sum"][0], region.start
    assert checked == FORMS_OF[document]


@pytest.mark.parametrize("document", FORMS_OF)
def test_no_person_is_named(shared: Path, document: str) -> None:
    for table, _ in forms(read(shared, document)):
        if table.kind != "self_evaluation":
            continue
        rows = {
            placed.row_no
            for placed in table.labelled.cells
            if placed.cell.text in ("联系电话", "联系人/联系电话")
        }
        held = [p.cell.text for p in table.labelled.cells if p.row_no in rows and p.cell.text]
        assert len(rows) == 1 and held[1:] == ["［个人信息］"]


def test_the_golden_forms_are_enough() -> None:
    money = golden("money")
    assert sum(sum(rows.values()) for rows in money.values()) >= 60
    assert {row[0] for rows in money.values() for row in rows} == {
        "self_evaluation",
        "self_evaluation_summary",
    }
    assert sum(sum(rows.values()) for rows in golden("indicators").values()) >= 30

"""The findings of the shared documents against the contradictions that were found by eye."""

import csv
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, ask, document_id

pytestmark = pytest.mark.shared

LISTS = Path(__file__).parent / "golden_findings"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ABOUT_DOCUMENTS = ("scope_overlap", "duplicate_document", "late_correction", "decision_unfit")
"""What is no contradiction of one document's figures."""
MISSED: Mapping[tuple[str, str], str] = {}
"""Contradictions that are not found, and why: this list may only become shorter."""
REAL = Decimal("0.9")
"""Share of the findings that must be real."""


def figures(*texts: object) -> set[Decimal]:
    """The figures of printed texts, without zeros, which meet by chance."""
    bare = (re.sub(r"[,\s]", "", str(text or "")) for text in texts)
    return {Decimal(found) for text in bare for found in _FIGURE.findall(text)} - {Decimal(0)}


def listed(document: str) -> list[dict[str, str]]:
    with (LISTS / f"{document}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_about(row: Mapping[str, str], finding: Mapping[str, object]) -> bool:
    """True where a finding prints a figure of the row, on the row's page.

    A missing row prints the figure that another table has: the row's reasons name it.
    """
    if (
        row["page_number"]
        and finding["page_number"] is not None
        and not finding["right_cell_ids"]
        and int(row["page_number"]) != finding["page_number"]
    ):
        return False
    named = [row["left_printed"], row["right_printed"]]
    if finding["kind"] == "missing_row":
        named.append(row["why"])
    return bool(figures(*named) & figures(finding["left_printed"], finding["right_printed"]))


def pair(
    rows: Iterable[dict[str, str]], findings: list[dict[str, object]]
) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Rows without a finding, and findings without a row: each of both is used once."""
    left_over, missed = list(findings), []
    for row in rows:
        # the nearest kind first: a rate and a sum may share a figure
        found = sorted(
            (one for one in left_over if is_about(row, one)),
            key=lambda one: (
                figures(row["left_printed"]) != figures(one["left_printed"]),
                one["kind"] != row["kind"],
            ),
        )
        if found:
            left_over.remove(found[0])
        else:
            missed.append(row)
    return missed, left_over


def compare(
    connection: duckdb.DuckDBPyConnection, document: str
) -> tuple[list[dict[str, str]], list[dict[str, object]], int]:
    """What of a document's list is missed, which findings are not real, and how many are."""
    findings = ask(
        connection,
        "select *, [place.cell_id for place in places if place.side = 'right'] as right_cell_ids"
        " from (select finding.*, list(place) as places from audit.finding as finding"
        " left join audit.finding_place as place on finding.finding_id = place.finding_id"
        " where finding.document_id = ? group by all) order by finding_id",
        document_id(document),
    )
    findings = [one for one in findings if one["kind"] not in _ABOUT_DOCUMENTS]
    rows = listed(document)
    missed, others = pair([row for row in rows if row["counts"] == "yes"], findings)
    real = len(findings) - len(others)
    _, false = pair([row for row in rows if row["counts"] != "yes"], others)
    return missed, false, real


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_every_contradiction_is_found(document: str, published: duckdb.DuckDBPyConnection) -> None:
    missed, _, _ = compare(published, document)
    known = {left for name, left in MISSED if name == document}
    assert {row["left_printed"] for row in missed} == known


def test_nearly_every_finding_is_real(published: duckdb.DuckDBPyConnection) -> None:
    results = [compare(published, document) for document in DOCUMENTS]
    real = sum(count for _, _, count in results)
    false = [one for _, others, _ in results for one in others]
    assert Decimal(real) / (real + len(false)) >= REAL, false

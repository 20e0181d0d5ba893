"""The answer keys: golden figures of documents, found by the hash of their content.

A key comes from two places: the figures that the typesetter prints its samples from (they were
read by hand from five published texts, so they are the key of those texts too), and the figures
of published PDFs read from the printed page (`tests/documents/golden`, where it is said how).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import typeset

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "corpus"
GOLDEN = PROJECT / "tests" / "documents" / "golden"

WORDS: dict[str, tuple[str, ...]] = {
    "fct_income": ("level", "fund", "income_source", "function_code"),
    "fct_expenditure_function": ("level", "fund", "component", "function_code"),
    "fct_expenditure_economic": (
        "level",
        "fund",
        "component",
        "department_economic_code",
        "government_economic_code",
    ),
    "fct_three_public": ("item", "basis", "fund"),
    "fct_procurement": ("level", "fund"),
    "fct_project_amount": ("level", "fund", "measure"),
}
"""The fact tables, and the words of the contract that place a figure in them."""


FORM_KINDS = frozenset(
    {
        "performance_target",
        "overall_performance_target",
        "self_evaluation",
        "self_evaluation_summary",
        "purchased_services",
        "asset_allocation",
        "transfers",
    }
)
"""Table kinds that a key may leave out as a whole: no figure of them is then called wrong."""


@dataclass(frozen=True)
class Answer:
    """One golden figure: its fact table and kind, its words (in the order of `WORDS`), its yuan.

    ``page`` is None where the document has no pages, a word where the key does not say it: forms
    print money for which the contract has no word.
    """

    fact: str
    table_kind: str
    page: int | None
    words: tuple[str | None, ...]
    amount_yuan: Decimal


@dataclass(frozen=True)
class AnswerKey:
    """The golden figures of a document.

    ``whole`` if they are all figures of its tables: then any other fact is a wrong one.
    """

    document: str
    sha256: str
    whole: bool
    answers: tuple[Answer, ...]


def load_keys() -> dict[str, AnswerKey]:
    """All answer keys by the hash of the document's content."""
    keys = [*_sample_keys(), *_text_keys(), *_page_keys()]
    return {key.sha256: key for key in keys}


def _sample_keys() -> Iterator[AnswerKey]:
    for slug in typeset.list_slugs():
        path = CORPUS / f"{slug}.pdf"
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            yield AnswerKey(slug, content, whole=True, answers=_typeset_answers(slug, pages=True))


def _text_keys() -> Iterator[AnswerKey]:
    for row in _rows(GOLDEN / "documents.csv"):
        if row.get("figures"):
            answers = _typeset_answers(row["figures"], pages=False)
            yield AnswerKey(row["document"], row["sha256"], whole=True, answers=answers)


def _page_keys() -> Iterator[AnswerKey]:
    for row in _rows(GOLDEN / "documents.csv"):
        whole = GOLDEN / "whole" / f"{row['document']}.csv"
        some = GOLDEN / f"{row['document']}.csv"
        path = whole if whole.is_file() else some
        if not row.get("figures") and path.is_file():
            answers = tuple(_read_answer(figure) for figure in _rows(path))
            yield AnswerKey(row["document"], row["sha256"], path is whole, answers)


def _typeset_answers(slug: str, pages: bool) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            fact=f"fct_{one.fact}",
            table_kind=one.table_kind,
            page=one.page_number if pages else None,
            words=tuple(getattr(one, word) or "" for word in WORDS[f"fct_{one.fact}"]),
            amount_yuan=one.amount_yuan,
        )
        for one in typeset.golden(typeset.load_disclosure(slug))
        if f"fct_{one.fact}" in WORDS
    )


def _read_answer(row: dict[str, str]) -> Answer:
    silent = row["fact"] == "fct_project_amount" and not row.get("measure")
    return Answer(
        fact=row["fact"],
        table_kind=row["table_kind"],
        page=int(row["page_number"]),
        words=tuple(
            None if silent and word != "level" else row.get(word, "") for word in WORDS[row["fact"]]
        ),
        amount_yuan=Decimal(row["amount_yuan"]).quantize(Decimal("0.01")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

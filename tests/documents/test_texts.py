"""Every figure of the five texts, against figures that were read from them by eye.

The figures that the project typesets its samples from were taken from these texts by hand and
checked by their sums; here they are the answer key of the reader of text.
"""

from __future__ import annotations

import duckdb
import pytest

import typeset
from accuracy.answers import FORM_KINDS
from tests.documents.conftest import document_id
from tests.golden_facts import FACTS, golden_facts, published_facts

TEXTS = {
    "qingdao-2023-budget": "qingdao-data-bureau-2023-budget",
    "qingdao-2024-final-unit": "qingdao-data-bureau-2024-final-unit",
    "qingshan-2023-budget": "qingshan-data-center-2023-budget",
    "weifang-2023-budget": "weifang-data-bureau-2023-budget",
    "yantai-2023-final": "yantai-data-bureau-2023-final",
}


@pytest.mark.shared
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("fact", FACTS)
def test_every_figure_of_a_text_is_a_fact(
    published: duckdb.DuckDBPyConnection, text: str, fact: str
) -> None:
    golden = typeset.golden(typeset.load_disclosure(TEXTS[text]))
    rows = published.execute(FACTS[fact].query, [document_id(text)]).fetchall()
    wanted = _without_print(golden_facts(golden, fact))
    assert _without_print(published_facts(rows)) == wanted


def _without_print(facts: dict[tuple[object, ...], int]) -> dict[tuple[object, ...], int]:
    """Leave out page and printed text: a text has no pages, and its print has stray spaces."""
    counted: dict[tuple[object, ...], int] = {}
    for (kind, _, _, *rest), count in facts.items():
        if kind in FORM_KINDS:  # they have golden figures of their own
            continue
        key = (kind, *rest)
        counted[key] = counted.get(key, 0) + count
    return counted

"""Indicators and money of forms, and sentences, read by eye, beside what is published."""

import duckdb
import pytest

from accuracy.answers import load_keys
from accuracy.comparison import Score
from accuracy.said import INDICATORS, MONEY, NARRATIVE, compare_said, load_said_keys

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def scores(published: duckdb.DuckDBPyConnection) -> list[Score]:
    """Return the scores of every document with such a key."""
    keys = load_keys()
    names = {sha256: key.document for sha256, key in keys.items()}
    return compare_said(published, load_said_keys(keys.values()), names)


def test_all_keys_are_compared(scores: list[Score]) -> None:
    golden = {
        kind: sum(one.golden for one in scores if one.table_kind == kind)
        for kind in (INDICATORS, MONEY, NARRATIVE)
    }
    assert golden[INDICATORS] >= 200 and golden[MONEY] >= 60 and golden[NARRATIVE] >= 400


def test_money_of_forms_is_all_right(scores: list[Score]) -> None:
    assert [one for one in scores if one.table_kind == MONEY and (one.missed or one.wrong)] == []


def test_indicators_with_rulings_are_all_right(scores: list[Score]) -> None:
    ruled = [
        one
        for one in scores
        if one.table_kind == INDICATORS and any(answer.page for answer in one.missed + one.wrong)
    ]
    assert ruled == []


def test_indicators_of_recognised_text_do_not_get_worse(scores: list[Score]) -> None:
    (noisy,) = (
        one
        for one in scores
        if one.table_kind == INDICATORS and any(not answer.page for answer in one.missed)
    )
    assert noisy.right >= 56
    assert len(noisy.wrong) <= 14


def test_no_sentence_is_wrong_and_nearly_none_missed(scores: list[Score]) -> None:
    narrative = [one for one in scores if one.table_kind == NARRATIVE]
    assert [one.wrong for one in narrative if one.wrong] == []
    assert sum(len(one.missed) for one in narrative) <= 3

"""Answer keys, shares, and the rows of the vocabulary that a document uses."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from accuracy.answers import WORDS, load_keys
from accuracy.leaving_out import ListeningVocabulary, drop_rows
from accuracy.report import share
from extract.vocabulary import load_vocabulary


def listening() -> ListeningVocabulary:
    vocabulary = load_vocabulary()
    return ListeningVocabulary(
        **{one.name: getattr(vocabulary, one.name) for one in fields(vocabulary)}
    )


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 1, "100.00 %"), (99999, 100000, "99.99 %"), (0, 0, "0.00 %")]
)
def test_a_share_is_never_rounded_up(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_keys_hold_figures_of_every_fact() -> None:
    answers = [answer for key in load_keys().values() for answer in key.answers]
    assert {answer.fact for answer in answers} == set(WORDS)
    assert all(len(answer.words) == len(WORDS[answer.fact]) for answer in answers)


def test_a_vocabulary_notes_the_rows_that_it_used() -> None:
    vocabulary = listening()
    assert vocabulary.table_kind("收入支出总表") == "summary"
    assert vocabulary.header("expenditure", ("没有这样的列",)) is None
    word = vocabulary.header("expenditure", ("基本支出",))
    assert word is not None
    files = sorted(name for name, _ in vocabulary.used)
    assert files == ["header_word.csv", "table_title.csv"]
    with Path("seeds/vocabulary/header_word.csv").open(encoding="utf-8") as lines:
        records = list(csv.DictReader(lines))
    ((_, number),) = [row for row in vocabulary.used if row[0] == "header_word.csv"]
    assert records[number]["path"] == word.pattern.pattern


def test_rows_are_dropped_by_number(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text('word,comment\na,\n"b,c",x\nd,\n', encoding="utf-8")
    drop_rows(path, {0, 2})
    assert path.read_text(encoding="utf-8") == 'word,comment\n"b,c",x\n'

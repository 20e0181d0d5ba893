"""Golden indicators and money of performance forms, and golden figures of sentences.

They were read by eye (`tests/documents/golden_forms`, `golden_sentences` and
`golden_project_sentences`). Of sentences a key holds all of a document; of forms all of those
that it names: then any other fact there is a wrong one.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb

from accuracy.answers import GOLDEN, Answer, AnswerKey
from accuracy.comparison import Score, without_unsaid
from extract.text import squeeze

FORMS = GOLDEN.parent / "golden_forms"
SENTENCES = GOLDEN.parent / "golden_sentences"
PROJECT_SENTENCES = GOLDEN.parent / "golden_project_sentences"

INDICATORS = "indicators of forms"
MONEY = "money of forms"
NARRATIVE = "narrative"

SAID_WORDS: dict[str, tuple[str, ...]] = {
    INDICATORS: (
        "project_name",
        "level_1",
        "level_2",
        "level_3",
        "target_operator",
        "target_value",
        "target_unit",
        "weight",
    ),
    MONEY: ("project_name", "fund"),
    NARRATIVE: ("topic", "measure", "item", "basis_year", "unit"),
}
"""What is scored here, and the words that place a figure in it.

The figure of an answer (``amount_yuan``) is yuan for money of forms, the printed value for a
sentence, and nothing for an indicator, whose target is among its words. For a sentence on one
project ``topic`` is `single_project` and ``item`` its name.
"""

_INDICATORS = """
    select
        coalesce(form.project_name, ''), coalesce(fact.level_1, ''), coalesce(fact.level_2, ''),
        coalesce(fact.level_3, ''), coalesce(fact.target_operator, ''), fact.target_value,
        coalesce(fact.target_unit, ''), fact.weight, fact.page_number
    from core.fct_performance_indicator as fact
    inner join raw.indicator as indicator using (indicator_id)
    inner join raw.form as form on indicator.form_id = form.form_id
    where fact.document_id = ?
"""
_MONEY = """
    select coalesce(form.project_name, ''), fact.fund, fact.amount_yuan, fact.page_number
    from core.fct_project_amount as fact
    inner join raw.cell as cell using (cell_id)
    inner join raw.form as form on cell.form_id = form.form_id
    where fact.document_id = ? and fact.level = 'line' and fact.measure = 'budget'
"""
_STATED = """
    select topic, measure, coalesce(item, ''), basis_year, unit, value, page_number
    from core.fct_stated_figure where document_id = ?
"""
_STATED_OF_PROJECTS = """
    select project_name, measure, unit, value
    from raw.statement where document_id = ? and project_name is not null
"""


def load_said_keys(hashes: Iterable[AnswerKey]) -> dict[str, tuple[Answer, ...]]:
    """Golden indicators, money of forms and sentences, by the hash of the document's content.

    ``hashes`` are the other keys: they say which content a document of that name is.
    """
    found: dict[str, tuple[Answer, ...]] = {}
    for key in hashes:
        answers = tuple(_read_answers(key.document))
        if answers:
            found[key.sha256] = answers
    return found


def _read_answers(document: str) -> Iterator[Answer]:
    for row in _rows(FORMS / f"{document}-indicators.csv"):
        said = {name: _word(text) for name, text in row.items()}
        value, weight = said["target_value"], said["weight"]
        said["target_value"] = _plain(Decimal(value)) if value else value
        said["weight"] = _plain(Decimal(weight)) if weight else weight
        yield _answer(INDICATORS, row["page_number"], said, Decimal(0))
    for row in _rows(FORMS / f"{document}-money.csv"):
        said = {name: _word(text) for name, text in row.items()}
        yield _answer(MONEY, row["page_number"], said, Decimal(row["amount_yuan"]))
    for row in _rows(SENTENCES / f"{document}.csv"):
        yield _answer(NARRATIVE, row["page"], dict(row), _value(Decimal(row["value"])))
    for row in _rows(PROJECT_SENTENCES / f"{document}.csv"):
        said = {"topic": "single_project", "item": squeeze(row["project_name"]), "basis_year": None}
        printed = _value(Decimal(row["value"]))
        yield _answer(NARRATIVE, "", {**row, **said}, printed)


def compare_said(
    warehouse: duckdb.DuckDBPyConnection, keys: dict[str, tuple[Answer, ...]], names: dict[str, str]
) -> list[Score]:
    """Score the indicators, the money of forms and the sentences of every document with a key.

    ``names`` are the names of documents by their hash.
    """
    scores: list[Score] = []
    held = warehouse.execute("select sha256, document_id from core.dim_document").fetchall()
    for sha256, document_id in held:
        golden = Counter(keys.get(sha256, ()))
        if not golden:
            continue
        projects = {one.words[0] for one in golden if one.fact != NARRATIVE}
        topics = {one.words[0] == "single_project" for one in golden if one.fact == NARRATIVE}
        published = Counter(
            one
            for one in _published(warehouse, document_id)
            if (
                one.words[0] in projects
                if one.fact != NARRATIVE
                else one.words[0] == "single_project"
            )
            or (one.fact == NARRATIVE and False in topics)
        )
        missed, wrong = without_unsaid(golden - published, published - golden)
        wrong = _without_refused(missed, wrong)
        for kind in sorted({one.fact for one in golden}):
            wanted = sum(count for one, count in golden.items() if one.fact == kind)
            lost = tuple(one for one in missed.elements() if one.fact == kind)
            scores.append(
                Score(
                    document=names[sha256],
                    table_kind=kind,
                    golden=wanted,
                    right=wanted - len(lost),
                    missed=lost,
                    wrong=tuple(one for one in wrong.elements() if one.fact == kind),
                    quarantined=0,
                )
            )
    return sorted(scores, key=lambda score: (score.document, score.table_kind))


def _published(warehouse: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Answer]:
    for *said, value, unit, weight, page in warehouse.execute(
        _INDICATORS, [document_id]
    ).fetchall():
        parts = (*(squeeze(word) for word in said), _plain(value), squeeze(unit), _plain(weight))
        yield Answer(INDICATORS, INDICATORS, page, parts, Decimal(0))
    for name, fund, amount, page in warehouse.execute(_MONEY, [document_id]).fetchall():
        yield Answer(MONEY, MONEY, page, (squeeze(name), fund), amount)
    for *said, year, unit, value, page in warehouse.execute(_STATED, [document_id]).fetchall():
        words = (*said, str(year or ""), unit)
        yield Answer(NARRATIVE, NARRATIVE, page, words, _value(value))
    for name, measure, unit, value in warehouse.execute(
        _STATED_OF_PROJECTS, [document_id]
    ).fetchall():
        words = ("single_project", measure, squeeze(name), "", unit)
        yield Answer(NARRATIVE, NARRATIVE, None, words, _value(value))


def _without_refused(missed: Counter[Answer], wrong: Counter[Answer]) -> Counter[Answer]:
    """Facts that are no more than silent about the class of an indicator are missed, not wrong."""
    left, open_answers = wrong.copy(), missed.copy()
    for fact in [one for one in wrong.elements() if one.fact == INDICATORS]:
        for answer in open_answers:
            same = all(
                ours is None or ours == theirs or (name in ("level_1", "level_2") and not theirs)
                for name, ours, theirs in zip(
                    SAID_WORDS[INDICATORS], answer.words, fact.words, strict=True
                )
            )
            if same and open_answers[answer]:
                open_answers[answer] -= 1
                left[fact] -= 1
                break
    return +left


def _answer(kind: str, page: str, said: dict[str, str | None], amount: Decimal) -> Answer:
    words = tuple(said.get(word, "") for word in SAID_WORDS[kind])
    return Answer(kind, kind, int(page) if page else None, words, amount)


def _word(text: str) -> str | None:
    """A word of a key in the form of a fact; None where the key leaves it unsaid."""
    return None if text == "?" else squeeze(text)


def _plain(number: Decimal | None) -> str:
    """A number without closing zeros; '' for none.

    >>> _plain(Decimal("120.500")), _plain(Decimal("100")), _plain(None)
    ('120.5', '100', '')
    """
    return "" if number is None else f"{number.normalize():f}"


def _value(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

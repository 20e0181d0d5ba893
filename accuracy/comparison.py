"""A warehouse beside the answer keys: right, missed and wrong figures per document and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb

from accuracy.answers import FORM_KINDS, WORDS, Answer, AnswerKey


@dataclass(frozen=True)
class Score:
    """The figures of one table kind of one document.

    ``missed`` are golden figures that are no fact, ``wrong`` facts that no golden figure bears
    out (only counted where the key is whole), ``quarantined`` the printed figures of that kind
    that were kept back with a reason.
    """

    document: str
    table_kind: str
    golden: int
    right: int
    missed: tuple[Answer, ...]
    wrong: tuple[Answer, ...]
    quarantined: int


def compare(warehouse: duckdb.DuckDBPyConnection, keys: dict[str, AnswerKey]) -> list[Score]:
    """Score every document of the warehouse that has an answer key, by table kind."""
    held = warehouse.execute("select sha256, document_id from core.dim_document").fetchall()
    scores: list[Score] = []
    for sha256, document_id in held:
        if sha256 in keys:
            scores.extend(_score(warehouse, document_id, keys[sha256]))
    return sorted(scores, key=lambda score: (score.document, score.table_kind))


def _score(
    warehouse: duckdb.DuckDBPyConnection, document_id: str, key: AnswerKey
) -> Iterable[Score]:
    paged = any(answer.page is not None for answer in key.answers)
    published = Counter(_published(warehouse, document_id, paged))
    golden = Counter(key.answers)
    quarantined = _quarantined(warehouse, document_id)
    missed, extra = without_unsaid(golden - published, published - golden)
    if not key.whole:
        extra = Counter()
    left_out = FORM_KINDS - {answer.table_kind for answer in golden}
    extra = Counter({one: n for one, n in extra.items() if one.table_kind not in left_out})
    for kind in sorted({answer.table_kind for answer in (*golden, *extra)}):
        wanted = sum(count for answer, count in golden.items() if answer.table_kind == kind)
        lost = tuple(answer for answer in missed.elements() if answer.table_kind == kind)
        yield Score(
            document=key.document,
            table_kind=kind,
            golden=wanted,
            right=wanted - len(lost),
            missed=lost,
            wrong=tuple(answer for answer in extra.elements() if answer.table_kind == kind),
            quarantined=quarantined.get(kind, 0),
        )


def without_unsaid(
    missed: Counter[Answer], extra: Counter[Answer]
) -> tuple[Counter[Answer], Counter[Answer]]:
    """Take off the answers that leave a word unsaid, each with a fact that fits the others."""
    missed, extra = missed.copy(), extra.copy()
    for answer in [one for one in missed.elements() if None in one.words]:
        found = next((fact for fact in extra if extra[fact] and _fits(fact, answer)), None)
        if found is not None:
            missed[answer] -= 1
            extra[found] -= 1
    return +missed, +extra


def _fits(fact: Answer, answer: Answer) -> bool:
    said = all(
        word is None or word == own for word, own in zip(answer.words, fact.words, strict=True)
    )
    return said and replace(fact, words=()) == replace(answer, words=())


def _published(
    warehouse: duckdb.DuckDBPyConnection, document_id: str, paged: bool
) -> Iterable[Answer]:
    for fact, words in WORDS.items():
        columns = ", ".join(f"coalesce({word}, '')" for word in words)
        rows = warehouse.execute(
            f"select table_kind, page_number, amount_yuan, {columns}"
            f" from core.{fact} where document_id = ?",
            [document_id],
        ).fetchall()
        for kind, page, amount, *said in rows:
            yield Answer(fact, kind, page if paged else None, tuple(said), amount)


def _quarantined(warehouse: duckdb.DuckDBPyConnection, document_id: str) -> dict[str, int]:
    return dict(
        warehouse.execute(
            "select table_kind, count(*) from audit.quarantine"
            " where document_id = ? and cell_id is not null group by table_kind",
            [document_id],
        ).fetchall()
    )

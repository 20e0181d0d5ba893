"""Scores as tables and lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from accuracy.answers import WORDS, Answer
from accuracy.comparison import Score
from accuracy.leaving_out import Worth
from accuracy.said import SAID_WORDS


def score_table(scores: Sequence[Score]) -> Table:
    """One row per document and table kind, and the sum below."""
    table = Table(title="figures beside the golden figures")
    table.add_column("document", overflow="fold")
    table.add_column("table kind", overflow="fold")
    for heading in ("golden", "right", "missed", "wrong", "quarantined"):
        table.add_column(heading, justify="right")
    document = ""
    for score in scores:
        name = score.document if score.document != document else ""
        document = score.document
        table.add_row(name, score.table_kind, *(str(number) for number in _numbers(score)))
    table.add_section()
    sums = [sum(column) for column in zip(*(_numbers(score) for score in scores), strict=True)]
    table.add_row("all", f"{share(sums[1], sums[0])} right", *(str(number) for number in sums))
    return table


def _numbers(score: Score) -> tuple[int, int, int, int, int]:
    return score.golden, score.right, len(score.missed), len(score.wrong), score.quarantined


def share(part: int, whole: int) -> str:
    """A part in per cent, rounded down, so that 100 % is all.

    >>> share(9999, 10000)
    '99.99 %'
    """
    hundredths = part * 10000 // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def list_faults(scores: Sequence[Score]) -> Iterator[str]:
    """A line for every figure that is missed, and for every one that is wrong."""
    for score in scores:
        for word, answers in (("missed", score.missed), ("wrong", score.wrong)):
            for answer in answers:
                yield f"{word}: {score.document}, {describe_answer(answer)}"


def describe_answer(answer: Answer) -> str:
    """Where a golden figure stands, and its yuan."""
    said = ", ".join(
        f"{word} {value}"
        for word, value in zip({**WORDS, **SAID_WORDS}[answer.fact], answer.words, strict=True)
        if value
    )
    page = f" page {answer.page}" if answer.page else ""
    value = (
        f": {answer.amount_yuan:,} yuan"
        if answer.fact in WORDS
        else f": {answer.amount_yuan.normalize():f}"
    )
    return f"{answer.table_kind}{page} ({answer.fact}): {said}{value}"


def worth_table(worths: Sequence[Worth]) -> Table:
    """One row per document that was read without its own rows."""
    table = Table("document", title="without the rows that no other document uses")
    for heading in ("rows", "golden", "right before", "right", "missed", "wrong", "share right"):
        table.add_column(heading, justify="right")
    for worth in worths:
        golden = sum(score.golden for score in worth.without)
        right = sum(score.right for score in worth.without)
        table.add_row(
            worth.document,
            str(len(worth.rows)),
            str(golden),
            str(sum(score.right for score in worth.with_all)),
            str(right),
            str(sum(len(score.missed) for score in worth.without)),
            str(sum(len(score.wrong) for score in worth.without)),
            share(right, golden),
        )
    return table

"""The two grades of an expectation, and how an expectation gets one."""

from enum import StrEnum
from typing import Any

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.wording import GRADES, chinese

Expectation = gxe.Expectation


class Grade(StrEnum):
    """What follows when an expectation does not hold."""

    MUST = "must"
    """A promise of our own: nothing is published."""
    WORTH_KNOWING = "worth_knowing"
    """Something about the documents: it is reported, and the build goes on."""


def must(name: str, says: str, kind: type[Expectation], **arguments: Any) -> Expectation:
    """Make an expectation that blocks publication; ``says`` is what holds, in one sentence.

    Its Chinese is found by ``name`` (`expectations.wording`); KeyError when there is none.
    """
    return _graded(Grade.MUST, name, says, kind, arguments)


def worth_knowing(name: str, says: str, kind: type[Expectation], **arguments: Any) -> Expectation:
    """Make an expectation that is only reported; ``says`` is what holds, in one sentence.

    Its Chinese is found by ``name`` (`expectations.wording`); KeyError when there is none.
    """
    return _graded(Grade.WORTH_KNOWING, name, says, kind, arguments)


def _graded(
    grade: Grade, name: str, says: str, kind: type[Expectation], arguments: dict[str, Any]
) -> Expectation:
    query = arguments.get("unexpected_rows_query")
    if query is not None:
        # {batch} becomes a subquery with a name of its own; ours reads better in the query.
        arguments["unexpected_rows_query"] = query.replace("{batch}", "(select * from {batch})")
    in_chinese = chinese(name)
    severity = FailureSeverity.CRITICAL if grade is Grade.MUST else FailureSeverity.WARNING
    return kind(
        description=f"{in_chinese}。{says}. [{GRADES[grade]}: {name}]",
        severity=severity,
        meta={"grade": grade.value, "name": name, "says": says, "chinese": in_chinese},
        **arguments,
    )

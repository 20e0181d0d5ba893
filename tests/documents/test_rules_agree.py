"""The reader and the warehouse evaluate the same rules: on real documents they say the same."""

import duckdb
import pytest

from tests.rules_agreement import differing_checks

pytestmark = pytest.mark.shared


def test_both_evaluators_say_the_same_of_every_rule(published: duckdb.DuckDBPyConnection) -> None:
    differences, statuses = differing_checks(published)
    assert differences == []
    assert all(statuses[status] for status in ("holds", "rounding", "broken", "not_applicable"))

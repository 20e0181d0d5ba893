"""What becomes of a planted misprint: one finding that names it, none, several, or a false one."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import duckdb
import pytest

from accuracy.copies import Copy
from accuracy.plant import Found, Outcome, Planted, describe_outcome, draw_planted
from gongkai.candidate import create_raw_tables

PLANTED = Planted("income", "d", 3, "d:t1:r2:c3", "5.00", "50.0", Copy(("d",), "cell", (), ()))


def found(*places: str) -> Found:
    return Found("source_contradiction", "1", "2", frozenset(places), frozenset({"sum"}))


@pytest.mark.parametrize(
    ("outcome", "lines"),
    [
        (Outcome("a.pdf", PLANTED, (found("t1:r2:c3"),), ()), []),
        (Outcome("a.pdf", PLANTED, (), ()), ["not found"]),
        (Outcome("a.pdf", PLANTED, (found("t1:r2:c3"),) * 2, ()), ["2 findings", "", ""]),
        (Outcome("a.pdf", PLANTED, (found("t1:r2:c3"),), (found("t9"),)), ["false", ""]),
    ],
)
def test_only_what_is_not_one_finding_is_described(outcome: Outcome, lines: list[str]) -> None:
    said = list(describe_outcome(outcome))
    assert [line.partition(":")[0] if not line.startswith(" ") else "" for line in said] == lines


@pytest.fixture
def landed() -> duckdb.DuckDBPyConnection:
    """A candidate with two decreases that a sentence states, one of which is blamed already."""
    connection = duckdb.connect()
    create_raw_tables(connection)
    connection.execute("create schema staging")
    connection.execute("create schema seeds")
    connection.execute("create table seeds.table_kind (table_kind varchar, facts boolean)")
    connection.execute(
        "create table staging.int_findings_united as"
        " select cast([] as varchar[]) as left_cell_ids, cast([] as varchar[]) as right_cell_ids,"
        " ['d:l9'] as left_line_ids, cast([] as varchar[]) as right_line_ids"
    )
    connection.execute(
        "create table staging.int_documents_identified as"
        " select unnest(['d', 'e']) as document_id, 's' as disclosure_id"
    )
    connection.execute(
        "insert into raw.statement by name select 'd:s' || number as statement_id,"
        " 'd' as document_id, 'd:l' || number as line_id, 'change' as measure,"
        " '1,234.50' as printed, -1234.5 as value, '万元' as unit, 'text' as stated_text"
        " from (select unnest([8, 9]) as number)"
    )
    return connection


def test_a_decrease_stays_one_and_what_is_blamed_is_left_alone(
    landed: duckdb.DuckDBPyConnection,
) -> None:
    (planted,) = draw_planted(landed, 5, Random(1))
    assert (planted.place, planted.figure_id) == ("sentence: change", "d:l8")
    assert planted.copy.document_ids == ("d", "e")
    (row,) = planted.copy.rows
    assert isinstance(row["value"], Decimal)
    assert row["value"] < 0 and -row["value"] == Decimal(str(row["printed"])) != Decimal("1234.5")

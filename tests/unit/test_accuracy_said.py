"""Keys of forms and sentences, and what counts as missed or wrong of them."""

from decimal import Decimal

import duckdb
import pytest

from accuracy.answers import Answer, load_keys
from accuracy.report import describe_answer
from accuracy.said import (
    INDICATORS,
    MONEY,
    NARRATIVE,
    SAID_WORDS,
    compare_said,
    load_said_keys,
)

CLASSES = ("成本指标", "经济成本指标")
GOLDEN = Answer(
    INDICATORS, INDICATORS, None, ("修复", *CLASSES, "总成本", "<=", "2.5", None, ""), Decimal(0)
)
STATED = Answer(
    NARRATIVE, NARRATIVE, None, ("single_project", "score", "修复", "", "分"), Decimal(90)
)


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    """Return a warehouse of one document with one form, and one sentence on its project."""
    connection = duckdb.connect()
    connection.execute(
        """
        create schema core;
        create schema raw;
        create table core.dim_document as select 'h' as sha256, 'd' as document_id;
        create table raw.form as select 'f' as form_id, '修 复' as project_name;
        create table raw.indicator as select 'i' as indicator_id, 'f' as form_id;
        create table core.fct_performance_indicator as select
            'i' as indicator_id, 'd' as document_id, '成本指标' as level_1,
            '经济成本指标' as level_2, '总成本' as level_3, '<=' as target_operator,
            2.500000 as target_value, '万元' as target_unit, null::decimal(9, 2) as weight,
            null::integer as page_number;
        create table raw.cell as select 'c' as cell_id, 'f' as form_id;
        create table core.fct_project_amount as select
            'c' as cell_id, 'd' as document_id, 'line' as level, 'budget' as measure,
            'all' as fund, 25000.00 as amount_yuan, null::integer as page_number;
        create table core.fct_stated_figure (
            document_id varchar, topic varchar, measure varchar, item varchar, basis_year integer,
            unit varchar, value decimal(24, 6), page_number integer
        );
        create table raw.statement as select
            'd' as document_id, '修复' as project_name, 'score' as measure, '分' as unit,
            90.000000 as value;
        """
    )
    return connection


def faults(
    warehouse: duckdb.DuckDBPyConnection, *answers: Answer
) -> dict[str, tuple[int, int, int]]:
    """Right, missed and wrong by kind."""
    scores = compare_said(warehouse, {"h": answers}, {"h": "sample"})
    return {one.table_kind: (one.right, len(one.missed), len(one.wrong)) for one in scores}


def test_what_is_printed_and_stated_is_right(warehouse: duckdb.DuckDBPyConnection) -> None:
    money = Answer(MONEY, MONEY, None, ("修复", "all"), Decimal(25000))
    assert faults(warehouse, GOLDEN, STATED, money) == {
        INDICATORS: (1, 0, 0),
        MONEY: (1, 0, 0),
        NARRATIVE: (1, 0, 0),
    }


@pytest.mark.parametrize(
    ("change", "score"),
    [
        ("core.fct_performance_indicator set target_value = 3", (0, 1, 1)),
        ("core.fct_performance_indicator set level_1 = '产出指标'", (0, 1, 1)),
        ("core.fct_performance_indicator set level_1 = null, level_2 = null", (0, 1, 0)),
        ("raw.form set project_name = '查阅'", (0, 1, 0)),
    ],
)
def test_another_word_is_wrong_and_a_refused_class_is_only_missed(
    warehouse: duckdb.DuckDBPyConnection, change: str, score: tuple[int, int, int]
) -> None:
    warehouse.execute(f"update {change}")
    assert faults(warehouse, GOLDEN)[INDICATORS] == score


def test_money_and_sentences_that_no_key_bears_out_are_wrong(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute("update core.fct_project_amount set fund = 'fiscal'")
    warehouse.execute("update raw.statement set value = 91")
    money = Answer(MONEY, MONEY, None, ("修复", "all"), Decimal(25000))
    assert faults(warehouse, money, STATED) == {MONEY: (0, 1, 1), NARRATIVE: (0, 1, 1)}


def test_every_key_of_forms_and_sentences_has_its_words() -> None:
    keys = load_said_keys(load_keys().values())
    answers = [answer for said in keys.values() for answer in said]
    assert {one.fact for one in answers} == set(SAID_WORDS)
    assert all(len(one.words) == len(SAID_WORDS[one.fact]) for one in answers)
    assert sum(one.fact == INDICATORS for one in answers) >= 200
    assert "总成本" in describe_answer(GOLDEN)

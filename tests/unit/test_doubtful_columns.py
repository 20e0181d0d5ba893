"""Columns that are not what they seem: other years, other units, two that mean the same."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extract.columns import Column, conflicting_columns
from extract.identity import Identity
from extract.units import settle_units
from extract.vocabulary import Meaning, load_vocabulary
from tests.unit.printed_tables import (
    Printed,
    draw_grid,
    draw_page,
    draw_table,
    figures_of_table,
    find_tables,
    pick,
)

BUDGET = Identity(fiscal_year=2031, document_kind="budget")
FINAL = Identity(fiscal_year=2031, document_kind="final_account")
THREE_PUBLIC = "2031年“三公”经费表"
CODED: list[Printed] = ["科目编码", "科目名称"]
CLASS: list[Printed] = ["2010301", "行政运行"]


@pytest.mark.parametrize("header", ["上年预算数", "2030年预算数", "上年度预算数"])
def test_the_year_before_is_not_the_budget_of_the_year(header: str) -> None:
    found = figures_of_table(
        draw_table(THREE_PUBLIC, ["项目", header, "本年预算数"], ["公务接待费", "1.01", "2.02"]),
        BUDGET,
    )
    words = ("row_item", "column_basis", "quarantine_reason")
    assert pick(found["1.01"], *words) == ("reception", "prior_year_budget", None)
    assert pick(found["2.02"], *words) == ("reception", "budget", None)


@pytest.mark.parametrize("header", ["2030年", "2030年金额"])
def test_a_year_that_says_neither_budget_nor_final_is_not_published(header: str) -> None:
    found = figures_of_table(
        draw_table(THREE_PUBLIC, ["项目", header, "本年预算数"], ["公务接待费", "1.01", "2.02"]),
        BUDGET,
    )
    assert found["1.01"]["quarantine_reason"] == "column_unknown"


def test_one_column_of_the_year_before_beside_columns_without_a_year() -> None:
    found = figures_of_table(
        draw_table(
            "2031年支出预算表",
            [*CODED, "2030年决算数", "合计", "基本支出"],
            [*CLASS, "1.01", "2.02", "3.03"],
        ),
        BUDGET,
    )
    assert str(found["1.01"]["column_basis"]).startswith("prior_year_")
    assert pick(found["2.02"], "column_basis", "column_component") == ("budget", "total")


def test_a_year_that_all_columns_share_says_nothing() -> None:
    found = figures_of_table(
        draw_table("2031年支出预算表", [*CODED, "2030年预算数"], [*CLASS, "1.01"]), BUDGET
    )
    assert found["1.01"]["column_basis"] == "budget"


def test_money_carried_over_is_not_of_the_year_before() -> None:
    found = figures_of_table(
        draw_table("2031年收入预算表", [*CODED, "合计", "上年结转"], [*CLASS, "2.02", "1.01"]),
        BUDGET,
    )
    assert pick(found["1.01"], "column_source", "column_basis") == ("carryover_in", "budget")


def test_each_column_has_the_unit_that_it_prints() -> None:
    page = draw_page(
        "2031年政府采购预算表",
        "单位：万元",
        draw_grid(
            ["采购品目", "采购金额", "其中：面向中小企业（元）"],
            ["[A05010201]办公桌", "0.15", "1500.00"],
        ),
    )
    found = figures_of_table(find_tables(page)[0], BUDGET)
    assert pick(found["0.15"], "unit", "value") == ("wan_yuan", Decimal("0.15"))
    assert pick(found["1500.00"], "unit", "value") == ("yuan", Decimal("1500.00"))


def test_two_units_in_columns_are_no_unit_of_the_table() -> None:
    tables = find_tables(
        draw_page(
            "2031年支出预算表",
            draw_grid(
                [*CODED, "合计（万元）", "基本支出（元）", "项目支出"],
                [*CLASS, "2.02", "10100.00", "1.01"],
            ),
        ),
        draw_page(
            "2031年收入预算表", draw_grid([*CODED, "合计（元）", "事业收入"], [*CLASS, "5", "6"])
        ),
    )
    assert settle_units(tables, [], load_vocabulary()) == [("", ""), ("yuan", "元")]


def test_columns_that_mean_the_same_and_differ_are_in_doubt() -> None:
    found = figures_of_table(
        draw_table(
            "2031年政府性基金预算支出决算表",
            [*CODED, "年初结转和结余", "本年收入", ("本年支出", 3), "年末结转和结余"],
            [*CLASS, "1.01", "2.02", "3.03", "1.51", "1.52", "0.04"],
        ),
        FINAL,
    )
    doubted = {text for text, record in found.items() if record["quarantine_reason"]}
    assert doubted == {"3.03", "1.51", "1.52"}


def test_columns_that_agree_or_have_words_of_last_resort_do_not_conflict() -> None:
    def column(number: int, component: str, block: int = 0) -> Column:
        return Column(number, ("x",), "amount", Meaning(component=component), block=block)

    total, again, other = column(2, "total"), column(3, "total"), column(4, "total", block=1)
    assert conflicting_columns([[(total, "1"), (again, "1"), (other, "2")]]) == frozenset()
    assert conflicting_columns([[(total, "1")], [(total, "1"), (again, "2")]]) == {(0, 2), (0, 3)}
    rest = [column(5, "other_printed"), column(6, "other_printed")]
    assert conflicting_columns([[(rest[0], "1"), (rest[1], "2")]]) == frozenset()


def test_another_column_of_items_is_never_the_total() -> None:
    found = figures_of_table(
        draw_table(
            THREE_PUBLIC,
            ["合计", "因公出国（境）费", "公务接待费", "另列费用"],
            ["1.01", "0.51", "0.42", "0.08"],
        ),
        BUDGET,
    )
    assert {text: record["column_item"] for text, record in found.items()} == {
        "1.01": "total", "0.51": "overseas_travel", "0.42": "reception", "0.08": "other_printed",
    }  # fmt: skip


def test_a_column_of_years_is_no_code() -> None:
    found = figures_of_table(
        draw_table(
            "2031年项目支出表",
            ["项目名称", "起始年", "合计"],
            ["平台运维", "2029", "200.00"],
            ["平台扩建", "2030", "100.00"],
        ),
        BUDGET,
    )
    assert pick(found["200.00"], "row_kind", "unit_code") == ("line", None)


def test_a_lone_column_beside_classes_is_the_whole_income() -> None:
    found = figures_of_table(
        draw_table("2031年收入预算表", [*CODED, "金额"], [*CLASS, "2.02"]), BUDGET
    )
    assert found["2.02"]["column_source"] == "total"


@pytest.mark.parametrize(
    ("header", "measure"), [("合计", "executed"), ("预算数", None), ("决算金额合计", "executed")]
)
def test_a_project_of_a_final_account_was_executed(header: str, measure: str | None) -> None:
    rows: list[Sequence[Printed]] = [["项目名称", header], ["平台运维", "2.02"]]
    found = figures_of_table(draw_table("2031年项目支出决算表", *rows), FINAL)
    assert found["2.02"]["column_measure"] == measure


def test_words_are_no_code_of_a_unit() -> None:
    found = figures_of_table(
        draw_table(
            "2031年收入预算表",
            ["单位编码", "单位名称", "合计", "事业收入"],
            ["121001", "某局", "1.01", "1.02"],
            ["合计", "", "2.01", "2.02"],
        ),
        BUDGET,
    )
    assert found["1.01"]["unit_code"] == "121001"
    assert pick(found["2.01"], "row_kind", "unit_code") == ("total", None)


def test_expenditure_below_income_in_one_block() -> None:
    found = figures_of_table(
        draw_table(
            "2031年收支预算总表",
            ["项目", "预算数"],
            ["财政拨款收入", "9.01"],
            ["收入总计", "9.02"],
            ["教育支出", "8.01"],
            ["其他另列", "1.03"],
            ["支出总计", "9.04"],
        ),
        BUDGET,
    )
    words = ("row_source", "function_code", "row_component", "column_source")
    assert pick(found["9.02"], *words) == ("total", None, None, None)
    assert pick(found["8.01"], *words) == (None, "205", None, None)
    assert pick(found["1.03"], *words) == (None, None, None, None)
    assert pick(found["9.04"], *words) == (None, None, "total", None)


def test_other_expenditure_of_an_economic_block_is_no_function() -> None:
    found = figures_of_table(
        draw_table(
            "2031年收支预算总表",
            [("收入", 2), ("支出", 4)],
            ["项目", "预算数", "按功能分类", "预算数", "按经济分类", "预算数"],
            ["财政拨款收入", "9.01", "其他支出", "8.01", "其他支出", "7.01"],
        ),
        BUDGET,
    )
    assert found["8.01"]["function_code"] == "229"
    assert found["7.01"]["function_code"] is None


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("固定物品明细表", ["编号", "物品", "数量", "原值", "净值"]),
        ("", ["资产编号", "资产名称", "数量", "原值", "净值"]),
    ],
)
def test_another_table_on_the_next_page_is_no_continuation(
    line: str, header: list[Printed]
) -> None:
    first = draw_grid([*CODED, "合计", "基本支出", "项目支出"], [*CLASS, "2.02", "1.01", "1.03"])
    second = draw_grid(header, ["2010301", "办公桌", "20.00", "15.00", "5.00"])
    tables = find_tables(
        draw_page("2031年支出预算表", first),
        draw_page(*([line] if line else []), second, number=2),
    )
    assert [table.sheet.kind for table in tables] == ["expenditure", "unknown"]


def test_a_header_that_the_page_broke_is_one_header() -> None:
    first = draw_grid([("收入", 2), ("支出", 2)])
    second = draw_grid(
        ["项目名称", "金额", "支出用途", "金额"], ["财政拨款收入", "2.02", "基本支出", "1.01"]
    )
    (table,) = find_tables(draw_page("2031年收支预算总表", first), draw_page(second, number=2))
    assert set(figures_of_table(table, BUDGET)) == {"2.02", "1.01"}


def test_a_figure_among_the_names_leaves_its_row_in_doubt() -> None:
    """A missing ruling puts a column of figures into the names: nothing of the row is certain."""
    found = figures_of_table(
        draw_table(
            "2031年支出预算表",
            [*CODED, "合计", "基本支出"],
            [CLASS[0], "行政运行 7.77", "1.01", "2.02"],
            ["2010302", "管理事务2.50万元", "3.03", "4.04"],
        ),
        BUDGET,
    )
    assert found["1.01"]["quarantine_reason"] == "ambiguous_column"
    assert found["3.03"]["quarantine_reason"] is None


def test_a_header_that_swallowed_a_figure_is_no_header() -> None:
    found = figures_of_table(
        draw_table(
            "2031年支出预算表", [*CODED, "合计 9,009.01", "基本支出"], [*CLASS, "1.01", "2.02"]
        ),
        BUDGET,
    )
    assert [found[text]["quarantine_reason"] for text in ("1.01", "2.02")] == ["column_unknown"] * 2


def test_the_rest_of_a_label_is_no_row_of_its_own() -> None:
    """Where nearly all labels are numbered, 拨款 by itself ends the label above."""
    found = figures_of_table(
        draw_table(
            "2031年收支预算总表",
            ["收入", "金额", "支出", "金额 "],
            ["一、财政拨款", "1.01", "一、教育支出", "1.11"],
            ["二、事业收入", "2.02", "二、科学技术支出", "2.12"],
            ["三、其他收入", "4.04", "三、其他支出", "3.13"],
            ["外币", "3.03", "", ""],
            ["本年收入合计", "6.06", "本年支出合计", "6.36"],
        ),
        BUDGET,
    )
    assert found["3.03"]["quarantine_reason"] == "row_unknown"
    others = ("1.01", "2.02", "4.04", "3.13", "6.06", "6.36")
    assert [found[text]["quarantine_reason"] for text in others] == [None] * 6

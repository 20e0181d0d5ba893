"""What rows mean: sources and components, totals of two kinds, parts, groups and units."""

from collections.abc import Sequence

import pytest

from extract.naming import class_code
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_table, figures_of_table, pick

SUMMARY = "2031年收支预算总表"
TWO_BLOCKS: list[Sequence[Printed]] = [
    [("收入", 2), ("支出", 2)],
    ["项目", "预算数", "项目", "预算数"],
]


def test_sources_of_a_summary() -> None:
    found = figures_of_table(
        draw_table(
            SUMMARY,
            *TWO_BLOCKS,
            ["一、一般公共预算拨款收入", "50.01", "一、教育支出", "60.01"],
            ["二、事业收入", "6.02", "二、债务付息支出", "3.02"],
            ["三、其他收入", "4.03", "", ""],
            ["四、另列收入", "3.04", "三、另列支出", "1.04"],
            ["本年收入合计", "63.05", "本年支出合计", "64.05"],
            ["上年结转", "3.06", "结转下年", "2.06"],
            ["收入总计", "66.07", "支出总计", "66.08"],
        )
    )
    words = ("row_kind", "row_source", "row_component", "function_code", "column_component")
    assert {printed: pick(record, *words) for printed, record in found.items()} == {
        "50.01": ("line", "general_public_budget", None, None, None),
        "6.02": ("line", "institutional", None, None, None),
        "4.03": ("line", "other", None, None, None),
        "3.04": ("line", None, None, None, None),
        "63.05": ("total", "current_total", None, None, None),
        "3.06": ("line", "carryover_in", None, None, None),
        "66.07": ("total", "total", None, None, None),
        "60.01": ("line", None, None, "205", None),
        "3.02": ("line", None, None, "232", None),
        "1.04": ("line", None, None, None, "other_printed"),
        "64.05": ("total", None, "current_total", None, None),
        "2.06": ("line", None, "carryover_out", None, None),
        "66.08": ("total", None, "total", None, None),
    }
    assert found["3.04"]["column_source"] == "other_printed"
    assert {record["block_no"] for record in found.values()} == {1, 2}


def test_parts_below_a_carry_over_are_no_income_of_the_year() -> None:
    found = figures_of_table(
        draw_table(
            "财政拨款收支预算总表",
            *TWO_BLOCKS,
            ["一、本年收入", "9.01", "一、教育支出", "12.01"],
            ["（一）一般公共预算拨款", "7.02", "", ""],
            ["（二）政府性基金预算拨款", "2.03", "", ""],
            ["二、上年结转", "3.04", "", ""],
            ["（一）一般公共预算拨款", "2.05", "", ""],
            ["（二）政府性基金预算拨款", "1.06", "", ""],
            ["收入总计", "12.07", "支出总计", "12.08"],
        )
    )
    words = ("row_source", "row_fund")
    assert pick(found["9.01"], *words) == ("current_total", None)
    assert pick(found["7.02"], "row_source") == ("general_public_budget",)
    assert pick(found["2.03"], "row_source") == ("government_fund",)
    assert pick(found["3.04"], *words) == ("carryover_in", None)
    assert pick(found["2.05"], *words) == ("carryover_in", "general_public_budget")
    assert pick(found["1.06"], *words) == ("carryover_in", "government_fund")
    assert pick(found["12.07"], *words) == ("total", None)


def test_of_two_totals_the_first_is_that_of_the_year() -> None:
    found = figures_of_table(
        draw_table(
            SUMMARY,
            *TWO_BLOCKS,
            ["事业收入", "9.01", "教育支出", "8.01"],
            ["收入合计", "9.02", "支出合计", "8.02"],
            ["上年结转", "1.03", "结转下年", "2.03"],
            ["收入总计", "10.04", "支出总计", "10.05"],
        )
    )
    assert pick(found["9.02"], "row_kind", "row_source") == ("total", "current_total")
    assert pick(found["8.02"], "row_kind", "row_component") == ("total", "current_total")
    assert pick(found["10.04"], "row_kind", "row_source") == ("total", "total")
    assert pick(found["10.05"], "row_kind", "row_component") == ("total", "total")


def test_a_lone_total_is_the_total() -> None:
    found = figures_of_table(
        draw_table(SUMMARY, *TWO_BLOCKS, ["收入合计", "9.02", "支出合计", "9.03"])
    )
    assert found["9.02"]["row_source"] == "total"
    assert found["9.03"]["row_component"] == "total"


def test_a_part_is_of_which_and_keeps_its_words() -> None:
    found = figures_of_table(
        draw_table(
            SUMMARY,
            *TWO_BLOCKS,
            ["一、财政拨款收入", "9.01", "一、教育支出", "8.01"],
            ["其中：政府性基金预算拨款", "2.02", "其中：另列", "1.02"],
        )
    )
    assert pick(found["2.02"], "row_kind", "row_source", "row_label") == (
        "of_which", "government_fund", "其中：政府性基金预算拨款",
    )  # fmt: skip
    assert found["1.02"]["row_kind"] == "of_which"


def test_a_block_by_nature_has_components_and_no_code() -> None:
    found = figures_of_table(
        draw_table(
            SUMMARY,
            [("收入", 2), ("支出", 4)],
            ["项目", "金额", "功能分类", "金额", "支出用途", "金额"],
            ["事业收入", "9.01", "教育支出", "9.02", "一、基本支出", "8.03"],
            ["", "", "", "", "二、项目支出", "1.04"],
            ["收入总计", "9.05", "支出总计", "9.06", "支出总计", "9.07"],
        )
    )
    words = ("block_no", "function_code", "row_component")
    assert pick(found["9.02"], *words) == (2, "205", None)
    assert pick(found["8.03"], *words) == (3, None, "basic")
    assert pick(found["1.04"], *words) == (3, None, "project")
    assert pick(found["9.07"], *words) == (3, None, "total")


def test_funds_beside_the_classes_of_a_fiscal_summary() -> None:
    found = figures_of_table(
        draw_table(
            "财政拨款收支预算总表",
            [("收入", 2), ("支出", 4)],
            ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"],
            ["一般公共预算拨款", "9.01", "教育支出", "8.02", "7.03", "1.04"],
        )
    )
    assert [(text, found[text]["column_fund"]) for text in ("8.02", "7.03", "1.04")] == [
        ("8.02", "fiscal"),
        ("7.03", "general_public_budget"),
        ("1.04", "government_fund"),
    ]
    assert {found[text]["function_code"] for text in ("8.02", "7.03", "1.04")} == {"205"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("教育支出", "205"),
        ("教育", "205"),
        ("一般公共服务", "201"),
        ("文化体育与传媒支出", "207"),
        ("社会保障和就业攴出", "208"),
        ("外文支出", ""),
        ("另列支出", ""),
        ("", ""),
    ],
)
def test_classes_by_name(name: str, code: str) -> None:
    assert class_code(name, load_vocabulary()) == code


def test_totals_and_units_of_an_income_table() -> None:
    found = figures_of_table(
        draw_table(
            "部门收入总表",
            ["单位代码", "单位名称", "合计", "事业收入"],
            ["", "合计", "9.01", "8.01"],
            ["121", "甲部门", "9.02", "8.02"],
            ["121001", "甲本级", "6.03", "5.03"],
            ["121002", "甲校", "3.04", "2.04"],
        )
    )
    words = ("row_kind", "unit_code")
    assert pick(found["9.01"], *words) == ("total", None)
    assert pick(found["9.02"], *words) == ("total", None)
    assert pick(found["6.03"], *words) == ("unit", "121001")
    assert pick(found["3.04"], *words) == ("unit", "121002")


def test_a_group_of_units_that_is_not_all_is_a_subtotal() -> None:
    found = figures_of_table(
        draw_table(
            "部门收入总表",
            ["单位代码", "单位名称", "合计"],
            ["", "合计", "9.01"],
            ["121", "甲组", "6.02"],
            ["121001", "甲校", "6.03"],
            ["122001", "乙校", "3.04"],
        )
    )
    assert [found[text]["row_kind"] for text in ("9.01", "6.02", "6.03", "3.04")] == [
        "total", "subtotal", "unit", "unit",
    ]  # fmt: skip


def test_a_row_without_label_and_code_is_the_total() -> None:
    found = figures_of_table(
        draw_table(
            "部门支出总表",
            ["科目编码", "科目名称", "合计"],
            ["", "", "9.01"],
            ["205", "教育", "9.02"],
        )
    )
    assert [found[text]["row_kind"] for text in ("9.01", "9.02")] == ["total", "line"]


def test_totals_of_an_economic_table() -> None:
    found = figures_of_table(
        draw_table(
            "一般公共预算基本支出表",
            ["科目编码", "科目名称", "预算数"],
            ["", "合计", "9.01"],
            ["301", "工资福利支出", "6.02"],
            ["30101", "基本工资", "6.03"],
            ["", "人员经费合计", "6.04"],
            ["", "公用经费合计", "3.05"],
        )
    )
    words = ("row_kind", "row_component", "department_economic_code")
    assert pick(found["9.01"], *words) == ("total", "total", None)
    assert pick(found["6.03"], *words) == ("line", None, "30101")
    assert pick(found["6.04"], *words) == ("total", "personnel", None)
    assert pick(found["3.05"], *words) == ("total", "operating", None)
    assert found["6.02"]["table_kind"] == "basic_economic"


def test_an_economic_table_is_told_by_its_codes() -> None:
    table = draw_table(
        "一般公共预算基本支出表",
        ["科目编码", "科目名称", "预算数"],
        ["501", "机关工资福利支出", "6.02"],
        ["50101", "工资", "6.03"],
    )
    assert table.sheet.kind == "basic_economic_government"
    assert figures_of_table(table)["6.03"]["government_economic_code"] == "50101"


def test_a_table_by_both_classes_is_one_by_department_class() -> None:
    rows: list[Sequence[Printed]] = [["301", "工资福利支出", "6.02"], ["50101", "工资", "6.03"]]
    header: list[Printed] = ["科目编码", "科目名称", "预算数"]
    for title in ("一般公共预算基本支出表", "一般公共预算基本支出表（按政府经济分类）"):
        assert draw_table(title, header, *rows).sheet.kind == "basic_economic"
    assert draw_table("一般公共预算支出表", header, *rows).sheet.kind == (
        "general_public_expenditure"
    )


THREE_PUBLIC = {
    "9.01": "total",
    "1.02": "overseas_travel",
    "5.03": "vehicles",
    "2.04": "vehicle_purchase",
    "3.05": "vehicle_operation",
    "3.06": "reception",
}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["项目", "预算数"],
            ["合计", "9.01"],
            ["1、因公出国（境）费用", "1.02"],
            ["2、公务用车购置及运行费", "5.03"],
            ["其中：公务用车购置费", "2.04"],
            ["（2）公务用车运行维护费", "3.05"],
            ["3、公务接待费", "3.06"],
        ],
        [
            [
                ("“三公”经费合计", 1, 2),
                ("因公出国（境）费", 1, 2),
                ("公务用车购置及运行费", 3),
                ("公务接待费", 1, 2),
            ],
            ["小计", "购置费", "运行费"],
            ["9.01", "1.02", "5.03", "2.04", "3.05", "3.06"],
        ],
        [
            [("项目", 2), "预算数"],
            [("“三公”经费合计", 2), "9.01"],
            [("因公出国（境）费", 2), "1.02"],
            [("公务用车购置及运行费", 1, 3), "小计", "5.03"],
            ["购置费", "2.04"],
            ["运行费", "3.05"],
            [("公务接待费", 2), "3.06"],
        ],
    ],
    ids=["rows", "columns", "groups"],
)
def test_three_public_in_three_layouts(rows: list[list[Printed]]) -> None:
    found = figures_of_table(draw_table("“三公”经费预算表", *rows))
    items = {text: record["row_item"] or record["column_item"] for text, record in found.items()}
    assert items == THREE_PUBLIC


def test_subtotals_under_groups_of_funds() -> None:
    found = figures_of_table(
        draw_table(
            "收入预算表",
            [("项目", 2), "预算数"],
            [("收入总计", 2), "9.01"],
            [("一般公共预算资金", 1, 3), "小计", "6.02"],
            ["公共财政拨款（补助）资金", "5.03"],
            ["另列资金", "1.04"],
            [("政府性基金", 1, 2), "小计", "3.05"],
            ["另列资金", "3.06"],
        )
    )
    assert pick(found["6.02"], "row_source", "row_label") == (
        "general_public_budget", "一般公共预算资金 / 小计",
    )  # fmt: skip
    assert found["5.03"]["row_source"] == "fiscal_appropriation"
    assert found["3.05"]["row_source"] == "government_fund"
    assert found["1.04"]["column_source"] == found["3.06"]["column_source"] == "other_printed"


def test_the_whole_of_vehicles_is_told_by_its_parts() -> None:
    """公务用车费 above both of its parts is their sum; alone it may be the running of vehicles."""
    rows = [
        ["项目", "预算数"],
        ["合计", "46.01"],
        ["1.公务接待费", "8.02"],
        ["2.公务用车费", "37.99"],
    ]
    parts = [["其中：（1）公务用车运转维护费", "30.03"], ["（2）公务用车购置费", "7.96"]]
    found = figures_of_table(draw_table("“三公”经费预算表", *rows, *parts))
    assert {printed: record["row_item"] for printed, record in found.items()} == {
        "46.01": "total",
        "8.02": "reception",
        "37.99": "vehicles",
        "30.03": "vehicle_operation",
        "7.96": "vehicle_purchase",
    }
    alone = figures_of_table(draw_table("“三公”经费预算表", *rows))
    assert alone["37.99"]["row_item"] == "other_printed"


def test_columns_of_vehicles_are_told_by_their_parts() -> None:
    header = ["合计", "因公出国（境）费", "公务接待费", "公务用车费"]
    parts = ["公务用车购置费", "公务用车运行费"]
    values = ["9.01", "1.02", "2.03", "5.96"]
    title = "“三公”经费预算表"
    found = figures_of_table(draw_table(title, [*header, *parts], [*values, "2.95", "3.01"]))
    assert found["5.96"]["column_item"] == "vehicles"
    alone = figures_of_table(draw_table(title, header, values))
    assert alone["5.96"]["column_item"] == "other_printed"


def test_a_column_of_changes_holds_no_amounts_in_doubt() -> None:
    header = ["项目", "2030年预算数", "2031年预算数", "2031年预算数增减"]
    table = draw_table("“三公”经费预算表", header, ["公务接待费", "5.02", "4.01", "-1.01"])
    found = figures_of_table(table)
    assert set(found) == {"5.02", "4.01"}
    assert {record["quarantine_reason"] for record in found.values()} == {None}

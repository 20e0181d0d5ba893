"""Units of tables: printed, misread, by the figures of other tables, or unknown."""

from collections.abc import Sequence

import pytest

from extract.page import Grid
from extract.units import printed_unit, settle_units
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_grid, draw_page, find_tables

HEADER: list[Printed] = ["科目名称", "合计"]


def body(*amounts: str, header: Sequence[Printed] = HEADER) -> Grid:
    return draw_grid(header, *[[f"第{at}类支出", text] for at, text in enumerate(amounts)])


def units(*items: str | Grid) -> list[tuple[str, str]]:
    page = draw_page(*items)
    prose = [line.text for line in page.lines()]
    return settle_units(find_tables(page), prose, load_vocabulary())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万元", "wan_yuan"),
        ("人民币万元", "wan_yuan"),
        ("元", "yuan"),
        ("刀兀", "wan_yuan"),
        ("千克", ""),
        ("百万元", ""),
        ("千元", ""),
        ("亿元", ""),
        ("", ""),
    ],
)
def test_words_for_units(text: str, unit: str) -> None:
    assert printed_unit(text, load_vocabulary()) == unit


def test_each_table_has_the_unit_of_its_own_heading() -> None:
    assert units(
        "部门支出总表",
        "单位：万元",
        body("9.01"),
        "政府性基金预算支出表",
        "单位：元",
        body("88.02"),
    ) == [("wan_yuan", "万元"), ("yuan", "元")]


def test_a_unit_in_the_header_counts() -> None:
    found = units("部门支出总表", body("9.01", header=["科目名称", "金额（元）"]))
    assert found == [("yuan", "元")]


def test_a_table_without_unit_takes_it_from_figures_that_another_prints() -> None:
    found = units(
        "部门支出总表", "单位：万元", body("123.45", "67.89"),
        "财政拨款支出预算表", body("123.45", "11.11"),
    )  # fmt: skip
    assert found == [("wan_yuan", "万元"), ("wan_yuan", "by figures of other tables")]


def test_the_other_unit_is_found_by_the_same_amounts() -> None:
    found = units(
        "部门支出总表", "单位：万元", body("123.45", "67.89"),
        "财政拨款支出预算表", body("1,234,500.00", "678,900.00"),
    )  # fmt: skip
    assert found[1] == ("yuan", "by figures of other tables")


def test_both_units_possible_is_unknown() -> None:
    found = units(
        "部门支出总表", "单位：万元", body("5.00", "0.0005"),
        "财政拨款支出预算表", body("5.00"),
    )  # fmt: skip
    assert found[1] == ("", "")


def test_no_figure_in_common_is_unknown() -> None:
    found = units("部门支出总表", "单位：万元", body("123.45"), "财政拨款支出预算表", body("77.77"))
    assert found[1] == ("", "")


def test_a_table_settled_by_another_settles_a_third() -> None:
    found = units(
        "部门支出总表", "单位：万元", body("123.45"),
        "财政拨款支出预算表", body("123.45", "55.66"),
        "政府性基金预算支出表", body("55.66"),
    )  # fmt: skip
    assert [unit for unit, _ in found] == ["wan_yuan"] * 3


def test_prose_with_units_settles_a_table() -> None:
    found = units("支出预算为123.45万元。", "部门支出总表", body("123.45"))
    assert found == [("wan_yuan", "by figures of other tables")]
    found = units("支出预算为1,234,500元。", "部门支出总表", body("123.45"))
    assert found == [("wan_yuan", "by figures of other tables")]


def test_an_empty_table_takes_the_unit_of_all_others() -> None:
    one = units("部门支出总表", "单位：元", body("9.01"), "政府性基金预算支出表", body(""))
    assert one[1] == ("yuan", "as all other tables")
    two = units(
        "部门支出总表", "单位：元", body("9.01"), "部门收入总表", "单位：万元", body("8.01"),
        "政府性基金预算支出表", body(""),
    )  # fmt: skip
    assert two[2] == ("", "")


def test_nothing_says_a_unit() -> None:
    assert units("部门支出总表", body("9.01"), "政府性基金预算支出表", body("9.01")) == [
        ("", ""),
        ("", ""),
    ]


def test_tables_without_facts_are_given_no_unit_by_figures() -> None:
    found = units("部门支出总表", "单位：万元", body("123.45"), "单位基本情况表", body("123.45"))
    assert found[1] == ("", "")

"""Headings: what is a title, its kind, its unit, its agency; what is none."""

import pytest

from extract.titles import (
    clean_title,
    find_agency,
    find_heading,
    find_unit,
    is_note,
    is_title_like,
    is_two_headings,
    title_kind,
)
from extract.vocabulary import load_vocabulary

KINDS = {
    "部门收支预算总表": "summary",
    "收入支出决算总表": "summary",
    "部门收入预算总表": "income",
    "部门支出总体情况表": "expenditure",
    "财政拨款收支总表": "fiscal_summary",
    "财政拨款收入支出决算总表": "fiscal_summary",
    "财政拨款支出预算表": "fiscal_expenditure",
    "财政拨款基本支出预算表": "fiscal_basic_economic",
    "一般公共预算支出表": "general_public_expenditure",
    "一般公共预算财政拨款支出决算表": "general_public_expenditure",
    "一般公共预算基本支出表": "basic_economic",
    "一般公共预算基本支出预算表（按政府经济分类）": "basic_economic_government",
    "基本支出预算表": "basic_expenditure",
    "政府性基金预算支出表": "government_fund_expenditure",
    "政府性基金预算财政拨款收入支出决算表": "government_fund_expenditure",
    "国有资本经营预算支出表": "state_capital_expenditure",
    "一般公共预算“三公”经费支出表": "three_public",
    "“三公”经费、会议费、培训费预算表": "three_public",
    "一般公共预算机关运行经费支出预算表": "agency_operating_cost",
    "项目支出预算表": "project_list",
    "政府采购预算表": "procurement",
    "政府购买服务支出表": "purchased_services",
    "新增资产配置表": "asset_allocation",
    "项目支出绩效目标表": "performance_target",
    "部门整体支出绩效目标表": "overall_performance_target",
    "项目绩效自评表": "self_evaluation",
    "项目支出绩效自评结果汇总表": "self_evaluation_summary",
}


@pytest.mark.parametrize(("title", "kind"), KINDS.items())
@pytest.mark.parametrize("before", ["", "表3 ", "公开01表", "公开表5：", "附表十一、", "2031年度"])
def test_titles_name_their_kind_whatever_their_number(before: str, title: str, kind: str) -> None:
    assert title_kind(before + title, load_vocabulary()) == kind
    assert is_title_like(before + title)


@pytest.mark.parametrize("text", ["", "甲乙丙丁表", "单位：万元"])
def test_what_names_no_table(text: str) -> None:
    assert title_kind(text, load_vocabulary()) is None


@pytest.mark.parametrize(
    "text",
    [
        "支出预算情况详见附表",
        "注：本表反映支出，见支出总表",
        "一、支出总表......12",
        "支出总表…………3",
        "本表为支出表",
        "支出表",
        "支出增加的主要原因。见收支总表",
        "支出预算说明",
    ],
)
def test_sentences_and_lists_of_contents_are_no_titles(text: str) -> None:
    assert not is_title_like(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位：元", "元"),
        ("单 位 ： 万 元", "万元"),
        ("单位：800万元", "万元"),
        ("公开03表 部门：甲局 单位：元", "元"),
        ("支出总表（万元）", "万元"),
        ("支出总表（单位：元）", "元"),
        ("里型: 刀兀", "刀兀"),
        ("单位：甲局", ""),
        ("编制单位：甲局", ""),
        ("收入增加8万元，见表", ""),
        ("", ""),
    ],
)
def test_units_as_headings_print_them(text: str, unit: str) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("部门：甲市财政局", "甲市财政局"),
        ("编制单位：甲市财政局", "甲市财政局"),
        ("部门（单位）名称：甲市财政局", "甲市财政局"),
        ("预算部门：甲市财政局 金额单位：元", "甲市财政局"),
        ("部门：甲市财政局　　单位：万元", "甲市财政局"),
        ("单位：万元", ""),
        ("金额单位：万元", ""),
        ("甲市财政局", ""),
    ],
)
def test_agencies_as_headings_label_them(text: str, agency: str) -> None:
    assert find_agency(text) == agency


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("注：本表含结转", True),
        ("说明：无", True),
        ("备注1：无", True),
        ("此表为空", True),
        ("（本表无数据）", True),
        ("（无政府性基金支出）", True),
        ("支出总表", False),
        ("无人机采购", False),
    ],
)
def test_notes_below_tables(text: str, said: bool) -> None:
    assert is_note(text) is said


def test_a_title_loses_its_number_only() -> None:
    assert clean_title("公开01表 2031年 支出总表") == "2031年支出总表"
    assert clean_title("附件2：表3-支出总表") == "表3-支出总表"
    assert clean_title("表格情况表") == "表格情况表"


@pytest.mark.parametrize("number", ["表3", "表七", "附表十一", "表3 ", "表七、"])
@pytest.mark.parametrize("title", ["一般公共预算支出表", "三公经费支出表"])
def test_a_number_does_not_swallow_the_first_word(number: str, title: str) -> None:
    assert clean_title(number + title) == title


def test_the_nearest_title_counts_and_units_above_it_do_not_win() -> None:
    heading = find_heading(["收入总表", "单位：元", "支出总表", "单位：万元"], load_vocabulary())
    assert (heading.title, heading.unit_text) == ("支出总表", "万元")


def test_a_unit_above_its_title_counts_where_none_stands_below() -> None:
    heading = find_heading(["公开03表 单位：万元", "支出总表"], load_vocabulary())
    assert (heading.title, heading.unit_text) == ("支出总表", "万元")


def test_a_title_wrapped_over_two_lines() -> None:
    heading = find_heading(
        ["一般公共预算财政拨款基本支出", "预算表", "单位：万元"], load_vocabulary()
    )
    assert heading.title == "一般公共预算财政拨款基本支出预算表"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("2031年一般公共预算财政拨款", "基本支出预算表"), "basic_economic"),
        (("2031年度政府性基金预算", "财政拨款支出表"), "government_fund_expenditure"),
    ],
)
def test_the_first_line_of_a_wrapped_title_tells_its_kind(
    lines: tuple[str, str], kind: str
) -> None:
    heading = find_heading(lines, load_vocabulary())
    assert heading.title == "".join(lines)
    assert title_kind(heading.title, load_vocabulary()) == kind


@pytest.mark.parametrize("above", ["支出增加的主要原因见上。", "甲市某局", "2031年收入预算总表"])
def test_a_line_that_is_no_part_of_the_title_is_left_out(above: str) -> None:
    assert find_heading([above, "支出预算表"], load_vocabulary()).title == "支出预算表"


def test_the_end_of_a_title_alone_is_none() -> None:
    assert find_heading(["支出增加的主要原因见上。", "预算表"], load_vocabulary()).title == ""


def test_title_and_unit_in_one_line() -> None:
    heading = find_heading(["支出总表 单位：万元"], load_vocabulary())
    assert (heading.title, heading.unit_text) == ("支出总表", "万元")


def test_lines_far_above_say_nothing() -> None:
    heading = find_heading(["支出总表", *["甲"] * 7], load_vocabulary())
    assert heading.title == ""


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("单位：万元 部门：某局 单位：万元", True),
        ("公开01表：收支总表 公开02表：收入总表", True),
        ("部门收支总表 部门收入总表", True),
        ("公开01表：收支总表 单位：万元", False),
        ("部门：某局 单位：万元", False),
        ("部门收支总表", False),
    ],
)
def test_two_headings_beside_each_other(text: str, two: bool) -> None:
    assert is_two_headings(text, load_vocabulary()) is two

"""What sentences say of single projects, and which names they are not sure of."""

import pytest

from extract.page import Line, Page
from extract.sentences.model import Setting
from extract.sentences.statements import read_statements

SCORED = "根据年初设定的绩效目标，项目自评得分为97.5分。"
MONEY = "全年预算数为120.5万元，执行数为1,100,000元，完成预算的91.29%。"


def said(*lines: str, kind: str | None = "final_account") -> list[tuple[str, ...]]:
    """Return project, measure, figure and unit of what lines say of single projects."""
    page = Page(4, 600, 800, "prose", tuple(Line(text, None) for text in lines))
    stated, _ = read_statements([page], Setting(2024, kind))
    return [(one.project, one.measure, one.printed, one.unit) for one in stated if one.project]


def test_self_evaluation_of_a_project() -> None:
    page_lines = ("1.库房恒温恒湿系统项目绩效自评综述：" + SCORED + MONEY,)
    assert said(*page_lines) == [
        ("库房恒温恒湿系统", "score", "97.5", "分"),
        ("库房恒温恒湿系统", "adjusted_budget", "120.5", "万元"),
        ("库房恒温恒湿系统", "executed", "1,100,000", "元"),
        ("库房恒温恒湿系统", "completion_percent", "91.29", "%"),
    ]


def test_evaluation_goes_on_in_the_next_paragraph_and_ends_at_the_next_entry() -> None:
    assert [
        row[:2]
        for row in said(
            "1.库房恒温恒湿系统项目绩效自评综述：",
            SCORED,
            MONEY,
            "2.其他工作",
            "全年预算数为7万元，执行数为7万元。",
        )
    ] == [
        ("库房恒温恒湿系统", "score"),
        ("库房恒温恒湿系统", "adjusted_budget"),
        ("库房恒温恒湿系统", "executed"),
        ("库房恒温恒湿系统", "completion_percent"),
    ]


def test_name_torn_over_two_lines() -> None:
    assert {row[0] for row in said("3.“旧档新读”展览等经费项目绩效", "自评综述：" + SCORED)} == {
        '"旧档新读"展览等经费'
    }


def test_name_in_quotes_repeated_before_its_figures() -> None:
    text = "“档案修复”项目自评综述：“档案修复”项目绩效自评得分为88分，年初预算数为3万元。"
    assert said(text) == [
        ("档案修复", "score", "88", "分"),
        ("档案修复", "initial_budget", "3", "万元"),
    ]


def test_grade_stands_beside_the_score() -> None:
    page = Page(
        1,
        600,
        800,
        "prose",
        (Line("1.档案修复项目绩效自评综述：自评得分91分，自评等级为“优”。", None),),
    )
    stated, _ = read_statements([page], Setting(2024, "final_account"))
    assert [(one.measure, one.item) for one in stated] == [("score", "优")]


def test_figures_of_what_was_done_are_no_money_of_the_project() -> None:
    text = "1.档案修复项目绩效自评综述：" + SCORED + "项目绩效目标完成情况：执行数为5万元。"
    assert [row[1] for row in said(text)] == ["score"]


@pytest.mark.parametrize(
    "name",
    ["部门整体支出", "2024年度市级", "档案修复等3个", "本单位", "全部", "修复(一期", "会议费"],
)
def test_what_is_no_name_of_one_project_is_refused(name: str) -> None:
    assert said(f"1.{name}项目绩效自评综述：{SCORED}{MONEY}") == []


def test_name_whose_beginning_may_stand_on_the_line_before_is_refused() -> None:
    lines = ("我单位组织了重点项目，包括档案", "修复项目绩效自评综述：" + SCORED)
    assert said(*lines) == []
    assert said("我单位组织了重点项目。", lines[1]) != []


def test_one_measure_with_two_values_is_refused() -> None:
    text = "1.档案修复项目绩效自评综述：" + SCORED + MONEY + "执行数为3万元。"
    assert [row[1] for row in said(text)] == [
        "score",
        "adjusted_budget",
        "completion_percent",
    ]


def test_points_beyond_a_hundred_and_money_in_points_are_refused() -> None:
    assert (
        said("1.档案修复项目绩效自评综述：自评得分为975分，执行数为5分，完成预算的5分，得分为5%。")
        == []
    )


def test_one_name_evaluated_twice_in_two_ways_is_refused() -> None:
    first, second = "1.档案修复项目绩效自评综述：", "2.档案修复项目绩效自评综述："
    assert said(first + SCORED, second + MONEY) == []
    assert len(said(first + MONEY, second + MONEY.replace("120.5", "7"))) == 6


def test_evaluation_in_a_budget_is_of_another_year() -> None:
    text = "1.档案修复项目绩效自评综述：" + SCORED + MONEY
    assert said(text, kind="budget") == []
    assert said(text, kind=None) == []


LIST = ("(二)项目支出100万元。其中：", "档案修复经费60万元，主要用于修复。", "查阅大厅改造40万元。")


def test_list_of_projects_that_adds_up() -> None:
    assert said(*LIST, kind="budget") == [
        ("档案修复经费", "budget", "60", "万元"),
        ("查阅大厅改造", "budget", "40", "万元"),
    ]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (0, "(二)项目支出101万元。其中："),
        (0, "(二)公用支出100万元。其中："),
        (0, "(二)项目支出100万元。"),
        (1, "专用材料费60万元，主要用于修复。"),
        (1, "查阅大厅改造60万元，主要用于修复。"),
        (2, "以后再说。查阅大厅改造40万元。"),
    ],
)
def test_list_in_doubt_is_refused(place: int, text: str) -> None:
    lines = list(LIST)
    lines[place] = text
    assert said(*lines, kind="budget") == []


def test_class_above_the_projects_is_none_of_them() -> None:
    lines = (LIST[0], "档案馆等机构支出10万元，主要用于：", *LIST[1:])
    assert [row[0] for row in said(*lines, kind="budget")] == ["档案修复经费", "查阅大厅改造"]


def test_planned_money_of_a_project_that_heads_an_entry() -> None:
    heading, money = "1.档案修复项目。修复破损的旧档。", "2024年度安排档案修复项目预算37.3万元。"
    assert said(heading, money, kind="budget") == [("档案修复", "budget", "37.3", "万元")]
    assert said(money, kind="budget") == []
    assert said(heading, money.replace("项目预算", "项目运维预算"), kind="budget") == []

"""Several figures behind several subjects: `分别`, `各`, and one unit behind the last figure."""

import pytest

from extract.page import Line, Page
from extract.sentences.model import Setting
from extract.sentences.statements import read_statements

ALL = "一、收入支出决算总体情况说明"
BASIC = "六、一般公共预算基本支出情况说明"
TRAVEL = "八、“三公”经费支出决算情况说明"


def said(heading: str, line: str) -> list[tuple[str, str, str]]:
    """Topic, measure and value of what a line of a final account of 2024 states."""
    page = Page(1, 600, 800, "prose", (Line(heading, None), Line(line, None)))
    stated, _ = read_statements([page], Setting(2024, "final_account", ("临江市档案局",)))
    return [(one.topic, one.measure, str(one.value)) for one in stated]


def both(measure: str, income: str, expenditure: str) -> list[tuple[str, str, str]]:
    """The same measure of income and of expenditure."""
    return [("income_total", measure, income), ("expenditure_total", measure, expenditure)]


@pytest.mark.parametrize(
    "line",
    [
        "2024年度收、支总计分别为1,250.50、1,300.25万元。",
        "2024年度收、支总计各是1250.50，1300.25万元。",
        "2024年度收、支总计分别为1,250.50,1,300.25万元。",
        "2024年度收入总计、支出总计各1,250.50、1,300.25万元。",
        "2024年度总收入和总支出分别为1250.50万元和1300.25万元。",
        "2024年度收入1250.50、支总计1300.25万元。",
        "2024年度收入总计为1250.50、支出总计为1300.25万元。",
    ],
)
def test_the_last_figure_has_the_unit_of_all(line: str) -> None:
    stated = [(topic, measure, f"{float(value):.2f}") for topic, measure, value in said(ALL, line)]
    assert stated == both("amount", "1250.50", "1300.25")


def test_changes_and_rates_of_two_totals() -> None:
    line = (
        "2024年度收、支总计分别为1,250.50、1,300.25万元。与上年相比分别增加12.3、15.6万元，"
        "增长0.99%、1.21%。"
    )
    assert said(ALL, line)[2:] == [
        *both("change", "12.3", "15.6"),
        *both("change_percent", "0.99", "1.21"),
    ]
    listed = "2024年度总收入、总支出分别为90、80万元，比上年分别减少10、20万元，各下降10%、20%。"
    assert said(ALL, listed) == [
        *both("amount", "90", "80"),
        *both("change", "-10", "-20"),
        *both("change_percent", "-10", "-20"),
    ]


def test_rates_of_totals_that_were_said_apart() -> None:
    line = (
        "2024年度收入90.5万元、支出80.5万元。与2023年相比，收入减少10.5、支出减少20.5万元，"
        "分别下降10.4%、20.3%。"
    )
    assert said(ALL, line) == [
        *both("amount", "90.5", "80.5"),
        *both("change", "-10.5", "-20.5"),
        *both("change_percent", "-10.4", "-20.3"),
    ]


def test_shares_of_parts_that_were_said_apart() -> None:
    parts = [("personnel", "share_percent", "80"), ("operating", "share_percent", "20")]
    line = "基本支出100万元，其中人员经费80万元、公用经费20万元，分别占80%、20%。"
    assert said(BASIC, line)[3:] == parts
    line = "基本支出100万元，包括：人员经费80万元，公用经费20万元，分别占80%和20%。"
    assert said(BASIC, line)[3:] == parts


def test_one_figure_of_each() -> None:
    line = "2024年度收入总计、支出总计各90万元，与上年相比均减少10万元，下降5%。"
    assert said(ALL, line) == [*both("amount", "90", "90"), *both("change", "-10", "-10")]
    line = "因公出国（境）费、公务接待费决算分别为1.5、2.5万元，比年初预算分别减少0.5、0.6万元。"
    assert said(TRAVEL, line) == [
        ("overseas_travel", "final", "1.5"),
        ("reception", "final", "2.5"),
        ("overseas_travel", "over_budget", "-0.5"),
        ("reception", "over_budget", "-0.6"),
    ]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (ALL, "2024年度总收入、总支出分别为100、90、80万元。"),
        (ALL, "2024年度总收入、总支出分别为100万元。"),
        (ALL, "2024年度总收入、总支出100万元。"),
        (ALL, "2023、2024年度总收入分别为100.5、90.5万元。"),
        (ALL, "2024年度总收入为1,250.50、1,300.25万元。"),
        (ALL, "2024年度总收入为1,250,1,300.25万元。"),
        (ALL, "2024年度收、支总计分别比上年增加12.3万元、减少15.6万元。"),
        (ALL, "与上年相比，收、支总计各增加12.3万元，减少15.6万元。"),
        (ALL, "2024年度收、支总计分别为收入100万元，支出90万元。"),
        (ALL, "与上年相比，总收入增加1250.5、增长3.5%。"),
        (BASIC, "人员经费、水文监测费、公用经费分别为10、20万元。"),
        ("四、财政拨款收支决算总体情况", "2024年财政拨款收、支总计分别为98.5万元、97.5万元。"),
    ],
)
def test_what_is_not_certain_is_left_alone(heading: str, line: str) -> None:
    assert said(heading, line) == []


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        ("收入总计1250万元。其中：1、事业收入250.5万元，2、其他收入1000万元。", 3),
        ("收入总计1250万元，包括：1、500.5万元为其他收入。", 1),
        ("2024年收入预算2023、支出预算1250万元。", 1),
        ("收入总计1250万元、1件。", 1),
    ],
)
def test_numbers_of_entries_and_years_are_no_amounts(line: str, amounts: int) -> None:
    stated = said(ALL, line)
    assert len({value for _, _, value in stated}) == amounts
    assert not {"1", "2", "2023"} & {value for _, _, value in stated}


def test_a_list_with_an_unread_figure_gives_no_rates() -> None:
    line = "人员经费80万元、水文监测费5万元、公用经费20万元，比上年分别增长1%、2%。"
    assert [measure for _, measure, _ in said(BASIC, line)] == ["amount", "amount"]


def test_a_word_for_both_sides_where_one_is_meant_is_left_alone() -> None:
    lines = (
        "2024年支出收入总计100万元。",
        "2024年度支出收入100万元。",
        "2024年支出收入预算9万元。",
    )
    for line in lines:
        assert said(ALL, line) == []

"""Tables without a title between them: where one ends and the next one begins."""

from collections.abc import Sequence

import pytest

from extract.page import Grid
from extract.sheet import collect_sheets
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_grid, draw_page

Rows = list[Sequence[Printed]]

BY_FUNCTION: Rows = [["科目编码", "科目名称", "合计"]]
FIRST: Rows = [["", "合计", "9.00"], ["205", "教育支出", "9.00"], ["20502", "普通教育", "9.00"]]
REST: Rows = [["20503", "职业教育", "1.00"], ["206", "科学技术支出", "2.00"]]


def tables(above: Grid, below: Grid) -> list[tuple[str, list[int | None]]]:
    """Kind and pages of the tables of two pages, of which only the first has a title."""
    pages = [draw_page("部门支出总表", above), draw_page(below, number=2)]
    found = collect_sheets(pages, load_vocabulary())
    return [(sheet.kind, [part.page_number for part in sheet.parts]) for sheet in found]


ONE = [("expenditure", [1, 2])]
TWO = [("expenditure", [1]), ("unknown", [2])]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(BY_FUNCTION + FIRST, REST, id="rows-alone"),
        pytest.param(BY_FUNCTION + FIRST, BY_FUNCTION + REST, id="header-once-more"),
        pytest.param(BY_FUNCTION, BY_FUNCTION + FIRST, id="broken-below-its-header"),
        pytest.param(BY_FUNCTION + FIRST, [["", "总计", "9.00"]], id="a-total-at-both-ends"),
        pytest.param(
            BY_FUNCTION + FIRST[1:], [["", "合计", "9.00"]], id="total-alone-on-its-page"
        ),
        pytest.param(
            [*BY_FUNCTION, *FIRST, ["501001", "某中心", "4.00"]],
            [*BY_FUNCTION, ["205", "教育支出", "4.00"]],
            id="classes-of-the-next-unit",
        ),
        pytest.param(
            [*BY_FUNCTION, *FIRST, ["20502", "普通教育", "4.00"]],
            [*BY_FUNCTION, ["20502", "普通教育", "5.00"]],
            id="many-rows-of-one-class",
        ),
        pytest.param(
            [*BY_FUNCTION, *FIRST, ["2080", "机关事业单位基", "4.00"]],
            [*BY_FUNCTION, ["505", "本养老保险缴费支出", ""], *REST[1:]],
            id="the-rest-of-a-broken-code",
        ),
    ],
)  # fmt: skip
def test_a_page_goes_on_with_the_table_before(above: Rows, below: Rows) -> None:
    assert tables(draw_grid(*above), draw_grid(*below)) == ONE


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([["科目编码", "科目名称", "基本支出"], *REST], id="another-header"),
        pytest.param(BY_FUNCTION + FIRST, id="total-once-more"),
        pytest.param(BY_FUNCTION + FIRST[1:], id="first-class-once-more"),
        pytest.param([*BY_FUNCTION, ["301", "工资福利支出", "9.00"]], id="classes-of-another-kind"),
    ],
)
def test_a_page_begins_a_table_of_its_own(below: Rows) -> None:
    assert tables(draw_grid(*BY_FUNCTION, *FIRST), draw_grid(*below)) == TWO


def test_classes_that_begin_once_more_beside_another_class_go_on() -> None:
    head: Rows = [["科目编码", "科目名称", "科目编码", "科目名称", "合计"]]
    body: Rows = [
        ["301", "工资福利支出", "501", "机关工资福利支出", "9.00"],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "9.00"],
    ]
    rest: Rows = [["301", "工资福利支出", "505", "对事业单位经常性补助", "8.00"]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *rest)) == ONE
    again: Rows = [["301", "工资福利支出", "501", "机关工资福利支出", "8.00"]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *again)) == TWO


def test_the_next_row_number_goes_on_whatever_the_row_is() -> None:
    head: Rows = [["序号", "项目", "预算数"]]
    body: Rows = [["1", "一、财政拨款", "9.00"], ["2", "年初结转", "9.00"]]
    rest: Rows = [["3", "一、财政拨款", "9.00"], ["4", "二、其他", "9.00"]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *rest)) == ONE
    again: Rows = [["1", "一、财政拨款", "9.00"], ["2", "二、其他", "9.00"]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *again)) == TWO


def test_the_first_ordinal_begins_a_table() -> None:
    head: Rows = [["项目", "预算数", "项目", "预算数"]]
    body: Rows = [["一、财政拨款", "9.00", "一、基本支出", "9.00"], ["二、其他", "", "二、", ""]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *body)) == TWO
    rest: Rows = [["三、其他收入", "9.00", "三、项目支出", "9.00"]]
    assert tables(draw_grid(*head, *body), draw_grid(*head, *rest)) == ONE


def test_labels_of_a_summary_are_no_header() -> None:
    above: Rows = [
        ["收入", "决算数", "支出", "决算数"],
        ["一、财政拨款收入", "9.00", "一、教育支出", "9.00"],
    ]
    rest: Rows = [["使用非财政拨款结余", "", "结余分配", ""], ["总计", "9.00", "总计", "9.00"]]
    assert tables(draw_grid(*above), draw_grid(*rest)) == ONE

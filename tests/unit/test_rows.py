"""Rows: codes in their columns, labels with their groups, parts of tables over pages."""

from collections.abc import Sequence

import pytest

from extract.page import Grid
from extract.rows import Labelled, Placed, Row
from tests.unit.printed_tables import Printed, draw_grid, draw_page, draw_table, find_table

EXPENDITURE = "2031年部门支出总表"
ECONOMIC = "一般公共预算基本支出表"
SUMMARY = "收支预算总表"
ONE_CODE: list[Printed] = ["科目编码", "科目名称", "合计", "基本支出"]
TWO_BLOCKS: list[Sequence[Printed]] = [
    [("收入", 2), ("支出", 2)],
    ["项目", "预算数", "项目", "预算数"],
]


def printed(row: Row) -> list[str]:
    return [cell.text for _, cell in row.amounts]


def labels(table: Labelled) -> list[str]:
    return [row.label for row in table.rows]


def roles(table: Labelled) -> list[list[str]]:
    found: dict[int, list[Placed]] = {}
    for placed in table.cells:
        found.setdefault(placed.row_no, []).append(placed)
    return [[placed.role for placed in found[row]] for row in sorted(found)]


def over_pages(title: str, *grids: Grid) -> Labelled:
    first, *rest = grids
    pages = [draw_page(title, first)]
    pages += [draw_page(grid, number=number) for number, grid in enumerate(rest, start=2)]
    return find_table(*pages)


def test_codes_in_one_column() -> None:
    table = draw_table(
        EXPENDITURE,
        ONE_CODE,
        ["", "合计", "9.00", "9.00"],
        ["205", "教育", "6.00", "6.00"],
        ["2050101", "行政", "3.00", "3.00"],
    )
    assert [row.codes.function_code for row in table.rows] == ["", "205", "2050101"]


def test_codes_in_three_columns_and_the_total_in_the_same_row() -> None:
    table = draw_table(
        EXPENDITURE,
        [("科目编码", 3), ("科目名称", 1, 2), ("合计", 1, 2)],
        ["类", "款", "项"],
        [("合计", 4), "9.00"],
        ["205", "", "", "教育", "8.00"],
        ["205", "01", "", "管理", "7.00"],
        ["205", "01", "01", "行政", "6.00"],
    )
    assert [row.codes.function_code for row in table.rows] == ["", "205", "20501", "2050101"]
    assert labels(table) == ["合计", "教育", "管理", "行政"]


def test_a_code_is_carried_down_only_to_the_rows_below_it() -> None:
    table = draw_table(
        EXPENDITURE,
        [("科目编码", 3), "科目名称", "合计"],
        ["205", "", "", "教育", "8.00"],
        ["", "02", "", "普通", "7.00"],
        ["", "", "01", "学前", "6.00"],
        ["", "", "02", "小学", "5.00"],
        ["", "05", "", "其他", "4.00"],
    )
    assert [row.codes.function_code for row in table.rows] == [
        "205", "20502", "2050201", "2050202", "20505",
    ]  # fmt: skip


def test_both_economic_codes_of_a_row() -> None:
    table = draw_table(
        ECONOMIC,
        [("部门经济分类", 3), ("政府经济分类", 3), ("合计", 1, 2)],
        ["类", "款", "科目名称", "类", "款", "科目名称"],
        ["301", "", "工资福利", "", "", "", "9.00"],
        ["301", "08", "养老", "501", "02", "社保", "6.00"],
        ["301", "08", "养老", "505", "01", "工资", "3.00"],
    )
    assert [
        (row.codes.department_economic_code, row.codes.government_economic_code)
        for row in table.rows
    ] == [("301", ""), ("30108", "50102"), ("30108", "50501")]


def test_a_code_in_front_of_the_name() -> None:
    table = draw_table(
        EXPENDITURE, ["科目名称", "合计"], ["2050101行政", "9.00"], ["[20502]普通", "8.00"]
    )
    assert [row.codes.function_code for row in table.rows] == ["2050101", "20502"]


def test_a_unit_of_its_own_code() -> None:
    table = draw_table("部门收入总表", ["单位代码", "单位名称", "合计"], ["205001", "甲校", "9.00"])
    assert table.rows[0].codes.unit_code == "205001"
    assert table.rows[0].codes.function_code == ""


def test_blocks_side_by_side_are_rows_of_their_own() -> None:
    table = draw_table(
        SUMMARY, *TWO_BLOCKS, ["一、事业收入", "9.00", "一、教育支出", "8.00"],
        ["", "", "二、外交支出", "1.00"],
    )  # fmt: skip
    assert [(row.label, row.side, printed(row)) for row in table.rows] == [
        ("一、事业收入", "income", ["9.00"]),
        ("一、教育支出", "expenditure", ["8.00"]),
        ("二、外交支出", "expenditure", ["1.00"]),
    ]


def test_a_group_label_over_several_rows_stands_before_each() -> None:
    table = draw_table(
        "三公经费预算表",
        [("项目", 2), "预算数"],
        [("公务用车购置及运行费", 1, 2), "购置费", "5.00"],
        ["运行费", "4.00"],
        [("公务接待费", 2), "3.00"],
    )
    assert labels(table) == [
        "公务用车购置及运行费 / 购置费", "公务用车购置及运行费 / 运行费", "公务接待费",
    ]  # fmt: skip


def test_blanks_are_no_amounts_and_zeros_are() -> None:
    table = draw_table(
        EXPENDITURE, ONE_CODE, ["205", "教育", "0.00", "—"], ["206", "科技", "", "0"]
    )
    assert [printed(row) for row in table.rows] == [["0.00"], ["0"]]
    assert roles(table)[1] == ["code", "name", "amount", "blank"]


def test_roles_of_cells() -> None:
    table = draw_table(
        EXPENDITURE,
        ["序号", "科目编码", "科目名称", "合计"],
        ["栏次", "", "", "1"],
        ["1", "205", "教育", "9.00"],
        ["2", "206", "科技", "见注"],
    )
    assert roles(table) == [
        ["header"] * 4,
        ["index", "blank", "blank", "index"],
        ["index", "code", "name", "amount"],
        ["index", "code", "name", "text"],
    ]


def test_a_page_number_inside_a_table_is_no_row() -> None:
    table = draw_table(
        "公开09表 “三公”经费支出表",
        ["合计", "因公出国（境）费", "公务接待费"],
        ["5.35", "0.00", "5.35"],
        [("第9页，共14页", 3)],
    )
    assert [printed(row) for row in table.rows] == [["5.35", "0.00", "5.35"]]


def test_wrapped_names_and_spaces_inside_of_them() -> None:
    table = draw_table(EXPENDITURE, ONE_CODE, ["205", "　教 育\n 支出", "9.00", "9.00"])
    assert labels(table) == ["教育支出"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_two_pages(repeated: bool) -> None:
    rest: list[Sequence[Printed]] = [["206", "科技", "1.00", "2.00"], ["", "合计", "3.00", "4.00"]]
    table = over_pages(
        EXPENDITURE,
        draw_grid(ONE_CODE, ["205", "教育", "5.00", "6.00"]),
        draw_grid(*([ONE_CODE] if repeated else []), *rest),
    )
    assert [(row.page_number, row.codes.function_code, printed(row)) for row in table.rows] == [
        (1, "205", ["5.00", "6.00"]),
        (2, "206", ["1.00", "2.00"]),
        (2, "", ["3.00", "4.00"]),
    ]
    assert [column.meaning.component for column, _ in table.rows[-1].amounts] == ["total", "basic"]
    assert [placed.row_no for placed in table.cells[::4]] == list(range(1, 6 if repeated else 5))


def test_a_class_code_is_not_carried_over_a_page() -> None:
    header: list[Printed] = [("科目编码", 3), "科目名称", "合计"]
    table = over_pages(
        EXPENDITURE,
        draw_grid(header, ["205", "", "", "教育", "8.00"], ["", "02", "", "普通", "7.00"]),
        draw_grid(["206", "", "", "科技", "6.00"], ["", "01", "", "管理", "5.00"]),
    )
    assert [row.codes.function_code for row in table.rows] == ["205", "20502", "206", "20601"]


def test_a_label_that_the_page_broke_is_whole_again() -> None:
    table = over_pages(
        SUMMARY,
        draw_grid(*TWO_BLOCKS, ["一、事业收入", "9.00", "一、文化旅游体育与", "8.00"]),
        draw_grid(["", "", "传媒支出", ""], ["", "", "二、外交支出", "1.00"]),
    )
    assert labels(table) == ["一、事业收入", "一、文化旅游体育与传媒支出", "二、外交支出"]
    assert [row.codes.function_code for row in table.rows] == ["", "207", "202"]


def test_a_label_without_figures_that_is_whole_is_joined_to_nothing() -> None:
    table = over_pages(
        SUMMARY,
        draw_grid(*TWO_BLOCKS, ["事业收入", "9.00", "教育支出", "8.00"]),
        draw_grid(["", "", "外交支出", ""], ["", "", "国防支出", "1.00"]),
    )
    assert labels(table) == ["事业收入", "教育支出", "外交支出", "国防支出"]


def test_a_continuation_with_other_columns_is_read_by_place() -> None:
    table = over_pages(
        EXPENDITURE,
        draw_grid(ONE_CODE, ["205", "教育", "5.00", "3.00"]),
        draw_grid(["合计", "7.00", "6.00"], shares=(2, 1, 1)),
    )
    assert [(column.meaning.component, cell.text) for column, cell in table.rows[-1].amounts] == [
        ("total", "7.00"),
        ("basic", "6.00"),
    ]
    assert table.rows[-1].row_kind == "total"


def test_rows_without_any_words_and_figures_are_left_out() -> None:
    table = draw_table(EXPENDITURE, ONE_CODE, ["", "", "", ""], ["205", "教育", "5.00", ""])
    assert labels(table) == ["教育"]


def test_a_label_over_the_code_columns_is_the_label() -> None:
    table = draw_table(
        EXPENDITURE,
        [("科目编码", 3), "科目名称", "合计"],
        [("一般公共服务", 3), "", "5.00"],
        ["205", "01", "", "教育", "4.00"],
    )
    assert labels(table) == ["一般公共服务", "教育"]


def test_labels_of_both_blocks_that_the_page_broke_are_whole_again() -> None:
    table = over_pages(
        SUMMARY,
        draw_grid(*TWO_BLOCKS, ["一、一般公", "9.00", "一、一般公", "8.00"]),
        draw_grid(
            *TWO_BLOCKS,
            ["共预算财政拨款收入", "", "共服务支出", ""],
            ["", "", "二、外交支出", "1.00"],
        ),
    )
    assert labels(table) == ["一、一般公共预算财政拨款收入", "一、一般公共服务支出", "二、外交支出"]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        pytest.param("行政事业单位养老支出", ["5", "", "", ""], id="the code alone"),
        pytest.param("行政事业单位", ["5", "养老支出", "", ""], id="code and label"),
    ],
)
def test_a_code_that_the_page_broke_is_whole_again(name: str, rest: list[str]) -> None:
    table = over_pages(
        EXPENDITURE,
        draw_grid(ONE_CODE, ["2080", name, "5.00", "3.00"]),
        draw_grid(rest, ["2080505", "养老保险缴费支出", "4.00", ""]),
    )
    assert labels(table) == ["行政事业单位养老支出", "养老保险缴费支出"]
    assert [row.codes.function_code for row in table.rows] == ["20805", "2080505"]


def test_a_row_without_figures_whose_code_completes_nothing_stays_a_row() -> None:
    table = over_pages(
        EXPENDITURE,
        draw_grid(ONE_CODE, ["20805", "行政事业单位养老支出", "5.00", "3.00"]),
        draw_grid(["20808", "抚恤", "", ""], ["2080801", "死亡抚恤", "4.00", ""]),
    )
    assert [row.codes.function_code for row in table.rows] == ["20805", "20808", "2080801"]


def test_a_class_that_spans_columns_of_another_table_is_one_code_with_the_rest() -> None:
    table = draw_table(
        "一般公共预算基本支出表",
        ["类", "款", "名称", ("类", 2), "款", "名称", "合计"],
        ["302", "11", "差旅费", ("505", 2), "02", "商品和服务支出", "8.00"],
    )
    [codes] = [row.codes for row in table.rows]
    assert codes.department_economic_code == "30211"
    assert codes.government_economic_code == "50502"

"""Text whose columns are aligned by spaces: every figure in its column, or in doubt."""

from __future__ import annotations

import pytest

from extract.page import Grid, Line
from extract.plain.aligned import read_aligned
from extract.plain.pieces import is_aligned, pieces_of_line


def grid_of(text: str) -> Grid:
    """The only grid of a text."""
    items, _, _ = read_aligned(text.split("\n"))
    (grid,) = [item for item in items if isinstance(item, Grid)]
    return grid


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of a grid by row and column, marked ? where in doubt."""
    return [
        [cell.text + ("?" if cell.doubt else "") for cell in row] for row in grid.by_row() if row
    ]


SUMMARY = """
            收入                              支出
    项目            金额           项目             金额

一、财政拨款收入       1,200.50  一、一般公共服务支出      900.00
二、事业收入             30.00   二、外交支出
                           三、文化旅游体育与传媒
                                                330.50
                           支出
    收入总计        1,230.50       支出总计         1,230.50
"""


def test_blanks_keep_their_columns() -> None:
    rows = rows_of(grid_of(SUMMARY))
    assert rows[2] == ["一、财政拨款收入", "1,200.50", "一、一般公共服务支出", "900.00"]
    assert rows[3] == ["二、事业收入", "30.00", "二、外交支出", ""]


def test_a_name_around_its_figure_is_put_together() -> None:
    rows = rows_of(grid_of(SUMMARY))
    assert rows[4] == ["", "", "三、文化旅游体育与传媒支出", "330.50"]
    assert rows[5] == ["收入总计", "1,230.50", "支出总计", "1,230.50"]


def at(*places: tuple[int, str]) -> str:
    """A line with texts that begin at columns."""
    line = ""
    for column, text in places:
        line += " " * (column - len(line)) + text
    return line


GROUPED = "\n".join(
    [
        at((10, "项目"), (44, "基本支出")),
        at((37, "合计"), (56, "公用"), (62, "项目支出")),
        at((1, "科目编码"), (15, "科目名称"), (42, "小计"), (48, "人员经费")),
        at((56, "经费")),
        at(
            (15, "合计"), (33, "100.00"), (41, "60.00"), (48, "50.00"), (55, "10.00"), (62, "40.00")
        ),
        at(
            (1, "20126"),
            (10, "档案事务"),
            (34, "60.00"),
            (41, "60.00"),
            (48, "50.00"),
            (55, "10.00"),
        ),
        at((1, "2012604"), (10, "档案馆"), (34, "40.00"), (62, "40.00")),
    ]
)


def test_groups_and_wrapped_header_words_are_read() -> None:
    rows = rows_of(grid_of(GROUPED))
    assert rows[0] == ["项目", "合计", "基本支出", "项目支出"]
    assert rows[1] == ["科目编码", "科目名称", "小计", "人员经费", "公用经费"]
    assert rows[3] == ["20126", "档案事务", "60.00", "60.00", "50.00", "10.00", ""]
    assert rows[4] == ["2012604", "档案馆", "40.00", "", "", "", "40.00"]


def test_a_figure_between_two_words_is_in_doubt() -> None:
    text = [
        at((1, "科目编码"), (12, "科目名称"), (25, "合计"), (33, "事业收入"), (41, "经营收入")),
        at((1, "20126"), (12, "档案事务"), (25, "70.00"), (37, "70.00")),
        at((1, "2012604"), (12, "档案馆"), (25, "30.00"), (37, "30.00")),
    ]
    rows = rows_of(grid_of("\n".join(text)))
    assert [cell for cell in rows[1] if "70.00" in cell] == ["70.00", "70.00?"]


def test_two_figures_in_one_place_are_in_doubt() -> None:
    text = """
项目      合计      基本支出
甲类项目    10.00     8.00
乙类项目    20.00    12.00  3.00
丙类项目       30.00 15.00
"""
    rows = rows_of(grid_of(text))
    figures = [cell for row in rows for cell in row if "." in cell]
    assert figures and all(cell.endswith("?") for cell in figures)


def test_the_next_page_goes_on_under_the_same_header() -> None:
    _, _, known = read_aligned(GROUPED.split("\n"))
    row = ((34, "25.00"), (41, "25.00"), (48, "20.00"), (55, "5.00"))
    more = [at((1, "20129"), (10, "群团事务"), *row), at((1, "2012901"), (10, "行政运行"), *row)]
    items, _, _ = read_aligned(more, known)
    (grid,) = [item for item in items if isinstance(item, Grid)]
    assert rows_of(grid)[0] == ["项目", "合计", "基本支出", "项目支出"]
    assert rows_of(grid)[2][:2] == ["20129", "群团事务"]


def test_titles_and_units_are_lines() -> None:
    text = "        2031年部门收支总表\n编制部门：临江市档案局      单位：万元\n" + SUMMARY
    items, _, _ = read_aligned(text.split("\n"))
    assert [item.text for item in items if isinstance(item, Line)][:2] == [
        "2031年部门收支总表",
        "编制部门：临江市档案局 单位：万元",
    ]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("164,978,640 一、一般公共服务支出", ["164,978,640", "一、一般公共服务支出"]),
        ("201 05 06  统计管理", ["201", "05", "06", "统计管理"]),
        ("2031 年预算数", ["2031 年预算数"]),
        ("11088. 87   3.00", ["11088. 87", "3.00"]),
        ("收        入   行次", ["收入", "行次"]),
        ("政府采购 2 批", ["政府采购 2 批"]),
    ],
)
def test_pieces(line: str, pieces: list[str]) -> None:
    found = pieces_of_line(line, 0, wide=False)
    assert [piece.text.replace("收        入", "收入") for piece in found] == pieces


def test_prose_is_not_aligned() -> None:
    assert is_aligned((GROUPED + "\n" + GROUPED).split("\n"))
    assert not is_aligned(["本年收入 1,200.50 万元，", "        一、概况", "支出 3.00 万元。"] * 9)


def test_a_figure_in_brackets_keeps_its_place_and_is_no_amount() -> None:
    text = [
        at((1, "科目编码"), (12, "科目名称"), (25, "合计"), (33, "基本支出"), (43, "项目支出")),
        at((1, "20126"), (12, "档案事务"), (25, "70.00"), (34, "50.00"), (44, "20.00")),
        at((1, "20129"), (12, "群团事务"), (24, "(12.00)"), (44, "△12.00")),
    ]
    rows = rows_of(grid_of("\n".join(text)))
    assert rows[2][2:] == ["(12.00)", "", "△12.00"]

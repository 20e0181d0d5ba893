"""Tables with single spaces: exploded headers, vanished blanks, wrapped names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.page import Grid, GridCell, Line
from extract.plain.layout import likely_layouts, split_words
from extract.plain.spaced import read_spaced

EXPENDITURE = [
    "项 目",
    "本年支出合计 基本支出 项目支出 上缴上级支出 经营支出",
    "",
    "对附属单位",
    "补助支出科目编码 科目名称",
    "",
    "栏 次 1 2 3 4 5 6",
]
GENERAL = ["项 目 本年支出", "科目编码 科目名称 小 计 基本支出 项目支出", "栏 次 1 2 3"]
NUMBERED = [
    "收 入 支 出",
    "项目",
    "行",
    "次",
    "金额 项目",
    "行",
    "次",
    "合计",
    "一般公共预",
    "算财政拨款",
    "政府性基金",
    "预算财政拨款",
    "国有资本经",
    "营预算财政拨款",
    "栏次 1 栏次 2 3 4 5",
]
BLOCKS = [
    "人员经费 公用经费",
    "科目编码 科目名称 金额 科目编码 科目名称 金额 科目编码 科目名称 金额",
]
TRIPLE = ["序号", "收入 支出", "项目 预算数 项目 预算数", "栏次 1 2 3 4"]
VEHICLES = [
    "预 算 数 决 算 数",
    "合计",
    "因公出国",
    "（境）费",
    "公务用车购置及运行维护费",
    "公务",
    "接待费",
    "合计",
    "因公出国",
    "（境）费",
    "公务用车购置及运行维护费",
    "公务",
    "接待费小计",
    "公务用车",
    "购置费",
    "公务用车",
    "运行维护费",
    "小计",
    "公务用车",
    "购置费",
    "公务用车",
    "运行维护费",
    "1 2 3 4 5 6 7 8 9 10 11 12",
]


def grids(*lines: str) -> list[Grid]:
    return [item for item in read_spaced(lines)[0] if isinstance(item, Grid)]


def body(grid: Grid, rows: int) -> list[list[GridCell]]:
    return grid.by_row()[-rows:]


def texts(row: list[GridCell]) -> list[str]:
    return [cell.text for cell in row]


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (
            "项目本年支出合计基本支出项目支出科目编码科目名称",
            "项目/科目编码 项目/科目名称 本年支出合计 基本支出 项目支出",
        ),
        (
            "序号支出功能分类科目合计基本支出项目支出科目编码科目名称小计人员经费公用经费",
            "序号 支出功能分类科目/科目编码 支出功能分类科目/科目名称 合计 基本支出/小计 "
            "基本支出/人员经费 基本支出/公用经费 项目支出",
        ),
        (
            "收入支出项目行次金额项目行次金额",
            "收入/项目 收入/行次 收入/金额 支出/项目 支出/行次 支出/金额",
        ),
    ],
)
def test_words_row_by_row_become_columns(words: str, paths: str) -> None:
    layout = likely_layouts(split_words(words) or [], None)[0]
    assert ["/".join(column.path) for column in layout] == paths.split()


def test_column_numbers_that_fit_no_reading_give_no_header() -> None:
    assert not likely_layouts(split_words("项目本年支出合计基本支出科目编码科目名称") or [], 5)


def test_a_header_with_an_unknown_word_is_left_as_lines() -> None:
    assert not grids("科目编码 科目名称 未知之词 合计 基本支出 项目支出", "205 教育支出 7.00 7.00")
    assert not grids(
        "功能分类 未知之词", "科目编码 科目名称 合计 基本支出", "205 教育支出 7.00 7.00"
    )
    assert not grids("基本支出", "未知之词", "科目编码 科目名称 合计", "205 教育支出 7.00")
    assert grids("未知之词", "科目编码 科目名称 合计", "205 教育支出 7.00")


def test_the_grid_has_its_blanks_back_where_sums_and_classes_agree() -> None:
    (grid,) = grids(
        *GENERAL,
        "合 计 10.00 6.00 4.00",
        "",
        "205 教育支出 6.00 6.00",
        "20501 教育管理事务 6.00 6.00",
        "2050101",
        "行政运",
        "行",
        "6.00 6.00",
        "206 科学技术支出 4.00 4.00",
        "注：本表为例。",
    )
    rows = body(grid, 5)
    assert texts(rows[0]) == ["", "合计", "10.00", "6.00", "4.00"]
    assert texts(rows[3]) == ["2050101", "行政运行", "6.00", "6.00", ""]
    assert texts(rows[4]) == ["206", "科学技术支出", "4.00", "", "4.00"]
    assert {cell.reading for cell in rows[3] if cell.text == "6.00"} == {"resolved"}
    assert not any(cell.doubt for cell in grid.cells)


def test_a_figure_that_two_columns_could_hold_is_in_doubt() -> None:
    (grid,) = grids(
        *GENERAL, "合 计 8.00 4.00 4.00", "205 教育支出 4.00 4.00", "206 科学技术支出 4.00 4.00"
    )
    for row in body(grid, 2):
        assert [cell.doubt for cell in row if cell.text == "4.00"] == ["", "ambiguous_column"]


def test_another_table_of_the_same_whole_tells_the_columns() -> None:
    lines = [
        *EXPENDITURE,
        "合 计 10.00 6.00 4.00",
        "205 教育支出 6.00 6.00",
        "206 科学技术支出 4.00 4.00",
    ]
    (alone,) = grids(*lines)
    assert any(cell.doubt for cell in alone.cells)
    first, _ = grids(*lines, "公开05表", *GENERAL, "合 计 10.00 6.00 4.00")
    assert texts(body(first, 3)[1]) == ["205", "教育支出", "6.00", "6.00", "", "", "", ""]
    assert texts(body(first, 3)[2]) == ["206", "科学技术支出", "4.00", "", "4.00", "", "", ""]
    assert not any(cell.doubt for cell in first.cells)


def test_line_numbers_part_the_sides_and_a_fund_without_income_has_no_figure() -> None:
    (grid,) = grids(
        *NUMBERED,
        "一、一般公共预算财政拨款 1 9.00 一、教育支出 8 9.00 9.00",
        "二、政府性基金预算财政拨款 2 二、国防支",
        "出",
        "9",
        "三、国有资本经营预算财政拨款 3 10",
        "总计 4 9.00 总计 11 9.00 9.00",
    )
    rows = body(grid, 4)
    assert texts(rows[0])[3:] == ["一、教育支出", "8", "9.00", "9.00", "", ""]
    assert texts(rows[1]) == [
        "二、政府性基金预算财政拨款",
        "2",
        "",
        "二、国防支出",
        "9",
        "",
        "",
        "",
        "",
    ]
    assert texts(rows[2])[4:] == ["10", "", "", "", ""]
    assert not any(cell.doubt for cell in grid.cells)


def test_a_lone_label_goes_to_the_side_on_which_its_number_goes_on() -> None:
    (grid,) = grids(
        *TRIPLE,
        "1 一、财政拨款收入 5.00 一、教育支出 2.00",
        "2 二、其他收入 0.00 二、国防支出 0.00",
        "3 三、预备费 3.00",
        "4 收入总计 5.00 支出总计 5.00",
    )
    rows = body(grid, 4)
    assert [cell.doubt for cell in rows[2] if cell.text == "3.00"] == ["ambiguous_column"]
    (longer,) = grids(
        *TRIPLE,
        "1 一、财政拨款收入 5.00 一、教育支出 2.00",
        "2 二、国防支出 0.00",
        "3 三、预备费 3.00",
    )
    assert texts(body(longer, 1)[0]) == ["3", "", "", "三、预备费", "3.00"]


def test_blocks_find_their_place_by_their_codes() -> None:
    (grid,) = grids(
        *BLOCKS,
        "301 工资福利支出 5.00 302 商品和服务支出 2.00 310 资本性支出",
        "30101 基本工资 5.00 30201 办公费",
        "30299 其他商品和服务支出 2.00",
        "399",
        "其他支",
        "出",
        "人员经费合计 5.00 公用经费合计 2.00",
        "注：本表为例。",
    )
    rows = body(grid, 5)
    assert texts(rows[2])[3:6] == ["30299", "其他商品和服务支出", "2.00"]
    assert texts(rows[3])[6:] == ["399", "其他支出", ""]
    assert [(cell.column, cell.text) for cell in rows[4] if cell.text] == [
        (0, "人员经费合计"),
        (2, "5.00"),
        (3, "公用经费合计"),
        (8, "2.00"),
    ]


def test_running_vehicles_is_told_from_buying_them_by_the_economic_classes() -> None:
    row = "5.00 2.00 2.00 3.00 5.00 2.00 2.00 3.00"
    (alone,) = grids(*VEHICLES, row)
    assert sum(bool(cell.doubt) for cell in alone.cells) == 2
    classes = [
        *BLOCKS,
        "301 工资福利支出 9.00 30231 公务用车运行维护费 2.00 31013 公务用车购置",
        "注：略。",
    ]
    _, known = grids(*classes, *VEHICLES, row)
    assert texts(body(known, 1)[0]) == ["5.00", "", "2.00", "", "2.00", "3.00"] * 2
    assert not any(cell.doubt for cell in known.cells)


def test_a_row_with_a_figure_too_many_puts_the_table_in_doubt() -> None:
    (grid,) = grids(*GENERAL, "205 教育支出 9.00 6.00 3.00", "206 科学技术支出 9.00 6.00 3.00 1.00")
    figures = [cell for cell in grid.cells if "." in cell.text]
    assert figures
    assert all(cell.doubt == "ambiguous_column" for cell in figures)


def test_columns_that_break_their_sums_are_not_trusted() -> None:
    (grid,) = grids(*GENERAL, "205 教育支出 1.00 6.00 3.00", "206 科学技术支出 2.00 7.00 3.00")
    assert all(cell.doubt for cell in grid.cells if "." in cell.text)


def test_a_repeated_header_continues_the_table_after_a_page() -> None:
    lines = [*GENERAL, "合 计 10.00 6.00 4.00", "205 教育支出 6.00 6.00", "- 7 -", *GENERAL]
    first, second = grids(*lines, "206 科学技术支出 4.00 4.00")
    assert texts(body(first, 1)[0]) == ["205", "教育支出", "6.00", "6.00", ""]
    assert texts(body(second, 1)[0]) == ["206", "科学技术支出", "4.00", "", "4.00"]


def test_a_unit_and_an_agency_glued_together_are_two_lines() -> None:
    items, _ = read_spaced(["金额单位：万元部门名称：甲市某局"])
    assert [item.text for item in items if isinstance(item, Line)] == [
        "金额单位：万元",
        "部门名称：甲市某局",
    ]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5),
    st.booleans(),
)
def test_a_placed_figure_is_always_in_its_own_column(
    parts: list[tuple[int, int]], wrapped: bool
) -> None:
    """Basic and project expenditure of some classes, blanks for zero, equal figures likely."""
    rows = [
        (f"2{at:02d}", f"类别{'甲乙丙丁戊'[at - 1]}支出", basic, project)
        for at, (basic, project) in enumerate(parts, 1)
    ]
    total = ("", "合计", sum(row[2] for row in rows), sum(row[3] for row in rows))
    lines = list(GENERAL)
    truth = []
    for code, name, basic, project in [total, *rows]:
        figures = [f"{value}.00" if value else "" for value in (basic + project, basic, project)]
        shown = " ".join(text for text in figures if text)
        lines += (
            [code, name[:2], name[2:], shown] if wrapped and code else [f"{code} {name} {shown}"]
        )
        truth.append(figures)
    (grid,) = grids(*[line.strip() for line in lines])
    read = body(grid, len(truth))
    for row, figures in zip(read, truth, strict=True):
        for cell, true in zip(row[2:], figures, strict=True):
            if not cell.doubt and cell.text:
                assert cell.text == true
    full = [row for row, figures in zip(read, truth, strict=True) if all(figures)]
    assert not any(cell.doubt for row in full for cell in row)


def test_a_figure_in_brackets_is_no_part_of_a_name() -> None:
    lines = [
        "科目编码 科目名称 合计 基本支出 项目支出",
        "20126 档案事务 70.00 50.00 20.00",
        "20129 群团事务 (12.00) 8.00 4.00",
    ]
    items, _ = read_spaced(lines)
    (grid,) = [item for item in items if isinstance(item, Grid)]
    row = {cell.column: cell for cell in grid.by_row()[2]}
    assert row[1].text == "群团事务"
    assert row[2].text == "(12.00)" and row[2].doubt


def test_more_blocks_on_a_line_than_the_table_has_are_in_doubt() -> None:
    lines = [
        "科目编码 科目名称 金额 科目编码 科目名称 金额",
        "301 工资福利支出 9.00 302 商品和服务支出 4.00",
        "30101 基本工资 9.00 30201 办公费 4.00 30202 印刷费 3.00",
    ]
    items, _ = read_spaced(lines)
    (grid,) = [item for item in items if isinstance(item, Grid)]
    figures = [cell for cell in grid.by_row()[2] if "." in cell.text]
    assert figures and all(cell.doubt for cell in figures)

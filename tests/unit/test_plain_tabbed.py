"""Tables with tabs: headers that recognition garbled, figures that it split or doubled."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.page import Grid, GridCell, Line
from extract.plain.tabbed import is_tabbed, read_tabbed

GENERAL = [
    "科目编码\t\t\t科目名称\t合计\t\t基本支出\t\t项目支出",
    "类\t款\t项\t\t\t小计\t人员支出\t日常公用支出\t",
]
FISCAL = [
    "收入\t\t\t支出\t\t\t",
    "\t\t\t\t预算数\t\t",
    "项目\t预算数\t项目\t总计\t一般公共预算\t政府性基金预 算\t国有资本经营 预算",
]
VEHICLES = [
    '"三公"经费合计\t因公出国\t\t公务用车购置及\t及运行费\t公务接待费',
    "\t(境)费\t小计\t公务用车购置费\t公务用车运行费\t",
]
INCOME = [
    "科目编码\t\t\t科目名称\t合计\t\t财政拨款\t(收入\tı\t财政专\t\t\t\t\t\t\t",
    "类\t款\t项\t\t\t小计\t一般公共预算收入\t政府性基金预算收入\t国有资本经营预算收入\t户管理资金收入\t"
    "事业收入\t事业单位经营收入\t其他收入\t上级补助收入\t附属单位上缴收入\t使用非财政拨款结余\t上年结转",
    "\t\t\t合计\t14.00\t9.00\t9.00\t\t\t\t\t\t5.00\t\t\t\t",
]
PROJECTS = [
    "\t\t\t\t财政\t[拨款\t财政专户管 单点次点\t使用非财政\t上年",
    "项目名称\t项目类型\t合计\t小计\t一般公共预 算\t政府性基金 国有资本经 预算 营预算\t"
    "理资金单位资金\t拨款结余\t结转",
]


def grids(*lines: str) -> list[Grid]:
    return [item for item in read_tabbed(lines)[0] if isinstance(item, Grid)]


def only(*lines: str) -> Grid:
    (grid,) = grids(*lines)
    return grid


def texts(row: Sequence[GridCell]) -> list[str]:
    return [cell.text for cell in row]


def path_of(grid: Grid, column: int) -> str:
    header = [
        cell
        for cell in grid.cells
        if cell.column <= column < cell.column + cell.column_span and cell.line_tops
    ]
    first = min(cell.row for cell in grid.cells if cell.text[:1].isdigit())
    return " / ".join(cell.text for cell in sorted(header, key=lambda c: c.row) if cell.row < first)


def test_every_place_of_a_grid_is_held_by_one_cell() -> None:
    grid = only(*GENERAL, "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00")
    held = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(held) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


def test_groups_lie_over_their_columns() -> None:
    grid = only(*GENERAL, "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00")
    assert path_of(grid, 6) == "基本支出 / 人员支出"
    assert path_of(grid, 8) == "项目支出"


def test_a_garbled_word_gets_the_word_of_its_place() -> None:
    header = [GENERAL[0].replace("合计", "ци"), GENERAL[1].replace("人员支出", "人 员 の 出")]
    grid = only(*header, "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00")
    assert path_of(grid, 4) == "合计"
    assert path_of(grid, 6) == "基本支出 / 人员支出"
    assert {cell.text for cell in grid.cells if cell.reading == "resolved"} == {"合计", "人员支出"}


def test_a_clean_word_that_the_shape_does_not_know_stays() -> None:
    header = [GENERAL[0].replace("项目支出", "捐赠收入"), GENERAL[1]]
    grid = only(*header, "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00")
    assert "捐赠收入" in path_of(grid, 8)
    assert "项目支出" not in path_of(grid, 8)


def test_a_figure_in_the_header_is_a_line_and_its_column_the_total() -> None:
    header = [GENERAL[0].replace("合计", "214710.41"), GENERAL[1]]
    items, _ = read_tabbed([*header, "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00"])
    assert [item.text for item in items if isinstance(item, Line)] == ["214710.41"]
    (grid,) = (item for item in items if isinstance(item, Grid))
    assert path_of(grid, 4) == "合计"


def test_a_misread_unit_row_is_a_line_above_the_grid() -> None:
    items, _ = read_tabbed(
        [
            "\t\t\t里型: 刀兀",
            "收入\t\t支出\t",
            "项目\t预算数\t项目\t预算数",
            "一、财政拨款\t1.00\t一、教育支出\t1.00",
        ]
    )
    assert isinstance(items[0], Line)
    assert items[0].text == "里型: 刀兀"


def test_a_doubled_edge_character_is_no_figure() -> None:
    grid = only(*FISCAL, "一、一般公共预算收入\t46.37\t一、教育支出\t46. 37\t46. 37\t7\t")
    row = grid.by_row()[-1]
    assert texts(row)[3:] == ["46. 37", "46.37", "", ""]
    assert row[4].reading == "resolved"


def test_a_split_figure_is_joined_where_the_sums_allow_one_reading() -> None:
    grid = only(*VEHICLES, "2. 90\t\t1. 3\t30\t1. 30\t1.60")
    assert texts(grid.by_row()[-1]) == ["2. 90", "", "1.30", "", "1. 30", "1.60"]


def test_a_split_figure_that_fits_no_sum_keeps_its_pieces_in_doubt() -> None:
    row = only(*VEHICLES, "9. 99\t\t1. 3\t30\t1. 30\t1.60").by_row()[-1]
    assert [cell.doubt for cell in row[2:4]] == ["split_figure", "split_figure"]
    assert texts(row)[2:4] == ["1. 3", "30"]


def test_a_figure_with_a_stray_mark_covers_its_column_and_the_next() -> None:
    row = only(*VEHICLES, "0.00\t0.00\t0.00\t0.00\t0.00\t0.00", "2. 20\t\t1.00)\t1.00\t1.20")
    assert texts(row.by_row()[-1]) == ["2. 20", "", "1.00", "", "1.00", "1.20"]


def test_a_short_row_without_evidence_is_in_doubt() -> None:
    grid = only(*FISCAL, "甲\t1.00\t一、教育支出\t3.00\t3.00\t\t", "乙\t1.00\t二、国防支出\t3.00")
    doubts = [cell.doubt for cell in grid.by_row()[-1] if cell.text == "3.00"]
    assert doubts == ["ambiguous_column"]


def test_a_figure_of_two_columns_in_one_goes_where_the_document_has_money() -> None:
    body = "合计\t\t14.00\t9.00\t9.00\t\t5.00\t\t"
    alone = only(*PROJECTS, body).by_row()[-1]
    assert [cell.doubt for cell in alone if cell.text == "5.00"] == ["ambiguous_column"]
    grid = grids(*INCOME, "", *PROJECTS, body)[1]
    (cell,) = (cell for cell in grid.by_row()[-1] if cell.text == "5.00")
    assert (cell.doubt, cell.reading) == ("", "resolved")
    assert path_of(
        grids(*INCOME, "", *PROJECTS, body, "1\t\t1.00\t1.00\t\t\t\t\t")[1], cell.column
    ) == ("单位资金")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 99999), min_size=3, max_size=3),
    st.sampled_from(["clean", "spaces", "echo", "split"]),
)
def test_noise_never_moves_a_figure_to_another_column(parts: list[int], noise: str) -> None:
    personnel, operating, project = (value / 100 for value in parts)
    basic = (parts[0] + parts[1]) / 100
    total = sum(parts) / 100
    figures = [f"{value:.2f}" for value in (total, basic, personnel, operating, project)]
    printed = list(figures)
    if noise == "spaces":
        printed = [text.replace(".", ". ") for text in figures]
    if noise in ("echo", "split"):
        printed[0] = figures[0] = printed[1]
        printed[4], figures[4] = figures[3][-1], ""
    if noise == "split":
        printed[3], printed[4] = figures[3][:-1], figures[3][-2:]
    row = only(*GENERAL, "205\t01\t02\t小学\t" + "\t".join(printed)).by_row()[-1][4:]
    for cell, true in zip(row, figures, strict=True):
        if not cell.doubt:
            assert cell.text.replace(" ", "") == true


def test_a_row_with_a_blank_too_many_is_narrowed_where_the_sums_allow_one_row() -> None:
    full = "205\t01\t02\t小学\t7.00\t4.00\t3.00\t1.00\t3.00"
    shifted = "205\t01\t03\t初中\t7.00\t4.00\t\t3.00\t1.00\t3.00"
    grid = only(*GENERAL, full, full, shifted)
    assert texts(grid.by_row()[-1])[4:] == ["7.00", "4.00", "3.00", "1.00", "3.00"]
    whole = "一、财政拨款\t1.00\t一、教育支出\t3.00\t3.00\t\t"
    unsure = only(*FISCAL, whole, whole, "二、其他\t1.00\t二、国防支出\t3.00\t\t3.00\t\t")
    doubts = [cell.doubt for cell in unsure.by_row()[-1] if cell.text == "3.00"]
    assert doubts == ["ambiguous_column", "ambiguous_column"]


def test_a_damaged_row_that_breaks_its_sums_is_in_doubt_and_a_clean_one_stands() -> None:
    damaged = only(*GENERAL, "205\t01\t02\t小学\t9.00\t4.00)\t3.00\t1.00\t3.00").by_row()[-1]
    assert all(cell.doubt for cell in damaged if "." in cell.text)
    clean = only(*GENERAL, "205\t01\t02\t小学\t9.00\t4.00\t3.00\t1.00\t3.00").by_row()[-1]
    assert not any(cell.doubt for cell in clean)


def test_a_stray_tab_in_prose_is_a_line() -> None:
    items, _ = read_tabbed(["甲局说明：\t本年支出有所增加。", "", *VEHICLES, "1.00\t\t\t\t\t1.00"])
    assert isinstance(items[0], Line)
    assert items[0].text == "甲局说明： 本年支出有所增加。"
    assert not is_tabbed(["甲\t乙", "丙\t丁", *["没有表格的一行"] * 200])

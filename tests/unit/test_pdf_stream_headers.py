"""Headers of tables without rulings: what is one cell, and which columns it is over."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.header import header_paths
from extract.page import Grid
from extract.sheet import Part
from tests.unit.pdf_drawing import Sheet, read_drawn, texts

RIGHTS = (260, 330, 400, 470, 540)
"""Where the figures of five columns end."""


def _middle(sheet: Sheet, x: float, y: float, text: str) -> None:
    """Write Chinese words of nine points around ``x``."""
    sheet.text(x - 4.5 * len(text), y, text)


def _rows(sheet: Sheet, top: float, rows: Sequence[Sequence[str]], step: float = 20) -> None:
    for number, (code, name, *figures) in enumerate(rows):
        y = top + step * number
        sheet.text(44, y, code)
        sheet.text(104, y, name)
        for x, figure in zip(RIGHTS, figures, strict=False):
            sheet.right(x, y, figure)


ROWS = (
    ("", "合计", "1,588.60", "1,288.60", "1,100.00", "188.60", "300.00"),
    ("20103", "政府办公", "1,500.50", "1,200.50", "1,100.00", "100.50", "300.00"),
    ("20805", "养老", "88.10", "88.10", "", "88.10", ""),
)


def _grid(path: Path, draw: Callable[[Sheet], None]) -> Grid:
    (grid,) = read_drawn(path / "a.pdf", draw).grids()
    assert grid.origin == "stream"
    return grid


def _paths(grid: Grid, count: int) -> list[str]:
    rows = tuple(tuple(row) for row in grid.by_row())
    part = Part(1, grid.columns, rows, 0, grid)
    return [" / ".join(path) for path in header_paths(part, count)]


def _doubts(grid: Grid) -> set[str]:
    return {cell.doubt for cell in grid.cells}


def _two_rows(sheet: Sheet, *, group: str = "基本支出") -> None:
    sheet.text(420, 30, "单位：万元")
    for x, word in ((62, "科目编码"), (130, "科目名称"), (228, "合计"), (508, "项目支出")):
        _middle(sheet, x, 66, word)
    _middle(sheet, 368, 56, group)
    for x, word in ((298, "小计"), (368, "人员经费"), (438, "公用经费")):
        _middle(sheet, x, 76, word)


def test_a_group_is_over_the_columns_that_it_is_centred_over(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _two_rows(sheet)
        _rows(sheet, 106, ROWS)

    grid = _grid(tmp_path, draw)

    assert _paths(grid, 2) == [
        "科目编码",
        "科目名称",
        "合计",
        "基本支出 / 小计",
        "基本支出 / 人员经费",
        "基本支出 / 公用经费",
        "项目支出",
    ]
    assert [row[2:] for row in texts(grid)[2:]] == [list(row[2:]) for row in ROWS]
    assert _doubts(grid) == {""}


def test_columns_below_a_group_that_is_not_there_are_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _two_rows(sheet, group="")
        sheet.text(330, 56, "")
        _middle(sheet, 62, 56, "功能分类")
        _rows(sheet, 106, ROWS)

    assert _doubts(_grid(tmp_path, draw)) != {""}


def test_a_wrapped_header_word_is_one_cell(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 30, "单位：万元")
        for x, word in ((62, "科目编码"), (130, "科目名称"), (228, "合计")):
            _middle(sheet, x, 66, word)
        wrapped = ((298, "财政拨", "款收入"), (368, "事业", "收入"), (438, "上级补", "助收入"))
        for x, first, second in (*wrapped, (508, "其他", "收入")):
            _middle(sheet, x, 60, first)
            _middle(sheet, x, 72, second)
        _rows(sheet, 106, ROWS)

    grid = _grid(tmp_path, draw)

    assert texts(grid)[0][2:] == ["合计", "财政拨款收入", "事业收入", "上级补助收入", "其他收入"]
    assert grid.rows == 4
    assert _doubts(grid) == {""}


def test_header_words_that_stand_beside_their_figures_are_paired_in_order(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 30, "单位：万元")
        for x, word in ((85, "科目编码"), (220, "科目名称"), (330, "金额"), (470, "结转")):
            _middle(sheet, x, 66, word)
        for number, (code, figure) in enumerate((("20103", "8.50"), ("20805", "7.10"))):
            y = 96 + 20 * number
            sheet.text(44, y, code)
            sheet.text(140, y, "某项支出")
            sheet.right(398, y, figure)
        sheet.text(140, 136, "合计")
        sheet.right(398, 136, "15.60")

    grid = _grid(tmp_path, draw)

    assert texts(grid) == [
        ["科目编码", "科目名称", "金额", "结转"],
        ["20103", "某项支出", "8.50", ""],
        ["20805", "某项支出", "7.10", ""],
        ["", "合计", "15.60", ""],
    ]
    assert _doubts(grid) == {""}


def test_a_row_that_counts_columns_is_header(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _two_rows(sheet)
        sheet.text(54, 96, "栏次")
        for number, x in enumerate((228, 298, 368, 438, 508), 1):
            sheet.text(x, 96, str(number))
        _rows(sheet, 120, ROWS)

    grid = _grid(tmp_path, draw)

    assert texts(grid)[2] == ["栏次", "", "1", "2", "3", "4", "5"]
    assert [row[2:] for row in texts(grid)[3:]] == [list(row[2:]) for row in ROWS]


@pytest.mark.parametrize("unit", ["单位：万元", ""])
def test_one_row_of_figures_is_a_table_below_a_unit_only(tmp_path: Path, unit: str) -> None:
    def draw(sheet: Sheet) -> None:
        if unit:
            sheet.text(420, 40, unit)
        for x, word in ((228, "合计"), (298, "会议费"), (368, "培训费")):
            _middle(sheet, x, 60, word)
        for x, figure in zip(RIGHTS, ("9.50", "6.00", "3.50"), strict=False):
            sheet.right(x - 10, 82, figure)

    page = read_drawn(tmp_path / "a.pdf", draw)
    found = [texts(grid) for grid in page.grids()]

    assert found == ([[["合计", "会议费", "培训费"], ["9.50", "6.00", "3.50"]]] if unit else [])


def test_a_word_set_wide_is_one_word(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _two_rows(sheet)
        _rows(sheet, 106, ROWS[1:])
        sheet.text(62, 146, "合")
        sheet.text(110, 146, "计")
        sheet.right(RIGHTS[0], 146, "1,588.60")

    grid = _grid(tmp_path, draw)

    assert texts(grid)[-1][0].replace(" ", "") == "合计"
    assert grid.by_row()[-1][0].column_span == 2

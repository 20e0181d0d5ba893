"""Names and numbers of contact persons in forms, wherever the form puts them."""

import re

import pytest

from extract.page import Grid, Page
from extract.personal import MARK, hide_personal_data
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import draw_grid, draw_page


def hidden(*rows: list[str | tuple[str, int] | tuple[str, int, int]]) -> list[list[str]]:
    page = hide_personal_data(draw_page(draw_grid(*rows)), load_vocabulary())
    grid = next(page.grids())
    return [[cell.text for cell in row] for row in grid.by_row()]


def test_beside_the_label() -> None:
    rows = hidden(
        ["项目负责人", "钱七", "联系电话", "85550101"], ["实施单位", "档案馆", "金额", "5"]
    )
    assert rows == [["项目负责人", MARK, "联系电话", MARK], ["实施单位", "档案馆", "金额", "5"]]


def test_below_the_label() -> None:
    rows = hidden(
        ["序号", "项目名称", "联系人", "联系电话", "金额"],
        ["1", "档案数字化", "钱七", "13800001111", "100.00"],
        ["2", "库房维修", "赵小六", "85550102", "50.00"],
    )
    assert [row[2:4] for row in rows[1:]] == [[MARK, MARK], [MARK, MARK]]
    assert [row[1] for row in rows] == ["项目名称", "档案数字化", "库房维修"]
    assert [row[4] for row in rows] == ["金额", "100.00", "50.00"]


def test_a_label_below_a_label_is_no_person() -> None:
    rows = hidden(["负责人", "", "联系电话", ""], ["项目名称", "库房维修", "实施单位", "档案馆"])
    assert rows[1] == ["项目名称", "库房维修", "实施单位", "档案馆"]


@pytest.mark.parametrize(
    "text",
    [
        "联系人：钱七 联系电话：85550101",
        "填报人：钱七\n联系电话：010-85550101",
        "电话：13800001111",
    ],
)
def test_label_and_value_in_one_cell_of_several_lines(text: str) -> None:
    ((first, *_),) = hidden([text, "档案馆"])
    assert MARK in first
    assert not re.search(r"[0-9]{7,11}|钱七", first)


@pytest.mark.parametrize(
    "row",
    [
        ["联系电话", "", "8555", "0101"],
        ["电", "话", "8555", "0101"],
        ["电 [·]", "话", "85550101", ""],
        ["联系电话", "", "0101", "30.5"],
    ],
)
def test_a_number_that_text_tore_over_cells(row: list[str]) -> None:
    (texts,) = hidden(list(row))
    assert not re.search(r"8555|0101", "".join(texts))
    if row[-1] == "30.5":
        assert texts[-1] == "30.5"


def test_amounts_beside_other_labels_stay() -> None:
    ((_, *rest),) = hidden(["年度资金总额", "13800001111", "其他资金", "85550101"])
    assert rest == ["13800001111", "其他资金", "85550101"]


def test_the_words_of_the_page_are_masked_too() -> None:
    page = draw_page(draw_grid(["联系电话", "85550101"]))
    assert any(word.text == "85550101" for word in page.words)
    masked: Page = hide_personal_data(page, load_vocabulary())
    assert not any("8555" in word.text for word in masked.words)
    assert isinstance(next(masked.grids()), Grid)

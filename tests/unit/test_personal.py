"""Names and telephone numbers of contact persons stop at the reader."""

from __future__ import annotations

import pytest

from extract.page import Box, Grid, GridCell, Line, Page, Word
from extract.personal import MARK, hide_personal_data
from extract.vocabulary import load_vocabulary

BOX = Box(0, 0, 1, 1)


def _page(*items: Line | Grid, words: tuple[str, ...] = ()) -> Page:
    return Page(1, 100, 100, "lattice", items, tuple(Word(text, BOX) for text in words))


def _hidden(page: Page) -> Page:
    return hide_personal_data(page, load_vocabulary())


def _grid(*texts: str) -> Grid:
    cells = tuple(GridCell(0, column, 1, 1, (text,)) for column, text in enumerate(texts))
    return Grid(1, len(texts), cells)


def test_neighbours_of_labels_are_masked_in_a_form() -> None:
    page = _hidden(
        _page(_grid("项目负责人", "张三丰", "联系电话", "0532-85551234", "预算数", "800.00"))
    )
    assert [cell.text for cell in next(page.grids()).cells] == [
        "项目负责人",
        MARK,
        "联系电话",
        MARK,
        "预算数",
        "800.00",
    ]


def test_what_follows_a_label_in_a_line_is_masked() -> None:
    page = _hidden(_page(Line("填报人：李四 联系电话：13512345678 单位：万元", None)))
    assert next(page.lines()).text == f"填报人：{MARK} 联系电话：{MARK} 单位：万元"


def test_a_label_on_a_line_of_its_own_masks_the_next_line() -> None:
    page = _hidden(
        _page(Line("联系人/", None), Line("联系电话", None), Line("王五/85551234", None))
    )
    assert [line.text for line in page.lines()] == ["联系人/", "联系电话", MARK]


def test_masked_words_are_taken_out_of_the_page() -> None:
    page = _hidden(_page(_grid("联系电话", "85551234"), words=("联系电话", "85551234", "12.50")))
    assert [word.text for word in page.words] == ["联系电话", "12.50"]


@pytest.mark.parametrize(
    "text",
    ["（二）负责人员经费 1,234.00 万元", "电话费 3.20", "项目负责部门 某局", "12345678.90"],
)
def test_other_text_is_left_alone(text: str) -> None:
    page = _page(Line(text, None))
    assert _hidden(page) is page


def test_amounts_beside_a_telephone_fee_are_no_numbers() -> None:
    page = _page(_grid("邮电费", "85551234"))
    assert _hidden(page) is page


@pytest.mark.parametrize(
    ("label", "value", "recognised", "hidden"),
    [
        ("联系电话", "138O1234S67", True, True),
        ("联系电话", "138O1234S67", False, False),
        ("联系人", "王Z", True, True),
        ("联系人", "项目名称", True, False),
    ],
)
def test_a_sign_that_a_recogniser_misread_hides_no_less(
    label: str, value: str, recognised: bool, hidden: bool
) -> None:
    sure = 0.7 if recognised else None
    cells = tuple(
        GridCell(0, at, 1, 1, (text,), Box(at * 50.0, 0, at * 50.0 + 50, 20), confidence=sure)
        for at, text in enumerate((label, value, "预算数", "1.00"))
    )
    page = Page(1, 200, 20, "scan", (Grid(1, 4, cells),))
    [grid] = hide_personal_data(page, load_vocabulary()).grids()
    assert (grid.cells[1].text == MARK) is hidden

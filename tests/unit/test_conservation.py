"""Conservation: figures of words against figures of cells; what is left over has a name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import conservation
from extract.conservation import Balance, balance_page, figures_of, stray_figures
from extract.page import Box, Line, Page, Word
from tests.unit.printed_tables import draw_grid, draw_page, find_tables

HEADER = ["科目编码", "科目名称", "合计", "基本支出"]
PAGE = draw_page(
    "2031年部门支出总表",
    "单位：万元",
    draw_grid(HEADER, ["205", "教育", "9.01", "8.02"], ["206", "科技", "9.01", "—"]),
    "收入9.99万元。",
)


def balance(page: Page, words_of: Page | None = None) -> Balance:
    """The account of a page; its words may be those of another print of it."""
    cells = [placed for table in find_tables(page) for placed in table.cells]
    return balance_page(replace(page, words=words_of.words) if words_of else page, cells)


def with_word(text: str, column: int, row: int) -> Page:
    """The page with one more word over a place of its grid."""
    grid = next(PAGE.grids())
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (row, column))
    assert cell.box is not None
    return replace(PAGE, words=(*PAGE.words, Word(text, cell.box)))


def without_cell(row: int, column: int) -> Page:
    """The page whose grid lost the text of one cell; its words stay."""
    grid = next(PAGE.grids())
    cells = tuple(
        replace(cell, lines=()) if (cell.row, cell.column) == (row, column) else cell
        for cell in grid.cells
    )
    items = tuple(replace(grid, cells=cells) if item is grid else item for item in PAGE.items)
    return replace(PAGE, items=items)


def test_every_figure_of_a_table_page_is_in_a_cell() -> None:
    assert balance(PAGE) == Balance(1, True, 4, 3, 1, ())


def test_a_figure_that_the_cells_lost_is_left_over() -> None:
    found = balance(without_cell(1, 2))
    assert found.left_over == ("9.01",)
    assert (found.on_page, found.in_cells) == (4, 2)


def test_a_word_that_runs_over_cells_is_made_of_their_texts() -> None:
    grid = next(PAGE.grids())
    row = [cell for cell in grid.cells if cell.row == 1]
    assert row[2].box is not None and row[3].box is not None
    across = Box(row[2].box.x0, row[2].box.y0, row[3].box.x1, row[3].box.y1)
    rest = tuple(word for word in PAGE.words if word.text not in ("9.01", "8.02"))
    more = (Word("9.01", row[2].box),)  # of the row below, which prints it too
    joined = replace(PAGE, words=(*rest, *more, Word("9.018.02", across)))
    wrong = replace(PAGE, words=(*rest, *more, Word("9.018.03", across)))
    assert balance(joined).left_over == ()
    assert balance(wrong).left_over != ()


def test_a_figure_printed_twice_must_be_in_two_cells() -> None:
    assert balance(with_word("9.01", 2, 1)).left_over == ("9.01",)
    assert balance(with_word("7.77", 2, 1)).left_over == ("7.77",)


def test_codes_and_names_with_digits_are_no_figures() -> None:
    assert balance(with_word("20501", 0, 1)).left_over == ()
    assert balance(with_word("第3类", 1, 1)).left_over == ()


def test_a_figure_swallowed_by_a_header_is_left_over() -> None:
    assert balance(with_word("7.77", 3, 0)).left_over == ("7.77",)


def test_a_figure_in_two_words_is_there_by_its_words() -> None:
    words = tuple(
        piece
        for word in PAGE.words
        for piece in (
            [Word("8.", word.box), Word("02", word.box)] if word.text == "8.02" else [word]
        )
    )
    assert balance(replace(PAGE, words=words)).left_over == ()


def test_a_page_without_words_has_the_figures_of_its_cells_and_lines() -> None:
    assert balance(replace(PAGE, words=())) == Balance(1, True, 4, 3, 1, ())


def test_a_page_of_prose_is_no_table_page() -> None:
    page = Page(
        7, 600, 800, "prose", (Line("支出5.50万元，比上年增加1.20万元。", Box(0, 0, 9, 9)),)
    )
    assert balance_page(page, []) == Balance(7, False, 2, 0, 2, ())


def test_cells_of_other_pages_do_not_count() -> None:
    cells = [placed for table in find_tables(PAGE) for placed in table.cells]
    assert balance_page(draw_page("空", number=2), cells).in_cells == 0


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2031年收入预算为10,216.72万元，共3项。", ["10,216.72", "3"]),
        ("2031年3月5日", []),
        ("2030-2031年", []),
        ("5月1日起", []),
        ("第12页，共102页", []),
        ("- 23 -", []),
        ("公开03表", []),
        ("表5", []),
        ("附件2", []),
        ("（3）公务接待费2.50万元", ["2.50"]),
        ("1、公务接待费2.50万元", ["2.50"]),
        ("3.50万元", ["3.50"]),
        ("财发〔2031〕15号", []),
        ("减少-3.20万元", ["-3.20"]),
        ("１２．５０万元", ["12.50"]),
        ("没有", []),
    ],
)
def test_figures_of_prose(text: str, figures: list[str]) -> None:
    assert figures_of(text) == figures


@given(st.lists(st.decimals(min_value=100, max_value=10**9, places=2), min_size=1, max_size=6))
def test_whatever_a_table_prints_is_conserved(amounts: list[object]) -> None:
    rows = [["205", "教育", f"{amount:,}", ""] for amount in amounts]
    found = balance(draw_page("2031年部门支出总表", draw_grid(HEADER, *rows)))
    assert (found.in_cells, found.on_page, found.left_over) == (len(amounts), len(amounts), ())


@pytest.mark.parametrize(
    "text",
    [
        "支出合计 9.01",
        "2059999 其他教育支出 9.01",
        "9.01",
        "一、教育支出 1,009.01 二、科技支出 8.02",
    ],
)
def test_a_row_outside_of_any_grid_is_left_over(text: str) -> None:
    page = draw_page("说明", text, "收入9.99万元。")
    found = balance(page)
    assert found.left_over == tuple(sorted(word for word in text.split() if "." in word))
    assert (found.on_page, found.elsewhere) == (len(found.left_over) + 1, 1)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("教育支出 9.01", "万元，与上年相同。"),
        ("教育支出，安排 9.01", "其他支出"),
        ("教育支出 9.01 万元", ""),
        ("教育支出 3", ""),
        ("- 9 -", ""),
    ],
)
def test_prose_and_page_numbers_are_no_rows(text: str, below: str) -> None:
    assert stray_figures(text, below) == []


def test_a_text_has_rows_of_its_own_making() -> None:
    page = replace(draw_page("说明", "支出合计 9.01"), route="spaced")
    assert balance(page).left_over == ()


def test_a_page_that_is_very_high_has_no_more_bands_than_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[int] = []
    make = conservation._bands

    def count(*arguments: object) -> object:
        bands = make(*arguments)  # type: ignore[arg-type]
        found.append(len(bands))
        return bands

    monkeypatch.setattr(conservation, "_bands", count)
    grid = next(PAGE.grids())
    assert grid.box is not None
    scale = 1_000_000 / grid.box.y1

    def high(box: Box | None) -> Box | None:
        return Box(box.x0, box.y0 * scale, box.x1, box.y1 * scale) if box else None

    cells = tuple(replace(cell, box=high(cell.box)) for cell in grid.cells)
    items = tuple(
        replace(grid, cells=cells, box=high(grid.box)) if item is grid else item
        for item in PAGE.items
    )
    words = tuple(word._replace(box=high(word.box) or word.box) for word in PAGE.words)
    page = replace(PAGE, items=items, words=words, height=1_000_000.0)

    assert balance(page) == balance(PAGE)
    assert found[0] <= conservation.MOST_BANDS

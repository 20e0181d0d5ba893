"""Tables without upright rulings: read where columns are certain, in doubt where they are not."""

from pathlib import Path

import pytest

from extract.page import Grid, Page
from extract.pdf.reader import read_pdf
from tests.unit.pdf_drawing import Sheet, read_drawn, texts

ROWS = (
    ("2010301", "行政运行", "1,200.50", "1,200.50"),
    ("2010302", "一般行政管理事务", "300.00", ""),
    ("2080505", "养老保险缴费", "88.10", "88.10"),
    ("", "合计", "1,588.60", "1,288.60"),
)
HEAD = ("科目编码", "科目名称", "合计", "基本支出")


def _body(sheet: Sheet, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
    for number, row in enumerate(rows):
        y = 96 + 20 * number
        sheet.text(44, y, row[0])
        sheet.text(140, y, row[1])
        sheet.right(396, y, row[2])
        sheet.right(496, y, row[3])


def _head(sheet: Sheet) -> None:
    sheet.text(200, 30, "一般公共预算支出表")
    sheet.text(420, 46, "单位：万元")
    for x, word in zip((44, 140, 370, 460), HEAD, strict=True):
        sheet.text(x, 70, word)


def _plain(sheet: Sheet) -> None:
    _head(sheet)
    _body(sheet)


def _lined(sheet: Sheet) -> None:
    _plain(sheet)
    for y in (56, 78, 102, 122, 142, 162):
        sheet.line(40, y, 500, y)


def _framed(sheet: Sheet) -> None:
    _lined(sheet)
    for x in (40, 500):
        sheet.line(x, 56, x, 162)


@pytest.mark.parametrize("draw", [_plain, _lined, _framed])
def test_columns_are_told_by_the_white_space_between_them(tmp_path: Path, draw: object) -> None:
    page = read_drawn(tmp_path / "a.pdf", draw)  # type: ignore[arg-type]
    (grid,) = page.grids()

    assert page.route == grid.origin == "stream"
    assert texts(grid) == [list(HEAD), *(list(row) for row in ROWS)]
    assert {cell.doubt for cell in grid.cells} == {""}
    assert [line.text for line in page.lines()] == ["一般公共预算支出表", "单位：万元"]


def _doubts(grid: Grid) -> set[int]:
    return {cell.column for cell in grid.cells if cell.doubt == "ambiguous_column"}


def test_without_a_header_no_column_is_certain(tmp_path: Path) -> None:
    (grid,) = read_drawn(tmp_path / "a.pdf", _body).grids()

    assert _doubts(grid) == {0, 1, 2, 3}


def test_figures_that_do_not_line_up_may_be_two_columns(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _head(sheet)
        _body(sheet)
        sheet.text(44, 176, "2080506")
        sheet.text(140, 176, "职业年金")
        sheet.right(410, 176, "44.05")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert _doubts(grid) == {2}


def test_two_figures_of_a_row_in_one_column_make_all_columns_uncertain(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _head(sheet)
        _body(sheet)
        sheet.text(140, 176, "总计")
        sheet.right(396, 176, "10,001,588,888,888,888.60")
        sheet.right(290, 196, "1.60")
        sheet.right(396, 196, "1.60")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert _doubts(grid) == set(range(grid.columns))


def test_prose_and_contents_are_no_tables(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for number in range(6):
            sheet.text(44, 60 + 18 * number, f"第{number}部分  收支情况说明")
            sheet.right(500, 60 + 18 * number, str(number + 3))
        for number in range(4):
            sheet.text(44, 220 + 18 * number, f"收入 1,200.{number}0 万元，增 88.1{number} 万元。")

    assert list(read_drawn(tmp_path / "a.pdf", draw).grids()) == []


def _pages(path: Path, *rows: tuple[str, ...], head: bool) -> list[Page]:
    """A table over two pages: the second one holds ``rows``, below the header where it repeats."""
    sheet = Sheet(path)
    _plain(sheet)
    sheet.canvas.showPage()
    if head:
        for x, word in zip((44, 140, 370, 460), HEAD, strict=True):
            sheet.text(x, 70, word)
    _body(sheet, rows)
    return list(read_pdf(sheet.save()))


@pytest.mark.parametrize("head", [True, False])
def test_the_last_row_alone_on_its_page_goes_on_with_the_table(tmp_path: Path, head: bool) -> None:
    first, second = _pages(tmp_path / "a.pdf", ("2210201", "住房公积金", "7.07", "6.06"), head=head)
    (grid,) = second.grids()

    assert texts(grid)[-1] == ["2210201", "住房公积金", "7.07", "6.06"]
    assert {cell.doubt for cell in grid.cells} == {""}
    assert len(list(first.grids())) == 1


def test_a_row_that_stands_elsewhere_does_not_go_on(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    _plain(sheet)
    sheet.canvas.showPage()
    sheet.text(44, 96, "住房公积金")
    sheet.right(330, 96, "7.07")
    sheet.right(430, 96, "6.06")
    _, second = read_pdf(sheet.save())

    assert list(second.grids()) == []


def test_spaced_totals_below_each_other_are_rows_of_their_own(tmp_path: Path) -> None:
    """本 年 支 出 合 计 with a figure, 结转下年 without one: no label in two lines."""

    def draw(sheet: Sheet) -> None:
        _head(sheet)
        _body(sheet, ROWS[:3])
        sheet.text(140, 156, "本 年 支 出 合 计")
        sheet.right(396, 156, "1,588.60")
        sheet.text(140, 167, "结转下年")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert [row[1] for row in texts(grid)[-2:]] == ["本年支出合计", "结转下年"]


def test_two_labels_in_one_row_are_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _head(sheet)
        _body(sheet)
        sheet.text(140, 171, "外币收支差额")
        sheet.right(396, 176, "44.05")
        sheet.text(140, 181, "记账差额")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert {cell.doubt for cell in grid.cells if cell.text == "44.05"} == {"several_figures"}


@pytest.mark.parametrize(
    ("second", "doubts"), [("功能科目编码", {0, 1, 2, 3}), ("科目名称", set())]
)
def test_two_columns_of_codes_are_two_tables(tmp_path: Path, second: str, doubts: set[int]) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 46, "单位：万元")
        for x, word in zip((44, 140, 370, 460), ("功能科目编码", second, *HEAD[2:]), strict=True):
            sheet.text(x, 70, word)
        _body(sheet)

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert _doubts(grid) == doubts

"""Cells with several printed rows are cut where columns agree; wrapped figures stay whole."""

from pathlib import Path

import pytest

from extract.page import Grid
from tests.unit.pdf_drawing import Sheet, read_drawn, texts

XS = (40, 120, 300, 400, 500)
HEAD = ("科目编码", "科目名称", "合计", "基本支出")


def _head(sheet: Sheet) -> None:
    for x, word in zip(XS, HEAD, strict=False):
        sheet.text(x + 4, 62, word)


def _only(path: Path, draw: object) -> Grid:
    (grid,) = read_drawn(path, draw).grids()  # type: ignore[arg-type]
    return grid


def test_rows_without_rulings_between_them_are_cut(tmp_path: Path) -> None:
    rows = [
        ("2010301", "行政运行", "1,200.50", "1,200.50"),
        ("2010302", "一般行政管理事务", "300.00", ""),
        ("2080505", "养老保险缴费", "88.10", "88.10"),
    ]

    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 150))
        _head(sheet)
        for number, row in enumerate(rows):
            y = 88 + 22 * number
            sheet.text(44, y, row[0])
            sheet.text(124, y, row[1])
            sheet.right(396, y, row[2])
            sheet.right(496, y, row[3])

    grid = _only(tmp_path / "open.pdf", draw)

    assert texts(grid) == [list(HEAD), *(list(row) for row in rows)]
    assert all(not cell.doubt for cell in grid.cells)


def test_a_wrapped_name_stays_with_its_figure(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 160))
        _head(sheet)
        for y, code, lines, figure in (
            (84, "2080505", ("机关事业单位基本养老", "保险缴费支出"), "88.10"),
            (114, "2080506", ("机关事业单位职业年金", "缴费支出"), "44.05"),
        ):
            sheet.text(44, y, code)
            sheet.text(124, y, lines[0])
            sheet.text(124, y + 11, lines[1])
            sheet.right(396, y, figure)
            sheet.right(496, y, figure)

    assert texts(_only(tmp_path / "wrapped.pdf", draw))[1:] == [
        ["2080505", "机关事业单位基本养老保险缴费支出", "88.10", "88.10"],
        ["2080506", "机关事业单位职业年金缴费支出", "44.05", "44.05"],
    ]


def test_a_name_halfway_between_two_figures_leaves_the_row_whole(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 160))
        _head(sheet)
        for y in (84, 114):
            sheet.right(396, y, "88.10")
            sheet.right(496, y, "44.05")
        sheet.text(124, 84, "甲项目")
        sheet.text(124, 99, "乙项目")
        sheet.text(124, 114, "丙项目")

    grid = _only(tmp_path / "halfway.pdf", draw)

    assert grid.rows == 2
    assert [cell.lines for cell in grid.by_row()[1]][2:] == [("88.10", "88.10"), ("44.05", "44.05")]


def test_a_figure_wrapped_by_a_narrow_cell_is_one_figure(tmp_path: Path) -> None:
    xs = (40, 120, 300, 400, 448)

    def draw(sheet: Sheet) -> None:
        sheet.ruled(xs, (50, 70, 100, 120))
        _head(sheet)
        sheet.text(44, 88, "2010301")
        sheet.text(124, 88, "行政运行")
        sheet.right(396, 88, "1321471.41")
        sheet.right(444, 82, "1321471")
        sheet.right(444, 94, "0.41")
        sheet.right(396, 112, "5.41")
        sheet.right(444, 112, "5.41")

    grid = _only(tmp_path / "narrow.pdf", draw)

    assert [cell.lines for cell in grid.by_row()[1]][3] == ("13214710.41",)


def test_a_code_wrapped_by_a_narrow_column_is_one_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 96, 122))
        _head(sheet)
        for top, lines, figure in ((70, ("301", "01"), "88.10"), (96, ("301", "02"), "44.05")):
            sheet.text(44, top + 11, lines[0])
            sheet.text(44, top + 22, lines[1])
            sheet.text(124, top + 16, "基本工资")
            sheet.right(396, top + 16, figure)
            sheet.right(496, top + 16, figure)

    assert texts(_only(tmp_path / "code.pdf", draw))[1:] == [
        ["30101", "基本工资", "88.10", "88.10"],
        ["30102", "基本工资", "44.05", "44.05"],
    ]


@pytest.mark.parametrize(
    ("wide", "parts"),
    [
        pytest.param(20, ("2", "0", "8"), id="a class, digit by digit"),
        pytest.param(32, ("121", "001"), id="a unit"),
        pytest.param(66, ("4201072212", "1T00000010", "0"), id="a project"),
    ],
)
def test_digits_of_any_code_in_a_narrow_column_are_one_row(
    tmp_path: Path, wide: float, parts: tuple[str, ...]
) -> None:
    """The figures stand beside one of the lines; the name is wrapped as often."""

    def draw(sheet: Sheet) -> None:
        sheet.ruled((40, 40 + wide, 300, 400, 500), (50, 70, 120, 140))
        for x, word in zip((44, 124, 304, 404), HEAD, strict=True):
            sheet.text(x, 62, word)
        for number, part in enumerate(parts):
            sheet.text(45.5, 84 + 12 * number, part)
            sheet.text(124, 84 + 12 * number, "养老保险")
        sheet.right(396, 96, "1,200.50")
        sheet.right(496, 96, "300.25")

    rows = texts(_only(tmp_path / "narrow.pdf", draw))
    held = ["".join(text.split()) for text in rows[1]]
    assert held == ["".join(parts), "养老保险" * len(parts), "1,200.50", "300.25"]


def test_classes_of_two_rows_in_a_narrow_column_are_no_one_code(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled((40, 64, 300, 400, 500), (50, 70, 120, 140))
        for x, word in zip((44, 124, 304, 404), HEAD, strict=True):
            sheet.text(x, 62, word)
        for y, code, name in ((88, "201", "公共服务"), (108, "208", "社会保障")):
            sheet.text(43, y, code)
            sheet.text(124, y, name)
        sheet.right(396, 88, "1,200.50")
        sheet.right(496, 88, "300.25")

    grid = _only(tmp_path / "two.pdf", draw)
    assert grid.rows == 4 or _doubts(grid) == {"several_figures"}


def test_two_whole_figures_in_one_cell_are_never_joined(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled((40, 120, 300, 400, 448), (50, 70, 100, 120))
        _head(sheet)
        sheet.text(124, 88, "行政运行")
        sheet.right(396, 88, "300")
        sheet.right(444, 82, "1321471")
        sheet.right(444, 94, "8321472")
        sheet.right(444, 112, "541")

    grid = _only(tmp_path / "stacked.pdf", draw)

    assert [cell.lines for cell in grid.by_row()[1]][3] == ("1321471", "8321472")


def test_header_and_body_in_one_ruled_row_come_apart(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 150))
        _head(sheet)
        for y, code, figure in ((90, "2010301", "1.50"), (112, "2010302", "2.50")):
            sheet.text(44, y, code)
            sheet.text(124, y, "行政运行")
            sheet.right(396, y, figure)
            sheet.right(496, y, figure)

    assert texts(_only(tmp_path / "whole.pdf", draw)) == [
        list(HEAD),
        ["2010301", "行政运行", "1.50", "1.50"],
        ["2010302", "行政运行", "2.50", "2.50"],
    ]


def test_rows_beside_a_cell_that_is_not_ruled_like_them_are_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 120))
        sheet.line(300, 95, 500, 95)
        _head(sheet)
        for y, figure in ((84, "1.50"), (110, "2.50")):
            sheet.text(44, y, "20103")
            sheet.text(124, y, "行政运行")
            sheet.right(396, y, figure)

    grid = _only(tmp_path / "uneven.pdf", draw)

    assert [(cell.text, cell.doubt) for cell in grid.cells if cell.column == 2] == [
        ("合计", ""),
        ("1.50", "several_figures"),
        ("2.50", "several_figures"),
    ]


def _doubts(grid: Grid) -> set[str]:
    return {cell.doubt for cell in grid.cells if cell.text}


def test_a_table_that_lacks_an_upright_ruling_is_in_doubt(tmp_path: Path) -> None:
    for lacking in (False, True):

        def draw(sheet: Sheet, lacking: bool = lacking) -> None:
            sheet.ruled([x for x in XS if not (lacking and x == 300)], (50, 70, 90, 110))
            _head(sheet)
            for y, code, figure in ((84, "2010301", "1.50"), (104, "2010302", "2.50")):
                sheet.text(44, y, code)
                sheet.text(124, y, "行政运行")
                sheet.right(396, y, figure)
                sheet.right(496, y, figure)

        grid = _only(tmp_path / f"{lacking}.pdf", draw)

        assert _doubts(grid) == ({"ambiguous_column"} if lacking else {""})


def test_a_header_of_several_lines_without_a_ruling_below_is_in_doubt(tmp_path: Path) -> None:
    for lines in (1, 2):

        def draw(sheet: Sheet, lines: int = lines) -> None:
            sheet.ruled(XS, (40, 150))
            _head(sheet)
            if lines > 1:
                sheet.text(304, 50, "本年支出")
            for y, code, figure in ((90, "2010301", "1.50"), (112, "2010302", "2.50")):
                sheet.text(44, y, code)
                sheet.text(124, y, "行政运行")
                sheet.right(396, y, figure)
                sheet.right(496, y, figure)

        grid = _only(tmp_path / f"{lines}.pdf", draw)

        assert _doubts(grid) == ({""} if lines == 1 else {"ambiguous_column"})

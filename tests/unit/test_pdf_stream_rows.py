"""Rows of tables without rulings between them: wrapped names, lone labels, next pages."""

from collections.abc import Callable, Sequence
from pathlib import Path

from extract.page import Grid
from extract.pdf.reader import read_pdf
from tests.unit.pdf_drawing import Sheet, read_drawn, texts


def _head(sheet: Sheet, y: float = 60) -> None:
    sheet.text(420, y - 20, "单位：万元")
    for x, word in ((44, "科目编码"), (140, "科目名称"), (372, "合计"), (462, "基本支出")):
        sheet.text(x, y, word)


def _row(sheet: Sheet, y: float, code: str, names: Sequence[str], *figures: str) -> None:
    """A row whose name is centred on the line of its figures."""
    sheet.text(44, y, code)
    for number, name in enumerate(names):
        sheet.text(140, y + 11 * (number - (len(names) - 1) / 2), name)
    for x, figure in zip((396, 496), figures, strict=False):
        sheet.right(x, y, figure)


def _only(path: Path, draw: Callable[[Sheet], None]) -> Grid:
    (grid,) = read_drawn(path / "a.pdf", draw).grids()
    return grid


def _doubts(grid: Grid, row: int) -> set[str]:
    return {cell.doubt for cell in grid.by_row()[row] if cell.text}


def test_names_wrapped_around_their_figures(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _head(sheet)
        _row(sheet, 90, "", ["合计"], "9.50", "9.50")
        _row(sheet, 118, "20805", ["行政事业单位", "养老支出"], "4.50", "4.50")
        _row(sheet, 154, "20811", ["残疾人", "事业", "支出"], "5.00", "5.00")

    grid = _only(tmp_path, draw)

    assert texts(grid)[1:] == [
        ["", "合计", "9.50", "9.50"],
        ["20805", "行政事业单位养老支出", "4.50", "4.50"],
        ["20811", "残疾人事业支出", "5.00", "5.00"],
    ]
    assert all(_doubts(grid, row) == {""} for row in range(4))


def test_a_label_without_figures_is_a_row_of_its_own(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 40, "单位：万元")
        for x, word in ((80, "项目"), (372, "预算数")):
            sheet.text(x, 60, word)
        labels = ("一、财政拨款收入", "二、事业收入", "三、其他收入", "收入合计")
        for number, (label, figure) in enumerate(
            zip(labels, ("8.50", "", "1.00", "9.50"), strict=True)
        ):
            sheet.text(60, 90 + 20 * number, label)
            sheet.right(396, 90 + 20 * number, figure)

    assert texts(_only(tmp_path, draw))[1:] == [
        ["一、财政拨款收入", "8.50"],
        ["二、事业收入", ""],
        ["三、其他收入", "1.00"],
        ["收入合计", "9.50"],
    ]


def test_a_figure_close_to_a_name_is_a_word_of_its_own(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 40, "单位：万元")
        for x, word in ((80, "项目"), (200, "预算数"), (270, "项目"), (400, "预算数")):
            sheet.text(x, 60, word)
        for number, (left, right) in enumerate(
            (("一、甲收入", "一、甲支出"), ("二、乙收入", "二、乙支出"))
        ):
            y = 90 + 20 * number
            sheet.text(60, y, left)
            sheet.right(240, y, "1,200.50")
            sheet.text(243, y, right)
            sheet.right(440, y, "1,200.50")

    assert texts(_only(tmp_path, draw))[1:] == [
        ["一、甲收入", "1,200.50", "一、甲支出", "1,200.50"],
        ["二、乙收入", "1,200.50", "二、乙支出", "1,200.50"],
    ]


def test_a_label_that_may_stand_for_several_rows_leaves_them_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _head(sheet)
        for y, name in ((90, "甲项目"), (110, "乙项目"), (150, "丁项目")):
            sheet.text(140, y, name)
            sheet.right(396, y, "4.50")
            sheet.right(496, y, "4.50")
        sheet.text(44, 100, "某类")

    grid = _only(tmp_path, draw)
    by_name = {row[1].text: {cell.doubt for cell in row} for row in grid.by_row()}

    assert by_name["甲项目"] == by_name["乙项目"] == {"several_figures"}
    assert by_name["丁项目"] == {""}


def test_a_subtotal_whose_group_is_said_elsewhere_is_no_known_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(420, 40, "单位：万元")
        for x, word in ((156, "项目"), (372, "金额")):
            sheet.text(x, 60, word)
        for y, group, name, figure in (
            (90, "", "收入总计", "9.50"),
            (110, "", "小计", "8.50"),
            (130, "拨款", "公共财政拨款", "8.50"),
            (150, "其他资金", "小计", "1.00"),
        ):
            sheet.text(44, y, group)
            sheet.text(140, y, name)
            sheet.right(396, y, figure)

    grid = _only(tmp_path, draw)

    assert [_doubts(grid, row) for row in range(1, 5)] == [{""}, {"row_unknown"}, {""}, {""}]


def _two_pages(path: Path, right: float) -> list[Grid]:
    sheet = Sheet(path)
    _head(sheet)
    for y, code in ((90, "20103"), (110, "20104"), (130, "20105")):
        _row(sheet, y, code, ["行政运行"], "4.50", "4.50")
    sheet.canvas.showPage()
    _row(sheet, 60, "20106", ["机关服务"], "3.50", "3.50")
    sheet.text(44, 80, "20107")
    sheet.text(140, 80, "会议")
    sheet.right(396, 80, "3.50")
    sheet.right(right, 80, "3.50")
    return [grid for page in read_pdf(sheet.save()) for grid in page.grids()]


def test_a_page_without_header_has_the_columns_of_the_page_before(tmp_path: Path) -> None:
    _, after = _two_pages(tmp_path / "a.pdf", 496)

    assert texts(after) == [
        ["20106", "机关服务", "3.50", "3.50"],
        ["20107", "会议", "3.50", "3.50"],
    ]
    assert {cell.doubt for cell in after.cells} == {""}


def test_figures_between_the_columns_of_the_page_before_are_no_part_of_its_table(
    tmp_path: Path,
) -> None:
    found = _two_pages(tmp_path / "a.pdf", 434)

    assert all(cell.doubt for grid in found[1:] for cell in grid.cells if cell.text == "3.50")


XS = (40, 120, 300, 400, 500)


def _columns_only(sheet: Sheet, bottom: float) -> None:
    """A header in a box, and a body with upright rulings only."""
    sheet.ruled(XS, (40, 66))
    for x in XS:
        sheet.line(x, 66, x, bottom)
    sheet.line(XS[0], bottom, XS[-1], bottom)
    for x, word in zip(XS, ("科目编码", "科目名称", "合计", "基本支出"), strict=False):
        sheet.text(x + 4, 56, word)


def test_rows_without_rulings_between_them_are_cut_where_names_are_wrapped(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _columns_only(sheet, 150)
        for y, code, names, figure in (
            (84, "20103", ["政府办公"], "4.50"),
            (108, "20805", ["四、行政事业单位", "养老支出"], "4.00"),
            (136, "20811", ["残疾人", "事业支出"], "1.00"),
        ):
            sheet.text(44, y, code)
            for number, name in enumerate(names):
                sheet.text(140, y + 11 * (number - (len(names) - 1) / 2), name)
            for x in (396, 496):
                sheet.right(x, y, figure)

    grid = _only(tmp_path, draw)

    assert grid.origin == "lattice"
    assert texts(grid)[1:] == [
        ["20103", "政府办公", "4.50", "4.50"],
        ["20805", "四、行政事业单位养老支出", "4.00", "4.00"],
        ["20811", "残疾人事业支出", "1.00", "1.00"],
    ]


def test_a_label_over_two_columns_has_no_ruling_inside(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (40, 66))
        for x in XS:
            sheet.line(x, 66, x, 76 if x == 120 else 150)
        sheet.line(120, 96, 120, 150)
        sheet.line(XS[0], 150, XS[-1], 150)
        for x, word in zip(XS, ("科目编码", "科目名称", "合计", "基本支出"), strict=False):
            sheet.text(x + 4, 56, word)
        sheet.text(112, 88, "合计")
        for y, code, figure in ((112, "20103", "4.50"), (136, "20805", "4.00")):
            sheet.text(44, y, code)
            sheet.text(140, y, "某项支出")
            sheet.right(396, y, figure)
            sheet.right(496, y, figure)
        for x in (396, 496):
            sheet.right(x, 88, "8.50")

    grid = _only(tmp_path, draw)

    assert texts(grid)[1] == ["合计", "8.50", "8.50"]
    assert grid.by_row()[1][0].column_span == 2


def test_two_labels_on_one_line_without_figures(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _columns_only(sheet, 150)
        for y, figure in ((84, "4.50"), (128, "4.00")):
            sheet.text(140, y, "其中：甲")
            sheet.right(396, y, figure)
            sheet.right(496, y, figure)
        sheet.text(44, 106, "一、乙")
        sheet.text(140, 106, "二、丙")

    assert [row[:2] for row in texts(_only(tmp_path, draw))[2:3]] == [["一、乙", "二、丙"]]

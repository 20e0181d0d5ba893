"""Tables without upright rulings whose horizontal lines are drawn cell by cell."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from extract.page import Grid, GridCell
from tests.unit.pdf_drawing import Sheet, read_drawn, texts

XS = (50.0, 130.0, 250.0, 350.0, 450.0, 550.0)
HIGH = 20.0


def _borders(sheet: Sheet, y: float, ends: Sequence[float] = XS) -> None:
    """A line at one height, drawn in pieces."""
    for left, right in pairwise(ends):
        sheet.line(left, y, right, y)


def _centre(sheet: Sheet, left: float, right: float, y: float, text: str) -> None:
    wide = sum(9 if ord(one) > 127 else 5 for one in text)
    sheet.text((left + right - wide) / 2, y, text)


def _header(sheet: Sheet, top: float = 60.0) -> None:
    """Three cells over two rows, and a group over the last two columns."""
    _borders(sheet, top)
    _borders(sheet, top + HIGH, XS[3:])
    for left, right, word in zip(XS[:3], XS[1:4], ("科目编码", "科目名称", "合计"), strict=True):
        _centre(sheet, left, right, top + 23, word)
    _centre(sheet, XS[3], XS[5], top + 14, "其中本年支出")
    for left, right, word in zip(XS[3:5], XS[4:6], ("基本支出", "项目支出"), strict=True):
        _centre(sheet, left, right, top + 34, word)


def _row(sheet: Sheet, top: float, code: str, name: str, figures: Sequence[str]) -> None:
    _borders(sheet, top)
    sheet.text(XS[0] + 2, top + 14, code)
    sheet.text(XS[1] + 2, top + 14, name)
    for right, figure in zip(XS[3:], figures, strict=True):
        sheet.right(right - 2, top + 14, figure)


def _table(sheet: Sheet, top: float = 60.0) -> float:
    """A header and three rows; gives where it ends."""
    _header(sheet, top)
    _row(sheet, top + 40, "20103", "某项一般事务", ("7.50", "5.25", "2.25"))
    _row(sheet, top + 60, "2010301", "某项运行", ("5.25", "5.25", ""))
    _row(sheet, top + 80, "2010302", "某项管理事务", ("2.25", "", "2.25"))
    _borders(sheet, top + 100)
    return top + 100


def _only(grids: Sequence[Grid]) -> Grid:
    (grid,) = grids
    return grid


def _cell(grid: Grid, text: str) -> GridCell:
    return next(cell for cell in grid.cells if cell.text == text)


def test_ends_of_lines_are_the_borders_of_columns(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)

    grid = _only(list(read_drawn(tmp_path / "a.pdf", draw).grids()))

    assert grid.origin == "lattice"
    assert texts(grid)[2:] == [
        ["20103", "某项一般事务", "7.50", "5.25", "2.25"],
        ["2010301", "某项运行", "5.25", "5.25", ""],
        ["2010302", "某项管理事务", "2.25", "", "2.25"],
    ]
    group, code = _cell(grid, "其中本年支出"), _cell(grid, "科目编码")
    assert (group.column, group.column_span, group.row_span) == (3, 2, 1)
    assert (code.column, code.column_span, code.row_span) == (0, 1, 2)
    assert not any(cell.doubt for cell in grid.cells)


def test_lines_that_pass_above_and_below_are_one_cell(tmp_path: Path) -> None:
    """A group at the left of its columns: only the lines say how far it goes."""

    def draw(sheet: Sheet) -> None:
        end = _table(sheet)
        for y in (end, end + HIGH):
            sheet.line(XS[0], y, XS[3], y)
            sheet.line(XS[3], y, XS[5], y)
            _borders(sheet, y)
        sheet.text(XS[0] + 2, end + 14, "附注")
        sheet.text(XS[3] + 2, end + 14, "无")

    grid = _only(list(read_drawn(tmp_path / "a.pdf", draw).grids()))

    assert [(cell.text, cell.column, cell.column_span) for cell in grid.by_row()[-1]] == [
        ("附注", 0, 3),
        ("无", 3, 2),
    ]


def test_a_label_over_a_seam_is_one_cell(tmp_path: Path) -> None:
    """Set close, set with even spaces, and centred over columns of which one holds figures."""

    def draw(sheet: Sheet) -> None:
        end = _table(sheet)
        for number in range(4):
            _borders(sheet, end + number * HIGH)
        _centre(sheet, XS[0], XS[2], end + 14, "全部门支出合计")
        for place, letter in enumerate("本年合计"):
            sheet.text(103.5 + 20 * place, end + 34, letter)
        _centre(sheet, XS[0], XS[4], end + 54, "公用经费合计")
        for number in range(3):
            sheet.right(XS[5] - 2, end + 14 + number * HIGH, f"{number}.75")

    rows = _only(list(read_drawn(tmp_path / "a.pdf", draw).grids())).by_row()

    assert [(row[0].text.replace(" ", ""), row[0].column_span) for row in rows[-3:]] == [
        ("全部门支出合计", 2),
        ("本年合计", 2),
        ("公用经费合计", 4),
    ]
    assert [row[-1].text for row in rows[-3:]] == ["0.75", "1.75", "2.75"]


def test_a_figure_over_a_seam_leaves_the_table_to_the_white_space(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        end = _table(sheet)
        _borders(sheet, end + HIGH)
        sheet.right(XS[4] + 18, end + 14, "1,234.50")

    assert all(grid.origin != "lattice" for grid in read_drawn(tmp_path / "a.pdf", draw).grids())


def test_a_blank_header_cell_that_no_word_is_centred_over_is_no_column(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        _borders(sheet, 40)
        _centre(sheet, XS[0], XS[1], 54, "编码")
        sheet.text(XS[2] + 60, 54, "金额")

    assert all(grid.origin != "lattice" for grid in read_drawn(tmp_path / "a.pdf", draw).grids())


def test_one_row_alone_on_a_page_has_its_columns(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _row(sheet, 40, "2010303", "某项服务", ("3.50", "", "3.50"))
        _borders(sheet, 60)

    grid = _only(list(read_drawn(tmp_path / "a.pdf", draw).grids()))

    assert texts(grid) == [["2010303", "某项服务", "3.50", "", "3.50"]]


def test_a_title_parts_two_tables(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        end = _table(sheet, 40.0)
        _centre(sheet, XS[0], XS[-1], end + 15, "政府性基金支出表")
        _table(sheet, end + 30)

    grids = list(read_drawn(tmp_path / "a.pdf", draw).grids())

    assert [(grid.origin, grid.rows) for grid in grids] == [("lattice", 5), ("lattice", 5)]


def test_a_group_at_the_left_of_its_cells_is_not_taken_for_a_label(tmp_path: Path) -> None:
    """Header words that begin where the names below do: blank cells beside them are no row's."""

    def draw(sheet: Sheet) -> None:
        _borders(sheet, 60)
        _borders(sheet, 60 + HIGH, XS[2:])
        for x, word in zip(XS, ("编码", "名称", "支出"), strict=False):
            sheet.text(x + 2, 74, word)
        for x, word in zip(XS[2:], ("合计", "基本支出", "项目支出"), strict=False):
            sheet.text(x + 2, 94, word)
        for number, code in enumerate(("20103", "2010301", "2010302")):
            _row(sheet, 100 + number * HIGH, code, "某项支出", ("7.50", "5.25", "2.25"))
        _borders(sheet, 160)

    assert all(grid.origin != "lattice" for grid in read_drawn(tmp_path / "a.pdf", draw).grids())


def test_a_page_that_goes_on_with_labels_alone_has_no_header(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for number, name in enumerate(("　　其中结转", "　　另项结转")):
            _borders(sheet, 60 + number * HIGH)
            sheet.text(XS[0] + 4, 74 + number * HIGH, name)
        _row(sheet, 60 + 2 * HIGH, "收入总计", "", ("7.50", "5.25", "2.25"))
        _borders(sheet, 60 + 3 * HIGH)

    grid = _only(list(read_drawn(tmp_path / "a.pdf", draw).grids()))

    assert texts(grid) == [
        ["其中结转", "", "", "", ""],
        ["另项结转", "", "", "", ""],
        ["收入总计", "", "7.50", "5.25", "2.25"],
    ]


def test_a_page_that_goes_on_with_a_row_of_dashes_has_no_header(tmp_path: Path) -> None:
    """A label that is set in from the left, dashes, and a blank cell that is no header's."""

    def draw(sheet: Sheet) -> None:
        _borders(sheet, 40)
        sheet.text(XS[0] + 30, 54, "上年结转")
        for right in (XS[2], XS[4], XS[5]):
            sheet.right(right - 2, 54, "-")
        _borders(sheet, 60)
        _centre(sheet, XS[0], XS[1], 74, "收入总计")
        _centre(sheet, XS[2], XS[3], 74, "支出总计")
        for right, figure in zip((XS[2], XS[4], XS[5]), ("7.50", "5.25", "2.25"), strict=True):
            sheet.right(right - 2, 74, figure)
        _borders(sheet, 80)

    grid = _only(list(read_drawn(tmp_path / "o.pdf", draw).grids()))
    assert texts(grid) == [
        ["上年结转", "-", "", "-", "-"],
        ["收入总计", "7.50", "支出总计", "5.25", "2.25"],
    ]

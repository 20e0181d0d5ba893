"""Tables drawn in the many ways in which programs draw them give the same grid."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.pdf_drawing import Sheet, read_drawn, texts

XS, YS = (40, 200, 400, 560), (50, 70, 90, 110)
TABLE = [
    ["科目名称", "合计", "基本支出"],
    ["行政运行", "1,200.50", "88.10"],
    ["机关服务", "44.05", ""],
]


def _write(sheet: Sheet) -> None:
    for row, line in enumerate(TABLE):
        for x, text in zip(XS, line, strict=False):
            sheet.text(x + 4, 63 + 20 * row, text)


def _double(sheet: Sheet) -> None:
    sheet.ruled(XS, YS)
    sheet.ruled([x + 3.4 for x in XS], [y + 3.4 for y in YS])


def _dashed(sheet: Sheet) -> None:
    sheet.canvas.setDash(6, 6)
    sheet.ruled(XS, YS)


def _dashes_one_by_one(sheet: Sheet) -> None:
    for y in YS:
        for x in range(40, 560, 10):
            sheet.line(x, y, x + 5, y)
    for x in XS:
        for y in range(50, 110, 10):
            sheet.line(x, y, x, y + 5)


def _thick(sheet: Sheet) -> None:
    for x in XS:
        sheet.area(x - 2, YS[0], x + 2, YS[-1], 0)
    for y in YS:
        sheet.area(XS[0], y - 2, XS[-1], y + 2, 0)


def _no_outer_border(sheet: Sheet) -> None:
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    for y in YS[1:-1]:
        sheet.line(XS[0], y, XS[-1], y)


def _no_top_border(sheet: Sheet) -> None:
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    for y in YS[1:]:
        sheet.line(XS[0], y, XS[-1], y)


def _cell_by_cell(sheet: Sheet) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            sheet.canvas.rect(x0, sheet.high - y1, x1 - x0, y1 - y0)


def _inside_a_frame(sheet: Sheet) -> None:
    sheet.ruled((15, 585), (15, 385))
    sheet.ruled(XS, YS)


def _shaded_cells(sheet: Sheet) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            sheet.area(x0 + 0.7, y0 + 0.7, x1 - 0.7, y1 - 0.7, 0.85)


def _white_cells_on_dark_ground(sheet: Sheet) -> None:
    sheet.area(XS[0] - 1, YS[0] - 1, XS[-1] + 1, YS[-1] + 1, 0.3)
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            sheet.area(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5, 1)


def _white_fills_behind(sheet: Sheet) -> None:
    for x in range(40, 560, 20):
        sheet.area(x, 50, x + 18, 110, 1)
    sheet.ruled(XS, YS)


@pytest.mark.parametrize(
    "rule",
    [
        _double,
        _dashed,
        _dashes_one_by_one,
        _thick,
        _no_outer_border,
        _no_top_border,
        _cell_by_cell,
        _inside_a_frame,
        _shaded_cells,
        _white_cells_on_dark_ground,
        _white_fills_behind,
    ],
)
def test_the_grid_is_the_same(tmp_path: Path, rule: Callable[[Sheet], None]) -> None:
    def draw(sheet: Sheet) -> None:
        rule(sheet)
        sheet.canvas.setDash()
        _write(sheet)

    page = read_drawn(tmp_path / "a.pdf", draw)
    (grid,) = page.grids()

    assert [[text for text in row if text] for row in texts(grid) if any(row)] == [
        [text for text in row if text] for row in TABLE
    ]
    assert page.doubts == ()


def test_shaded_rows_alone_part_no_columns(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.area(XS[0], YS[0], XS[-1], YS[1], 0.6)
        sheet.area(XS[0], YS[2], XS[-1], YS[3], 0.9)
        _write(sheet)
        sheet.text(44, 123, "合计")
        sheet.text(204, 123, "1,244.55")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert (grid.origin, texts(grid)[:3]) == ("stream", TABLE)


def test_two_tables_one_below_the_other_are_two(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, YS)
        _write(sheet)
        sheet.canvas.translate(0, -100)
        sheet.ruled(XS, YS)
        _write(sheet)

    assert [texts(grid) for grid in read_drawn(tmp_path / "a.pdf", draw).grids()] == [TABLE, TABLE]

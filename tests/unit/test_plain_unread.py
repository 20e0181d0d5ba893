"""Rows under a header that is not understood are a table in doubt, not lines of text."""

from __future__ import annotations

from pathlib import Path

from extract.page import Grid
from extract.plain.reader import read_text

ROWS = [
    "档案馆修缮 12.00 12.00",
    "目录数字化 8.50 8.50",
    "库房设备 3.20 3.20",
]


def grids(tmp_path: Path, lines: list[str]) -> list[Grid]:
    """The grids of a text."""
    path = tmp_path / "text.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [grid for page in read_text(path) for grid in page.grids()]


def test_rows_below_a_title_are_kept_in_doubt(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, ["部门收入总表", "单位：万元", "事项名目 头一栏 次一栏", *ROWS])
    figures = [cell for cell in grid.cells if "." in cell.text]
    assert [cell.text for cell in figures[:2]] == ["12.00", "12.00"]
    assert {cell.doubt for cell in figures} == {"column_unknown"}


def test_a_title_far_above_goes_with_them(tmp_path: Path) -> None:
    header = [f"某{char}栏" for char in "甲乙丙丁戊己庚辛壬癸"]
    (grid,) = grids(tmp_path, ["部门收入总表", "单位：万元", *header, *ROWS])
    assert grid.by_row()[0][0].text == "部门收入总表"


def test_lines_without_a_title_or_unit_stay_lines(tmp_path: Path) -> None:
    assert grids(tmp_path, ["一、概况", *ROWS]) == []
    assert grids(tmp_path, ["部门收入总表", *ROWS]) == []

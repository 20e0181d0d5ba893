"""Titles below their tables: moved up where class codes show it, in doubt where not certain."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from extract.page import Grid, Line
from extract.plain.reader import read_text

FUNCTIONAL = [
    "科目编码 科目名称 合计 基本支出 项目支出",
    "201 一般公共服务支出 9.00 4.00 5.00",
    "20126 档案事务 9.00 4.00 5.00",
    "2012601 行政运行 9.00 4.00 5.00",
]
ECONOMIC = [
    "科目编码 科目名称 合计 人员经费 公用经费",
    "301 工资福利支出 3.00 3.00 0.00",
    "30101 基本工资 3.00 3.00 0.00",
    "302 商品和服务支出 1.00 0.00 1.00",
]


def read(tmp_path: Path, *parts: list[str]) -> list[Line | Grid]:
    """The items of a text."""
    path = tmp_path / "text.txt"
    path.write_text("\n".join(line for part in parts for line in part), encoding="utf-8")
    return [item for page in read_text(path) for item in page.items]


def headed(items: list[Line | Grid]) -> list[str]:
    """The line right above each grid."""
    return [
        before.text
        for before, item in pairwise(items)
        if isinstance(item, Grid) and isinstance(before, Line)
    ]


def doubts(items: list[Line | Grid]) -> set[str]:
    """The doubts of all figures."""
    grids = [item for item in items if isinstance(item, Grid)]
    return {cell.doubt for grid in grids for cell in grid.cells if "." in cell.text}


def test_titles_below_are_moved_up(tmp_path: Path) -> None:
    unit = ["单位：万元"]
    items = read(
        tmp_path, unit, FUNCTIONAL, ["部门支出总表"], unit, ECONOMIC, ["一般公共预算基本支出表"]
    )
    assert headed(items) == ["部门支出总表", "一般公共预算基本支出表"]
    assert doubts(items) == {""}


def test_titles_above_stay(tmp_path: Path) -> None:
    unit = ["单位：万元"]
    items = read(
        tmp_path, ["部门支出总表"], unit, FUNCTIONAL, ["一般公共预算基本支出表"], unit, ECONOMIC
    )
    assert headed(items) == ["单位：万元", "单位：万元"]
    assert doubts(items) == {""}


def test_a_table_without_a_certain_title_is_in_doubt(tmp_path: Path) -> None:
    items = read(tmp_path, ["一般公共预算基本支出表"], FUNCTIONAL, ["本页完"])
    assert doubts(items) == {"title_uncertain"}


def test_one_title_that_is_taken_for_another_leaves_the_other_tables(tmp_path: Path) -> None:
    items = read(
        tmp_path, ["部门支出总表"], FUNCTIONAL, ["一般公共预算支出表"], ECONOMIC, ["本页完"]
    )
    first, second = (item for item in items if isinstance(item, Grid))
    assert doubts([first]) == {""}
    assert doubts([second]) == {"title_uncertain"}

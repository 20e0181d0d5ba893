"""A table that a text holds twice is counted once, and in doubt where its prints differ."""

from __future__ import annotations

from pathlib import Path

from extract.page import Grid
from extract.plain.reader import read_text

TITLE = ["部门支出总表", "单位：万元"]
HEADER = ["科目编码 科目名称 合计 基本支出 项目支出"]
ROWS = [
    "205 教育支出 16.01 9.01 7.00",
    "20503 职业教育 16.01 9.01 7.00",
    "2050302 中等职业教育 16.01 9.01 7.00",
    "206 科学技术支出 5.50 3.25 2.25",
]
TABLE = [*TITLE, *HEADER, *ROWS]


def doubts(tmp_path: Path, lines: list[str]) -> list[set[str]]:
    """What doubts the figures of each grid of a text are in."""
    path = tmp_path / "text.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    grids: list[Grid] = [grid for page in read_text(path) for grid in page.grids()]
    return [{cell.doubt for cell in grid.cells if "." in cell.text} for grid in grids]


def test_the_second_print_of_a_table_is_in_doubt(tmp_path: Path) -> None:
    assert doubts(tmp_path, [*TABLE, *TABLE]) == [{""}, {"printed_again"}]


def test_both_prints_are_where_they_differ(tmp_path: Path) -> None:
    other = [line.replace("5.50 3.25", "5.75 3.50") for line in TABLE]
    assert doubts(tmp_path, [*TABLE, *other]) == [{"printed_again"}, {"printed_again"}]


def test_tables_of_two_agencies_are_two(tmp_path: Path) -> None:
    one = [TITLE[0], "部门：某市甲事务处", *TITLE[1:], *HEADER, *ROWS]
    two = [TITLE[0], "部门：某市乙事务处", *TITLE[1:], *HEADER, *ROWS]
    assert doubts(tmp_path, [*one, *two]) == [{""}, {""}]


def test_other_rows_under_the_same_title_go_on_with_it(tmp_path: Path) -> None:
    more = ["208 社会保障和就业支出 2.00 2.00", "210 卫生健康支出 3.00 3.00"]
    found = doubts(tmp_path, [*TABLE, *TITLE, *HEADER, *more])
    assert all("printed_again" not in grid for grid in found)


def test_other_titles_over_the_same_rows_are_other_tables(tmp_path: Path) -> None:
    other = ["财政拨款支出表", *TABLE[1:]]
    assert doubts(tmp_path, [*TABLE, *other]) == [{""}, {""}]

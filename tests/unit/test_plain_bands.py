"""Names that wrap around their figures, in one of several columns; groups of projects."""

from __future__ import annotations

from extract.plain.aligned import read_aligned

WIDTHS = (16, 16, 8, 12, 12, 12)


def line(*cells: str) -> str:
    """A line of the table, every cell at the left of its column."""
    return "".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)).rstrip()


PURCHASES = [
    line("功能科目编码及名称", "采购品目", "采购类别", "合计", "一般公共预算", "单位资金"),
    line("某区某某事务管理"),
    line("", "", "", "70.00", "60.00", "10.00"),
    line("中心本级小计"),
    line("[2050302]中等教育", "[A050]桌椅", "货物", "9.00", "9.00", "0.00"),
    line("", "[C160990"),
    line("[2050302]中等教育", "", "服务", "61.00", "51.00", "10.00"),
    line("", "0]运营服务"),
]

PROJECTS = [
    "项目编码          项目名称        项目单位      合计      一般公共预算    单位资金",
    "318          某区档案中心                    30.50      20.25     10.25",
    "33020531T0001  库房修缮         档案中心       10.25       5.00      5.25",
    "33020531T0002  目录整理         档案中心       20.25      15.25      5.00",
]


def rows(lines: list[str]) -> list[list[tuple[str, str]]]:
    """The texts of the rows of a text's only grid, each with its doubt."""
    items, _, _ = read_aligned(lines)
    (grid,) = [item for item in items if not hasattr(item, "text")]
    assert hasattr(grid, "by_row")
    return [[(cell.text, cell.doubt) for cell in row if cell.text] for row in grid.by_row()]


def test_a_name_that_wraps_in_one_column_belongs_to_the_row_that_lacks_it() -> None:
    found = rows(PURCHASES)
    assert [text for text, _ in found[-1]] == [
        "[2050302]中等教育",
        "[C160990 0]运营服务",
        "服务",
        "61.00",
        "51.00",
        "10.00",
    ]
    assert [text for text, _ in found[-2]][1] == "[A050]桌椅"
    assert {doubt for _, doubt in found[-1]} == {""}


def test_short_codes_beside_those_of_projects_are_groups() -> None:
    found = rows(PROJECTS)
    assert {doubt for text, doubt in found[-3] if "." in text} == {"row_unknown"}
    short = [PROJECTS[0], PROJECTS[1]]
    assert {doubt for text, doubt in rows(short)[-1] if "." in text} == {""}

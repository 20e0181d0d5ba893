"""Upright rulings that are missing: what may belong to two columns is in doubt."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.pdf_drawing import Sheet, read_drawn
from tests.unit.printed_tables import Printed, draw_grid, draw_page, find_table, records_of

Rows = list[Sequence[Printed]]
TITLE = "2031年部门支出总表"
HEAD: Rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
BODY: Rows = [
    ["205", "教育支出", "9.01", "8.02", "1.03"],
    ["20502", "普通教育", "7.04", "6.05", "1.06"],
    ["20503", "职业教育", "2.07", "2.08", ""],
]


def doubts(*grids: Rows, shares: Sequence[Sequence[int] | None] = (None, None)) -> dict[str, str]:
    """Reasons of quarantine by printed figure; each grid stands on a page of its own."""
    pages = [
        draw_page(*([TITLE] if number == 1 else []), draw_grid(*rows, shares=share), number=number)
        for number, (rows, share) in enumerate(zip(grids, shares, strict=False), 1)
    ]
    records = records_of(find_table(*pages))
    return {str(r["printed"]): str(r["quarantine_reason"] or "") for r in records if r.get("value")}


def test_a_header_of_two_words_leaves_all_columns_in_doubt() -> None:
    head: Rows = [["科目编码", "科目名称", "合计 基本支出", "项目支出"]]
    found = doubts([*head, ["205", "教育支出", "9.01", "1.03"]])
    assert found and "" not in found.values()


def test_a_header_that_is_known_with_a_gap_inside_is_one() -> None:
    head: Rows = [["科目编码", "科目 名称", "支出 合计", "基本 支出", "项目 支出"]]
    assert set(doubts(head + BODY).values()) == {""}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("教育支出 某项目", "普通教育 另一项目", "ambiguous_column"),
        ("教育支出 某项目", "普通教育", ""),
        ("教育支出 5.55", "普通教育 6.66", "ambiguous_column"),
        ("一、 教育支出", "二、 普通教育", ""),
    ],
)
def test_two_labels_with_a_gap_in_one_column_are_two_columns(
    first: str, second: str, reason: str
) -> None:
    rows = [["205", first, "9.01", "8.02", "1.03"], ["20502", second, "7.04", "6.05", "1.06"]]
    found = doubts([*HEAD, *rows, BODY[2]])
    assert found["2.07"] == reason


def test_a_page_that_goes_on_with_fewer_columns_leaves_merged_amounts_in_doubt() -> None:
    rest: Rows = [["20504", "成人教育", "3.01", "1.02"], ["20505", "广播教育", "4.01", "4.02"]]
    found = doubts(HEAD + BODY, rest, shares=(None, (1, 1, 2, 1)))
    assert [found[figure] for figure in ("9.01", "3.01", "1.02", "4.02")] == [
        "", "ambiguous_column", "ambiguous_column", "ambiguous_column",
    ]  # fmt: skip


def test_a_total_over_code_and_name_on_the_next_page_is_none_in_doubt() -> None:
    rest: Rows = [["合计", "3.01", "1.02", "2.03"]]
    assert set(doubts(HEAD + BODY, rest, shares=(None, (2, 1, 1, 1))).values()) == {""}


def test_columns_of_the_same_number_at_other_places_are_in_doubt() -> None:
    rest: Rows = [["20504 成人教育", "3.01", "1.02", "2.03", ""]]
    found = doubts(HEAD + BODY, rest, shares=(None, (2, 1, 1, 2, 3)))
    assert found["9.01"] == "" and found["1.02"] == "ambiguous_column"


def test_a_page_behind_one_with_fewer_columns_has_those_of_the_header() -> None:
    less: Rows = [["20504 成人教育", "3.01", "1.02", "2.03"]]
    rest: Rows = [["20505", "广播教育", "4.01", "4.02", "0.03"]]
    table = find_table(
        draw_page(TITLE, draw_grid(*HEAD, *BODY)),
        draw_page(draw_grid(*less, shares=(2, 1, 1, 1)), number=2),
        draw_page(draw_grid(*rest), number=3),
    )
    assert [row.codes.function_code for row in table.rows][-2:] == ["20504", "20505"]


XS, YS = (40.0, 120.0, 300.0, 400.0, 500.0), (50.0, 80.0, 110.0, 140.0)


def drawn(path: Path, *words: tuple[float, float, str]) -> set[str]:
    """The doubts of the figures of a small table with these words in its header."""

    def draw(sheet: Sheet) -> None:
        for y in YS:
            sheet.line(XS[0], y, XS[-1], y)
        for x in XS:
            sheet.line(x, YS[0], x, YS[-1])
        for x, y, text in words:
            sheet.text(x, y, text)
        for y in YS[1:-1]:
            sheet.text(44, y + 18, "2050101")
            sheet.text(124, y + 18, "行政运行")
            sheet.right(396, y + 18, "88.10")
            sheet.right(496, y + 18, "12.30")

    (grid,) = read_drawn(path, draw).grids()
    return {cell.doubt for cell in grid.cells if "." in cell.text}


CODES = ((44, 68, "科目编码"), (124, 68, "科目名称"))


def test_a_header_below_its_words_is_not_in_doubt(tmp_path: Path) -> None:
    words = (*CODES, (304, 62, "一般公共"), (304, 74, "预算"), (404, 68, "项目支出"))
    assert drawn(tmp_path / "a.pdf", *words) == {""}


def test_words_beside_one_another_in_a_header_leave_the_table_in_doubt(tmp_path: Path) -> None:
    words = (*CODES, (304, 62, "基本"), (350, 68, "合计"), (304, 74, "支出"), (404, 68, "项目支出"))
    assert drawn(tmp_path / "b.pdf", *words) == {"ambiguous_column"}


@pytest.mark.parametrize(("own", "doubt"), [("合计", "ambiguous_column"), ("", "")])
def test_words_that_go_on_over_a_ruling_into_a_cell_with_words(
    tmp_path: Path, own: str, doubt: str
) -> None:
    words = [*CODES, (360, 60, "一般公共预算财政拨款")]
    words += [(404, 76, own)] if own else []
    assert drawn(tmp_path / "c.pdf", *words) == {doubt}

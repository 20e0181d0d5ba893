"""Tables on pages: titles above and inside of grids, cuts, continuations, notes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.page import Box, Grid, Page
from extract.sheet import Sheet, collect_sheets
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_grid, draw_page, find_tables

HEADER: list[Printed] = ["科目编码", "科目名称", "合计"]
BODY: list[Sequence[Printed]] = [["205", "教育支出", "9.00"], ["206", "科技支出", "8.00"]]
EXPENDITURE = "部门支出总表"


def sheets(*pages: Page) -> list[Sheet]:
    return collect_sheets(pages, load_vocabulary())


def outline(found: Sequence[Sheet]) -> list[tuple[str, str, list[int | None]]]:
    return [
        (sheet.kind, sheet.heading.title, [part.page_number for part in sheet.parts])
        for sheet in found
    ]


def test_title_unit_and_agency_above_a_table() -> None:
    (sheet,) = sheets(
        draw_page("表3", EXPENDITURE, "编制单位：甲市某局 单位：万元", draw_grid(HEADER, *BODY))
    )
    assert sheet.kind == "expenditure"
    assert (sheet.heading.title, sheet.heading.unit_text, sheet.heading.agency) == (
        EXPENDITURE, "万元", "甲市某局",
    )  # fmt: skip
    assert (sheet.first_page, sheet.last_page) == (1, 1)


def test_a_grid_without_a_known_title_is_unknown() -> None:
    found = sheets(draw_page("一段话。", draw_grid(HEADER, *BODY)))
    assert outline(found) == [("unknown", "", [1])]


def test_two_tables_on_a_page_have_their_own_titles() -> None:
    found = sheets(
        draw_page(
            EXPENDITURE, "单位：万元", draw_grid(HEADER, *BODY),
            "政府性基金预算支出表", "单位：元", draw_grid(HEADER, *BODY),
        )
    )  # fmt: skip
    assert [(sheet.kind, sheet.heading.unit_text) for sheet in found] == [
        ("expenditure", "万元"),
        ("government_fund_expenditure", "元"),
    ]


def test_a_second_grid_of_a_page_without_title_is_a_table_of_its_own() -> None:
    found = sheets(draw_page(EXPENDITURE, draw_grid(HEADER, *BODY), draw_grid(HEADER, *BODY)))
    assert outline(found) == [("expenditure", EXPENDITURE, [1]), ("unknown", "", [1])]


def test_a_title_at_the_foot_of_the_page_before() -> None:
    found = sheets(
        draw_page("前言", EXPENDITURE, "单位：万元"), draw_page(draw_grid(HEADER, *BODY), number=2)
    )
    assert outline(found) == [("expenditure", EXPENDITURE, [2])]
    assert found[0].heading.unit_text == "万元"


def test_title_and_unit_inside_of_the_grid() -> None:
    grid = draw_grid([(EXPENDITURE, 3)], [("部门：甲市某局", 2), "单位：万元"], HEADER, *BODY)
    (sheet,) = sheets(draw_page(grid))
    assert sheet.kind == "expenditure"
    assert (sheet.heading.unit_text, sheet.heading.agency) == ("万元", "甲市某局")
    (part,) = sheet.parts
    assert (part.first_row, len(part.rows)) == (2, 3)


def test_number_title_and_agency_are_rows_of_the_grid_on_every_page() -> None:
    head: list[Sequence[Printed]] = [
        [("公开03表", 3)],
        [("支出总表", 3)],
        [("部门名称：甲市某局", 3)],
        [("金额单位：万元", 3)],
        HEADER,
    ]
    found = sheets(
        draw_page(draw_grid(*head, *BODY), number=1),
        draw_page(draw_grid(*head, ["207", "文化支出", "7.00"]), number=2),
    )
    assert outline(found) == [("expenditure", "支出总表", [1, 2])]
    assert [len(part.rows) for part in found[0].parts] == [3, 2]
    assert found[0].heading.agency == "甲市某局"


def test_two_tables_in_one_grid_are_cut_at_the_title() -> None:
    grid = draw_grid(HEADER, *BODY, [("政府性基金预算支出表", 3)], [("单位：元", 3)], HEADER, *BODY)
    found = sheets(draw_page(EXPENDITURE, "单位：万元", grid))
    assert [(sheet.kind, sheet.heading.unit_text) for sheet in found] == [
        ("expenditure", "万元"),
        ("government_fund_expenditure", "元"),
    ]
    assert [len(sheet.parts[0].rows) for sheet in found] == [3, 3]


def test_three_tables_in_one_grid() -> None:
    grid = draw_grid(
        HEADER, *BODY, [("政府性基金预算支出表", 3)], *BODY, [("国有资本经营预算支出表", 3)], *BODY
    )
    assert outline(sheets(draw_page(EXPENDITURE, grid))) == [
        ("expenditure", EXPENDITURE, [1]),
        ("government_fund_expenditure", "政府性基金预算支出表", [1]),
        ("state_capital_expenditure", "国有资本经营预算支出表", [1]),
    ]


def test_a_unit_line_in_the_second_table_of_a_grid_does_not_cut_it() -> None:
    grid = draw_grid(HEADER, *BODY, [("政府性基金预算支出表", 3)], HEADER, [("单位：元", 3)], *BODY)
    assert [sheet.kind for sheet in sheets(draw_page(EXPENDITURE, grid))] == [
        "expenditure",
        "government_fund_expenditure",
    ]


def test_a_continuation_and_the_next_table_in_one_grid() -> None:
    first = draw_page(EXPENDITURE, "单位：万元", draw_grid(HEADER, *BODY))
    second = draw_page(
        draw_grid(["229", "其他支出", "1.00"], [("三公经费支出表", 3)], *BODY), number=2
    )
    found = sheets(first, second)
    assert outline(found) == [
        ("expenditure", EXPENDITURE, [1, 2]),
        ("three_public", "三公经费支出表", [2]),
    ]


def test_a_title_in_the_last_row_belongs_to_the_next_grid() -> None:
    found = sheets(
        draw_page(EXPENDITURE, draw_grid(HEADER, *BODY, [("政府性基金预算支出表", 3)])),
        draw_page(draw_grid(HEADER, *BODY), number=2),
    )
    assert [sheet.kind for sheet in found] == ["expenditure", "government_fund_expenditure"]
    assert len(found[0].parts[0].rows) == 3


@pytest.mark.parametrize("titled", [True, False])
def test_a_table_goes_on_over_pages(titled: bool) -> None:
    pages = [draw_page(EXPENDITURE, draw_grid(HEADER, *BODY))]
    for number in (2, 3):
        title = [EXPENDITURE] if titled else []
        pages.append(draw_page(*title, draw_grid(*BODY), number=number))
    assert outline(sheets(*pages)) == [("expenditure", EXPENDITURE, [1, 2, 3])]


def test_a_page_that_goes_on_with_blank_figures_has_no_other_header() -> None:
    sides: list[Sequence[Printed]] = [
        ["收入", "金额", "支出", "金额"],
        ["一、本年收入", "9.00", "一、教育支出", "9.00"],
    ]
    found = sheets(
        draw_page("财政拨款收支总表", "单位：万元", draw_grid(*sides), number=1),
        draw_page(draw_grid(["", "-", "二、科学技术支出", "-"], ["合计", "9.00"] * 2), number=2),
        draw_page(draw_grid(["结转", "-", "支出", "-"], ["总计", "9.00"] * 2), number=3),
    )
    assert outline(found) == [("fiscal_summary", "财政拨款收支总表", [1, 2, 3])]


def test_another_title_of_the_same_kind_begins_another_table() -> None:
    found = sheets(
        draw_page("一般公共预算支出表", draw_grid(HEADER, *BODY)),
        draw_page("一般公共预算支出预算表", draw_grid(HEADER, *BODY), number=2),
    )
    assert len(found) == 2


def test_prose_between_ends_a_table() -> None:
    prose = "本表之后是一段说明文字" * 12
    found = sheets(
        draw_page(EXPENDITURE, draw_grid(HEADER, *BODY)),
        draw_page(prose, draw_grid(HEADER, *BODY), number=2),
    )
    assert [sheet.kind for sheet in found] == ["expenditure", "unknown"]


def test_a_note_ends_a_table_and_is_kept() -> None:
    found = sheets(
        draw_page(EXPENDITURE, draw_grid(HEADER, *BODY), "注：本表含结转。"),
        draw_page(draw_grid(HEADER, *BODY), number=2),
    )
    assert found[0].notes == ["注：本表含结转。"]
    assert [sheet.kind for sheet in found] == ["expenditure", "unknown"]


def test_other_columns_continue_only_where_the_table_is_as_wide() -> None:
    wide = draw_grid(["合计", "7.00"])
    narrow = replace(wide, box=Box(0, 100, 300, 120))
    for grid, count in ((wide, 1), (narrow, 2)):
        found = sheets(draw_page(EXPENDITURE, draw_grid(HEADER, *BODY)), draw_page(grid, number=2))
        assert len(found) == count


def test_in_text_the_next_grid_goes_on_only_under_the_same_header() -> None:
    def text_page(*grids: Grid) -> Page:
        return draw_page(EXPENDITURE, *grids, number=None)

    again = draw_grid(HEADER, *BODY, origin="tabbed")
    other = draw_grid(["项目", "指标", "分值"], *BODY, origin="tabbed")
    assert len(sheets(text_page(again, again))) == 1
    assert len(sheets(text_page(again, other))) == 2


def test_a_place_below_a_span_is_held_by_it() -> None:
    grid = draw_grid([("甲", 1, 2), ("乙", 2)], ["丙", "丁"])
    (sheet,) = sheets(draw_page(grid))
    held = sheet.parts[0].covering(1)
    assert [cell.text if cell else None for cell in held] == ["甲", "丙", "丁"]


def test_a_span_does_not_reach_over_a_cut() -> None:
    grid = draw_grid([(EXPENDITURE, 3)], HEADER, *BODY)
    (sheet,) = sheets(draw_page(grid))
    assert [cell.text if cell else None for cell in sheet.parts[0].covering(0)] == HEADER


def test_every_figure_of_a_cut_grid_is_in_one_table() -> None:
    grid = draw_grid(HEADER, *BODY, [("政府性基金预算支出表", 3)], HEADER, ["229", "其他", "1.00"])
    tables = find_tables(draw_page(EXPENDITURE, grid))
    amounts = [p.cell.text for table in tables for p in table.cells if p.role == "amount"]
    assert sorted(amounts) == ["1.00", "8.00", "9.00"]


def test_below_a_header_in_doubt_the_next_page_is_in_doubt_as_well() -> None:
    header = ["科目编码", "科目名称", "合计"]
    first = draw_grid(header, ["205", "教育", "1.01"])
    unsure = replace(
        first, cells=tuple(replace(cell, doubt="ambiguous_column") for cell in first.cells)
    )
    second = draw_page(draw_grid(["206", "科技", "2.02"]), number=2)
    for grid, doubt in ((first, ""), (unsure, "ambiguous_column")):
        pages = [draw_page("2031年支出预算表", "单位：万元", grid), second]
        (sheet,) = collect_sheets(pages, load_vocabulary())
        assert {cell.doubt for cell in sheet.parts[1].grid.cells} == {doubt}
        assert {cell.doubt for row in sheet.parts[1].rows for cell in row} == {doubt}


def test_below_two_headings_side_by_side_no_column_is_certain() -> None:
    grid = draw_grid(HEADER, ["205", "教育", "1.01"])
    for unit, doubt in (("单位：万元", ""), ("单位：万元 单位：万元", "ambiguous_column")):
        (sheet,) = sheets(draw_page(EXPENDITURE, unit, grid))
        assert {cell.doubt for row in sheet.parts[0].rows for cell in row} == {doubt}


@pytest.mark.parametrize("above", [[], [[("政府性基金预算支出表", 3)], HEADER]])
def test_a_unit_line_between_rows_loses_none_of_them(above: list[Sequence[Printed]]) -> None:
    grid = draw_grid(HEADER, BODY[0], *above, BODY[1], [("单位：万元", 3)], ["229", "其他", "1.00"])
    tables = find_tables(draw_page(EXPENDITURE, grid))
    amounts = [p.cell.text for table in tables for p in table.cells if p.role == "amount"]
    assert sorted(amounts) == ["1.00", "8.00", "9.00"]
    assert "unknown" not in {table.sheet.kind for table in tables}

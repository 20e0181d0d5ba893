"""Totals that stand in the last row of their table's header."""

from collections.abc import Sequence

from extract.header import describe_columns, header_rows
from extract.total_in_header import part_total_from_header
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import (
    Printed,
    draw_grid,
    draw_page,
    draw_table,
    figures_of_table,
    find_table,
    part_of,
    pick,
    sheet_of,
)

TITLE = "政府性基金预算财政拨款收入支出决算表"
TOP: list[Sequence[Printed]] = [
    [("项目", 2), ("年初结转和结余", 1, 2), ("本年支出", 3, 2), ("年末结转和结余", 1, 2)],
    ["功能分类科目编码", "科目名称"],
]
MIXED: Sequence[Printed] = [("合计", 2), "7.01", "合计", "基本支出", "项目支出", "8.02"]
LINE: Sequence[Printed] = ["212", "城乡社区支出", "7.03", "30.04", "10.05", "19.99", "8.06"]


def test_a_row_that_is_header_and_total_at_once_is_both() -> None:
    found = figures_of_table(draw_table(TITLE, *TOP, MIXED, LINE))
    assert {text: pick(record, "row_kind", "function_code") for text, record in found.items()} == {
        "7.01": ("total", None),
        "8.02": ("total", None),
        **dict.fromkeys(["7.03", "30.04", "10.05", "19.99", "8.06"], ("line", "212")),
    }
    assert {text: found[text]["column_component"] for text in ("30.04", "10.05", "19.99")} == {
        "30.04": "total",
        "10.05": "basic",
        "19.99": "project",
    }
    assert not any(record["quarantine_reason"] for record in found.values())


def test_no_cell_of_such_a_row_is_lost_or_doubled() -> None:
    table = find_table(draw_page(TITLE, draw_grid(*TOP, MIXED, LINE)))
    texts = [placed.cell.text for placed in table.cells]
    assert sorted(texts) == sorted(
        text if isinstance(text, str) else text[0] for row in (*TOP, MIXED, LINE) for text in row
    )
    places = [(placed.row_no, placed.cell.column) for placed in table.cells]
    assert len(set(places)) == len(places)


def test_a_total_with_figures_only_is_a_row_of_its_own() -> None:
    part = part_of(
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        [("合计", 2), "3.00", "1.00", "2.00"],
        ["212", "城乡社区支出", "3.00", "1.00", "2.00"],
    )
    assert part_total_from_header(part, "expenditure", load_vocabulary()) is part


def test_words_that_no_header_has_take_no_row_apart() -> None:
    part = part_of(*TOP, [("合计", 2), "7.01", "甲", "乙", "丙", "8.02"], LINE)
    assert part_total_from_header(part, "expenditure", load_vocabulary()) is part


def test_a_row_of_a_class_is_no_total_in_the_header() -> None:
    row: Sequence[Printed] = ["212", "城乡社区支出", "7.01", "合计", "基本支出", "项目支出", "8.02"]
    part = part_of(*TOP, row, LINE)
    assert part_total_from_header(part, "expenditure", load_vocabulary()) is part


def test_the_label_of_a_total_does_not_make_a_column_of_codes_one_of_amounts() -> None:
    vocabulary = load_vocabulary()
    part = part_of(
        *TOP,
        ["合计", "", "", "合计", "基本支出", "项目支出", ""],
        LINE,
    )
    count = header_rows(part, "expenditure", vocabulary)
    columns = describe_columns(
        sheet_of("government_fund_expenditure", part), part, count, vocabulary
    )
    assert (count, [column.role for column in columns][:2]) == (3, ["code", "name"])
    assert columns[3].meaning.component == "total"

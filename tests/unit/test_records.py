"""Records: every printed cell is one, every figure is named, and doubt has a reason."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.amounts import Words
from extract.cells import Figure
from extract.identity import Identity
from extract.page import Grid, GridCell, Line, Page
from extract.reading import Reading
from extract.records import (
    document_record,
    line_records,
    page_records,
    table_record,
)
from extract.schema import TABLES
from extract.tables import Table
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import (
    Printed,
    draw_grid,
    draw_page,
    draw_table,
    figures_of_table,
    find_table,
    find_tables,
    pick,
    records_of,
)

EXPENDITURE = "2031年部门支出总表"
HEADER: list[Printed] = ["科目编码", "科目名称", "合计", "基本支出"]
BUDGET = Identity("甲", "000000", 2031, "budget", "department")


def with_cell(grid: Grid, text: str, cell: GridCell) -> Grid:
    """The grid with the cell of this text in another reading."""
    return replace(grid, cells=tuple(cell if old.text == text else old for old in grid.cells))


def cell_of(grid: Grid, text: str) -> GridCell:
    return next(cell for cell in grid.cells if cell.text == text)


def test_every_cell_is_a_record_with_its_place() -> None:
    grid = draw_grid(HEADER, ["205", "教育", "9.01", ""], ["206", "科技", "", "8.02"])
    records = records_of(find_table(draw_page(EXPENDITURE, grid)))
    assert [record["text"] for record in records] == [cell.text for cell in grid.cells]
    assert len({record["cell_id"] for record in records}) == len(records)
    figure = next(record for record in records if record["text"] == "8.02")
    assert pick(figure, "row_no", "column_no", "page_number", "x0", "x1") == (3, 4, 1, 450.0, 600.0)
    assert figure["cell_id"] == "d:t1:r3:c4"


def test_values_of_an_amount_are_in_the_order_of_the_schema() -> None:
    figure = [*Figure._fields, *Words._fields, "quarantine_reason"]
    assert TABLES["cell"].names[-len(figure) :] == figure
    (record,) = figures_of_table(
        draw_table(EXPENDITURE, HEADER, ["205", "甲", "9.01", ""]), BUDGET
    ).values()
    assert list(record) == TABLES["cell"].names
    assert pick(record, "role", "row_kind", "function_code", "column_component", "block_no") == (
        "amount", "line", "205", "total", 1,
    )  # fmt: skip


def test_a_figure_is_as_printed_and_exact() -> None:
    found = figures_of_table(
        draw_table(EXPENDITURE, HEADER, ["205", "甲", " 1, 234. 50 ", "0.055"])
    )
    figure = found["1, 234. 50"]
    assert pick(figure, "value", "decimals", "unit", "reading") == (
        Decimal("1234.50"), 2, "wan_yuan", "printed",
    )  # fmt: skip
    assert pick(figure, "row_label", "column_label") == ("甲", "合计")
    assert pick(found["0.055"], "value", "decimals") == (Decimal("0.055"), 3)
    assert figure["quarantine_reason"] is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,000,000,000,000,000", "unreadable_figure"),
        ("1.1234567", "unreadable_figure"),
        ("9.01\n8.02", "several_figures"),
        ("1,23", "unreadable_figure"),
        ("95人", "unreadable_figure"),
        ("10 35", "several_figures"),
        ("见注", None),
        ("—", None),
        ("9.01", None),
        ("0.00", None),
    ],
)
def test_what_is_no_certain_figure_is_in_quarantine(text: str, reason: str | None) -> None:
    table = draw_table(
        EXPENDITURE, HEADER, ["205", "教育", text, "7.03"], ["206", "科技", "7.04", "7.05"]
    )
    record = next(
        record for record in records_of(table) if (record["row_no"], record["column_no"]) == (2, 3)
    )
    assert record.get("quarantine_reason") == reason


def test_a_table_without_unit_has_its_figures_in_quarantine() -> None:
    table = draw_table(EXPENDITURE, HEADER, ["205", "教育", "9.01", ""])
    (figure,) = [record for record in records_of(table, unit="") if record.get("printed")]
    assert pick(figure, "quarantine_reason", "unit", "value") == (
        "unit_unknown", None, Decimal("9.01"),
    )  # fmt: skip


def test_doubt_of_the_reader_and_resolved_readings_are_kept() -> None:
    grid = draw_grid(HEADER, ["205", "教育", "9.01", "8.02"])
    grid = with_cell(grid, "9.01", replace(cell_of(grid, "9.01"), doubt="split_figure"))
    grid = with_cell(grid, "8.02", replace(cell_of(grid, "8.02"), reading="resolved"))
    found = figures_of_table(find_table(draw_page(EXPENDITURE, grid)))
    assert found["9.01"]["quarantine_reason"] == "split_figure"
    assert pick(found["8.02"], "reading", "quarantine_reason") == ("resolved", None)


def test_an_unknown_header_is_other_printed() -> None:
    header: list[Printed] = ["科目编码", "科目名称", "合计", "另列资金"]
    found = figures_of_table(draw_table(EXPENDITURE, header, ["205", "甲", "9.01", "8.02"]))
    assert found["9.01"]["column_component"] == "total"
    assert pick(found["8.02"], "column_component", "column_label") == ("other_printed", "另列资金")
    header[2:] = ["合计", "另列资金"]
    found = figures_of_table(draw_table("部门收入总表", header, ["205", "甲", "9.01", "8.02"]))
    assert [found[text]["column_source"] for text in ("9.01", "8.02")] == ["total", "other_printed"]


@pytest.mark.parametrize(
    ("title", "header", "reasons"),
    [
        (EXPENDITURE, ["科目编码", "科目名称", "合计", ""], [None, "column_unknown"]),
        ("项目支出预算表", ["项目编码", "项目名称", "合计", "另列"], [None, "column_unknown"]),
        ("项目支出预算表", ["项目编码", "项目名称", "合计", "单位资金"], [None, None]),
        (EXPENDITURE, ["科目编码", "科目名称", "合计", "另列"], [None, None]),
    ],
)
def test_a_column_that_says_nothing_beside_one_that_does_is_in_quarantine(
    title: str, header: list[Printed], reasons: list[str | None]
) -> None:
    found = figures_of_table(draw_table(title, header, ["2050101", "甲", "9.01", "8.02"]))
    assert [found[text]["quarantine_reason"] for text in ("9.01", "8.02")] == reasons


def test_a_lone_column_of_amounts_is_published_whatever_it_is_called() -> None:
    found = figures_of_table(
        draw_table("项目支出预算表", ["项目编码", "项目名称", "另列"], ["1", "甲", "9.01"])
    )
    assert found["9.01"]["quarantine_reason"] is None


@pytest.mark.parametrize(
    ("kind", "years", "bases"),
    [
        ("budget", ("2030年预算数", "2031年预算数"), ("prior_year_budget", "budget")),
        ("final_account", ("2030年决算数", "2031年决算数"), ("prior_year_final", "final")),
        ("final_account", ("预算数", "决算数"), ("budget", "final")),
        ("budget", ("2030年决算数", "2031年预算数"), ("prior_year_final", "budget")),
    ],
)
def test_years_and_bases_side_by_side(
    kind: str, years: tuple[str, str], bases: tuple[str, str]
) -> None:
    table = draw_table("三公经费表", ["项目", *years], ["公务接待费", "9.01", "8.02"])
    found = figures_of_table(table, replace(BUDGET, document_kind=kind))
    assert (found["9.01"]["column_basis"], found["8.02"]["column_basis"]) == bases


def test_a_table_has_its_fund_by_title_or_kind() -> None:
    titles = {
        EXPENDITURE: "all",
        "财政拨款支出预算表": "fiscal",
        "一般公共预算支出表": "general_public_budget",
        "政府性基金预算支出表": "government_fund",
        "一般公共预算“三公”经费支出表": "general_public_budget",
        "三公经费表": "all",
    }
    for title, fund in titles.items():
        table = Table(draw_table(title, HEADER, ["205", "甲", "9.01", ""]), "", "")
        record = table_record("d", 2, table, load_vocabulary())
        assert pick(record, "table_id", "title", "fund", "unit") == ("d:t2", title, fund, None)


def test_a_table_over_pages_has_first_and_last_page() -> None:
    body: list[Sequence[Printed]] = [["205", "教育", "9.01", "8.02"]]
    table = find_table(
        draw_page(EXPENDITURE, draw_grid(HEADER, *body), number=4),
        draw_page(draw_grid(*body), "注：含结转。", number=5),
    )
    record = table_record("d", 1, Table(table, "yuan", "元"), load_vocabulary())
    assert pick(record, "first_page", "last_page", "unit", "unit_text", "note") == (
        4, 5, "yuan", "元", "注：含结转。",
    )  # fmt: skip
    assert [record["page_number"] for record in records_of(table)] == [4] * 8 + [5] * 4


def test_other_tables_are_landed_with_their_figures_and_without_words() -> None:
    (table,) = find_tables(draw_page("单位基本情况表", draw_grid(["名称", "数量"], ["甲", "3"])))
    records = records_of(table, "", BUDGET)
    assert [record["role"] for record in records] == ["text", "text", "text", "amount"]
    assert records[-1].get("column_component") is None


def test_lines_are_numbered_over_the_document() -> None:
    pages = (
        Page(1, 9, 9, "prose", (Line("甲", None), Line("乙", None))),
        Page(2, 9, 9, "prose", (Line("丙", None),)),
    )
    assert [
        pick(line, "line_id", "page_number", "line_no", "text") for line in line_records("d", pages)
    ] == [("d:l1", 1, 1, "甲"), ("d:l2", 1, 2, "乙"), ("d:l3", 2, 3, "丙")]


@pytest.mark.parametrize(
    ("identity", "status"),
    [(BUDGET, "read"), (replace(BUDGET, scope=None), "quarantined"), (Identity(), "quarantined")],
)
def test_a_document_is_read_only_if_its_identity_is_certain(
    identity: Identity, status: str
) -> None:
    reading = Reading("text/plain", (), (), identity, ())
    record = document_record("d", "s", 7, reading)
    assert record["status"] == status
    assert pick(record, "scope", "byte_size") == (identity.scope, 7)
    assert list(page_records("d", reading)) == []


def test_a_document_that_could_not_be_read_is_in_quarantine() -> None:
    record = document_record("d", "s", 7, None)
    assert pick(record, "status", "page_count", "agency_name") == ("quarantined", 0, None)


def test_a_figure_over_two_amount_columns_has_no_certain_column() -> None:
    grid = draw_grid(HEADER, ["205", "教育", ("9.01", 2)], ["206", "科技", "8.02", "8.02"])
    records = records_of(find_table(draw_page(EXPENDITURE, grid)))
    reasons = {str(r["text"]): r["quarantine_reason"] for r in records if r["role"] == "amount"}
    assert reasons == {"9.01": "ambiguous_column", "8.02": None}


def test_a_figure_below_a_header_of_the_same_width_is_certain() -> None:
    header: list[Printed] = ["科目编码", "科目名称", ("合计", 2), "基本支出"]
    grid = draw_grid(header, ["205", "教育", ("9.01", 2), "9.01"])
    records = records_of(find_table(draw_page(EXPENDITURE, grid)))
    assert [r["quarantine_reason"] for r in records if r["text"] == "9.01"] == [None, None]


def test_a_row_without_label_among_others_is_in_quarantine() -> None:
    found = figures_of_table(
        draw_table(EXPENDITURE, HEADER, ["205", "教育", "9.01", ""], ["", "", "8.02", ""])
    )
    assert found["9.01"]["quarantine_reason"] is None
    assert found["8.02"]["quarantine_reason"] == "row_unknown"


def test_the_only_row_of_a_table_needs_no_label() -> None:
    found = figures_of_table(draw_table(EXPENDITURE, ["合计", "基本支出"], ["9.01", "8.02"]))
    assert {record["quarantine_reason"] for record in found.values()} == {None}


def test_counts_in_a_table_of_the_three_public_are_no_money() -> None:
    found = figures_of_table(
        draw_table(
            "一般公共预算“三公”经费支出表",
            ["项目", "预算数"],
            ["公务接待费", "9.01"],
            ["公务接待批次（批）", "12"],
        )
    )
    assert found["9.01"]["quarantine_reason"] is None
    assert found["12"]["quarantine_reason"] == "not_money"


def test_a_table_of_last_year_s_final_account_is_not_this_year_s_budget() -> None:
    found = figures_of_table(
        draw_table("2030年部门支出决算表", HEADER, ["205", "教育", "9.01", ""]), BUDGET
    )
    assert found["9.01"]["column_basis"] == "prior_year_final"


def test_labels_of_two_rows_that_no_ruling_parts_name_no_figure() -> None:
    found = figures_of_table(
        draw_table(
            "2031年收支预算总表",
            [("收入", 2), ("支出", 2)],
            ["项目", "预算数", "项目", "预算数"],
            ["二、事业收入\n三、其他收入", "9.01", "二十一、其他支出", "8.02"],
        )
    )
    assert found["9.01"]["quarantine_reason"] == "row_unknown"
    assert found["8.02"]["quarantine_reason"] is None


def test_a_row_that_lost_its_code_among_rows_with_codes_is_in_quarantine() -> None:
    rows = [["205", "教育", "9.01", ""], ["20501", "管理", "8.02", ""], ["", "行政", "7.03", ""]]
    found = figures_of_table(draw_table(EXPENDITURE, HEADER, *rows, ["", "合计", "6.04", ""]))
    reasons = {text: record["quarantine_reason"] for text, record in found.items()}
    assert reasons == {"9.01": None, "8.02": None, "7.03": "row_unknown", "6.04": None}


def test_headers_that_run_into_one_another_are_no_word_of_their_own() -> None:
    header: list[Printed] = ["科目编码", "科目名称", "合计", "基本支出项目支出小计"]
    found = figures_of_table(draw_table(EXPENDITURE, header, ["205", "教育", "9.01", "8.02"]))
    assert found["8.02"]["quarantine_reason"] == "column_unknown"

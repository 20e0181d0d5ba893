"""Headers: the rows they take, the paths of columns, blocks, codes and what columns mean."""

from collections.abc import Sequence

import pytest

from extract.columns import Column
from extract.header import describe_columns, header_paths, header_rows, is_index_row
from extract.page import GridCell
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_table, figures_of_table, part_of, sheet_of

TWO_BLOCKS: list[Sequence[Printed]] = [
    [("收入", 2), ("支出", 2)],
    ["项目", "预算数", "项目", "预算数"],
]
THREE_CODES: list[Sequence[Printed]] = [
    [("科目编码", 3), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)],
    ["类", "款", "项"],
]
INCOME: list[Sequence[Printed]] = [
    [("单位代码", 1, 2), ("单位名称", 1, 2), ("合计", 1, 2), ("本年收入", 3), ("上年结转结余", 2)],
    ["小计", "一般公共预算", "事业收入", "小计", "一般公共预算"],
]
THREE_PUBLIC: list[Sequence[Printed]] = [
    [
        ("合计", 1, 2),
        ("因公出国（境）费", 1, 2),
        ("公务用车购置及运行维护费", 3),
        ("公务接待费", 1, 2),
    ],
    ["小计", "公务用车\n购置费", "公务用车\n运行维护费"],
]


def columns_of(kind: str, *rows: Sequence[Printed]) -> list[Column]:
    vocabulary = load_vocabulary()
    part = part_of(*rows)
    count = header_rows(part, vocabulary.kinds[kind].family, vocabulary)
    return describe_columns(sheet_of(kind, part), part, count, vocabulary)


def count_of(kind: str, *rows: Sequence[Printed]) -> int:
    vocabulary = load_vocabulary()
    return header_rows(part_of(*rows), vocabulary.kinds[kind].family, vocabulary)


def roles(columns: Sequence[Column]) -> list[str]:
    return [column.role for column in columns]


def cells(*texts: str) -> list[GridCell]:
    return [GridCell(0, number, 1, 1, (text,)) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ("栏次", "1", "2", "3"),
        ("栏次", "", "1", "", "2"),
        ("行次", "1", "2"),
        ("1", "2", "3", "4"),
        ("栏次", "1=2+3", "2", "3"),
        ("栏次", "", ""),
        ("甲", "1", "2", "3"),
        ("　栏　次", "１", "２"),
    ],
)
def test_rows_that_count_columns(texts: tuple[str, ...]) -> None:
    assert is_index_row(cells(*texts))


@pytest.mark.parametrize(
    "texts",
    [
        ("合计", "1", "2", "3"),
        ("1", "2"),
        ("5", "6", "7"),
        ("3", "1", "2"),
        ("1", "2", "3.00"),
        ("1", "1", "2"),
        ("",),
        ("12", "13", "14"),
    ],
)
def test_rows_of_figures_are_no_counts(texts: tuple[str, ...]) -> None:
    assert not is_index_row(cells(*texts))


def test_a_summary_has_its_header_before_the_first_source() -> None:
    body: list[Sequence[Printed]] = [["一、甲收入", "", "一、乙支出", ""], ["", "", "合计", "3.10"]]
    assert count_of("summary", *TWO_BLOCKS, *body) == 2


def test_a_row_that_counts_columns_belongs_to_the_header() -> None:
    index: list[Printed] = ["栏次", "", "", "", "1", "2", "3"]
    body: list[Printed] = ["201", "", "", "甲", "6.00", "4.00", "2.00"]
    assert count_of("expenditure", *THREE_CODES, index, body) == 3


def test_an_empty_row_below_the_header_is_not_counted() -> None:
    assert count_of("summary", *TWO_BLOCKS, ["", "", "", ""], ["合计", "1.00", "", ""]) == 2


@pytest.mark.parametrize("label", ["上年结转", "结转下年", "一般公共服务支出", "附属单位上缴收入"])
def test_a_row_without_figures_that_summaries_print_is_no_header(label: str) -> None:
    assert count_of("summary", *TWO_BLOCKS, [label, "", "", ""], ["合计", "1.00", "", "1.00"]) == 2


def test_a_table_that_begins_with_figures_has_no_header() -> None:
    assert count_of("expenditure", ["201", "甲", "6.00"], ["20103", "乙", "6.00"]) == 0


def test_paths_go_down_the_header_and_spans_are_said_once() -> None:
    part = part_of(*INCOME, ["1", "甲", "9.00", "8.00", "5.00", "3.00", "1.00", "1.00"])
    assert header_paths(part, 2) == [
        ("单位代码",),
        ("单位名称",),
        ("合计",),
        ("本年收入", "小计"),
        ("本年收入", "一般公共预算"),
        ("本年收入", "事业收入"),
        ("上年结转结余", "小计"),
        ("上年结转结余", "一般公共预算"),
    ]


def test_counts_of_columns_are_in_no_path_and_wrapped_words_are_whole() -> None:
    part = part_of(["科　目", "政府性\n基金"], ["栏次", "1"], ["甲", "2.00"])
    assert header_paths(part, 2) == [("科目",), ("政府性基金",)]


def test_blocks_side_by_side_have_their_own_number_and_side() -> None:
    columns = columns_of("summary", *TWO_BLOCKS, ["合计", "3.10", "合计", "3.10"])
    assert roles(columns) == ["name", "amount", "name", "amount"]
    assert [column.block for column in columns] == [0, 0, 1, 1]
    assert [column.side for column in columns] == ["income", "income", "expenditure", "expenditure"]


def test_three_blocks_of_an_economic_table() -> None:
    block: list[Printed] = ["科目编码", "科目名称", "预算数"]
    body: list[Printed] = ["301", "甲", "1.10", "302", "乙", "2.20", "310", "丙", "3.30"]
    columns = columns_of("basic_economic", [*block, *block, *block], body)
    assert [column.block for column in columns] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert roles(columns) == ["code", "name", "amount"] * 3


def test_a_table_of_one_block_stays_one_where_a_label_follows_its_amounts() -> None:
    columns = columns_of("project_list", ["项目名称", "合计", "项目单位"], ["甲", "1.10", "乙"])
    assert [column.block for column in columns] == [0, 0, 0]


def test_three_code_columns() -> None:
    columns = columns_of("expenditure", *THREE_CODES, ["201", "", "", "甲", "6.00", "4.00", "2.00"])
    assert roles(columns) == [
        "code_class", "code_section", "code_item", "name", "amount", "amount", "amount",
    ]  # fmt: skip
    assert [column.meaning.component for column in columns[4:]] == ["total", "basic", "project"]


def test_a_merged_code_header_stands_for_class_section_and_item() -> None:
    columns = columns_of(
        "expenditure",
        [("科目编码", 3), "科目名称", "合计"],
        ["201", "", "", "甲", "6.00"],
        ["", "03", "", "乙", "6.00"],
        ["", "", "01", "丙", "6.00"],
    )
    assert roles(columns) == ["code_class", "code_section", "code_item", "name", "amount"]


def test_two_codes_in_one_row_are_two_runs() -> None:
    columns = columns_of(
        "basic_economic",
        [("部门经济分类", 3), ("政府经济分类", 3), ("合计", 1, 2)],
        ["类", "款", "科目名称", "类", "款", "科目名称"],
        ["301", "01", "甲", "501", "01", "乙", "6.00"],
    )
    assert roles(columns) == [
        "code_class", "code_section", "name", "code_class", "code_section", "name", "amount",
    ]  # fmt: skip
    assert {column.block for column in columns} == {0}


def test_subtotals_mean_the_group_above_them() -> None:
    columns = columns_of(
        "income", *INCOME, ["1", "甲", "9.00", "8.00", "5.00", "3.00", "1.00", "1.00"]
    )
    assert roles(columns)[:2] == ["unit_code", "unit_name"]
    assert [(c.meaning.source, c.meaning.fund) for c in columns[2:]] == [
        ("total", ""),
        ("current_total", ""),
        ("general_public_budget", "general_public_budget"),
        ("institutional", ""),
        ("carryover_in", ""),
        ("carryover_in", "general_public_budget"),
    ]


def test_total_of_the_year_is_the_whole_row_where_no_other_total_stands() -> None:
    columns = columns_of(
        "income",
        ["科目编码", "科目名称", "本年收入合计", "事业收入"],
        ["205", "甲", "9.00", "9.00"],
    )
    assert [column.meaning.source for column in columns[2:]] == ["total", "institutional"]


def test_items_of_three_public_as_columns() -> None:
    columns = columns_of(
        "three_public", *THREE_PUBLIC, ["9.00", "1.00", "5.00", "2.00", "3.00", ""]
    )
    assert [column.meaning.item for column in columns] == [
        "total", "overseas_travel", "vehicles", "vehicle_purchase", "vehicle_operation",
        "reception",
    ]  # fmt: skip


def test_items_of_three_public_with_budget_and_final_side_by_side() -> None:
    columns = columns_of(
        "three_public",
        [("预算数", 3), ("决算数", 3)],
        ["合计", "因公出国（境）费", "公务接待费"] * 2,
        ["9.00", "1.00", "8.00", "7.00", "0.50", "6.50"],
    )
    assert [column.meaning.basis for column in columns] == ["budget"] * 3 + ["final"] * 3
    assert [column.meaning.item for column in columns] == [
        "total",
        "overseas_travel",
        "reception",
    ] * 2
    assert {column.block for column in columns} == {0}


def test_items_of_three_public_with_two_years_side_by_side() -> None:
    columns = columns_of(
        "three_public",
        [("2030年预算数", 2), ("2031年预算数", 2)],
        ["合计", "公务接待费"] * 2,
        ["9.00", "8.00", "7.00", "6.50"],
    )
    assert [column.year for column in columns] == [2030, 2030, 2031, 2031]


def test_funds_as_columns_of_three_public_make_the_total_one_of_all_funds() -> None:
    columns = columns_of(
        "three_public",
        ["项目", "合计", "一般公共预算", "政府性基金预算"],
        ["公务接待费", "3.00", "2.00", "1.00"],
    )
    assert [(c.meaning.item, c.meaning.fund) for c in columns[1:]] == [
        ("", "all"),
        ("", "general_public_budget"),
        ("", "government_fund"),
    ]


def test_total_with_meetings_and_training_beside_the_total_of_three_public() -> None:
    columns = columns_of(
        "three_public",
        [("合计", 1, 2), ("“三公”经费", 3), ("会议费", 1, 2), ("培训费", 1, 2)],
        ["小计", "因公出国（境）费", "公务接待费"],
        ["9.00", "6.00", "2.00", "4.00", "1.00", "2.00"],
    )
    assert [column.meaning.item for column in columns] == [
        "total_with_meetings_training", "total", "overseas_travel", "reception", "meetings",
        "training",
    ]  # fmt: skip


def test_a_lone_basis_or_year_says_nothing() -> None:
    columns = columns_of("expenditure", ["科目名称", "2031年预算数"], ["甲", "9.00"])
    assert (columns[1].meaning.basis, columns[1].year) == ("", None)


def test_a_column_of_the_year_before_keeps_its_year() -> None:
    columns = columns_of(
        "expenditure", ["科目名称", "2030年预算数", "2031年预算数"], ["甲", "9.00", "8.00"]
    )
    assert [column.year for column in columns] == [None, 2030, 2031]


def test_a_change_against_the_year_before_is_no_amount() -> None:
    columns = columns_of("expenditure", ["科目名称", "合计", "比上年增减"], ["甲", "9.00", "1.00"])
    assert roles(columns) == ["name", "amount", "change"]


def test_an_unknown_header_over_figures_is_an_amount_that_is_not_known() -> None:
    columns = columns_of("expenditure", ["科目名称", "合计", "另列资金"], ["甲", "9.00", "1.00"])
    assert (columns[2].role, columns[2].known) == ("amount", False)
    assert columns[2].meaning.component == ""


def test_the_unit_in_a_header_cell() -> None:
    columns = columns_of("expenditure", ["科目名称", "金额（万元）"], ["甲", "9.00"])
    assert (columns[1].unit, columns[1].meaning.component) == ("万元", "total")


def test_columns_of_other_tables_have_no_meaning() -> None:
    columns = columns_of("unknown", ["序号", "指标", "合计"], ["1", "甲", "9.00"])
    assert roles(columns) == ["line_no", "text", "text"]
    assert not any(column.known for column in columns)


def test_a_second_header_row_under_cells_that_are_not_merged_is_header() -> None:
    found = figures_of_table(
        draw_table(
            "2031年一般公共预算支出表",
            ["科目编码", "科目名称", "合计", "基本支出", "", "", "项目支出"],
            ["", "", "", "小计", "人员经费", "公用经费", ""],
            ["205", "教育", "9.01", "6.02", "4.03", "2.04", "3.05"],
        )
    )
    assert {text: record["column_component"] for text, record in found.items()} == {
        "9.01": "total",
        "6.02": "basic",
        "4.03": "basic_personnel",
        "2.04": "basic_operating",
        "3.05": "project",
    }

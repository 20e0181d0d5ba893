"""Tables without a title: their kind by their own words, by the list of contents, or unknown."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extract import vocabulary
from extract.contents import find_contents
from extract.errors import VocabularyError
from extract.page import Grid, Page
from extract.sheet import Sheet, collect_sheets
from extract.untitled import Evidence, load_evidence, name_untitled
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import Printed, draw_grid, draw_page

Rows = list[Sequence[Printed]]

CLASSES: Rows = [
    ["205", "教育支出", "9.00", "8.00", "1.00"],
    ["206", "科技支出", "7.00", "7.00", ""],
]
BY_FUNCTION = draw_grid(["科目编码", "科目名称", "合计", "基本支出", "项目支出"], *CLASSES)
OF_ALL_MONEY = draw_grid(
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上缴上级支出"],
    *([*row, ""] for row in CLASSES),
)
OF_ONE_FUND = draw_grid(
    [("科目", 2), ("一般公共预算支出", 3)],
    ["编码", "名称", "合计", "基本支出", "项目支出"],
    *CLASSES,
)
INCOME = draw_grid(
    ["科目编码", "科目名称", "收入合计", "财政拨款收入", "事业收入"],
    ["205", "教育支出", "9.00", "8.00", "1.00"],
    ["206", "科技支出", "7.00", "7.00", ""],
)
BY_ITEM = draw_grid(["因公出国（境）费", "公务接待费"], ["1.00", "2.00"])
LIST = [
    "一、收支总表",
    "二、收入总表",
    "三、支出总表",
    "四、一般公共预算支出表",
    "五、财政拨款三公经费支出表",
]


def read(*pages: Page) -> list[Sheet]:
    contents = find_contents(pages, load_vocabulary())
    sheets = collect_sheets(pages, load_vocabulary(), contents)
    name_untitled(sheets, contents, load_vocabulary())
    return sheets


def kinds(*grids: Grid, listed: Sequence[str] = ()) -> list[str]:
    """Kinds of tables, each on a page of its own without a title, below a list of contents."""
    pages = [draw_page("目录", *listed, "前言。")]
    pages += [draw_page(grid, number=number) for number, grid in enumerate(grids, 2)]
    return [sheet.kind for sheet in read(*pages)]


def test_what_only_one_kind_prints_proves_it() -> None:
    assert kinds(INCOME, OF_ALL_MONEY, OF_ONE_FUND) == [
        "income", "expenditure", "general_public_expenditure",
    ]  # fmt: skip


def test_what_several_kinds_print_proves_none() -> None:
    assert kinds(BY_FUNCTION) == ["unknown"]


def test_two_tables_of_one_kind_are_no_proof() -> None:
    assert kinds(INCOME, INCOME) == ["unknown", "unknown"]


def test_a_kind_that_has_a_title_elsewhere_is_no_proof() -> None:
    found = read(draw_page("收入总表", INCOME), draw_page(INCOME, number=2))
    assert [sheet.kind for sheet in found] == ["income", "unknown"]


def test_a_title_in_unknown_words_is_no_missing_title() -> None:
    (sheet,) = read(draw_page("甲类事项表", INCOME))
    assert sheet.kind == "unknown"
    (sheet,) = read(draw_page("表3", INCOME))
    assert sheet.kind == "income"


def test_the_list_of_contents_names_tables_in_their_order() -> None:
    found = kinds(INCOME, OF_ALL_MONEY, BY_FUNCTION, BY_ITEM, listed=LIST)
    assert found == ["income", "expenditure", "general_public_expenditure", "three_public"]


def test_a_table_that_may_have_two_titles_has_none() -> None:
    assert kinds(BY_FUNCTION, BY_ITEM, listed=LIST) == ["unknown", "three_public"]


def test_the_last_entry_is_no_title_of_the_first_table() -> None:
    pages = [draw_page("目录", *LIST), draw_page(INCOME, number=2)]
    (sheet,) = read(*pages)
    assert (sheet.kind, sheet.heading.title, sheet.title) == ("income", "", "收入总表")


def test_a_short_title_of_three_public_leaves_its_fund_open() -> None:
    short = [*LIST[:-1], "五、三公经费支出表"]
    assert kinds(INCOME, BY_ITEM, listed=short) == ["income", "unknown"]


def test_entries_with_leaders_page_numbers_and_breaks() -> None:
    page = draw_page(
        "二、部门预算表......3", "1. 收支总表 …………… 4", "2. 收入总表 5",
        "3．一般公共预算基本支", "出表 …… 6",
        "4.2025年“三公”经费支出表 …… 7", "三、说明 …… 8",
    )  # fmt: skip
    found = find_contents([page], load_vocabulary())
    assert [(entry.title, entry.kind) for entry in found.entries] == [
        ("收支总表", "summary"),
        ("收入总表", "income"),
        ("一般公共预算基本支出表", "basic_economic"),
        ('2025年"三公"经费支出表', "three_public"),
    ]


def test_lists_that_differ_are_no_list() -> None:
    pages = [draw_page(*LIST, "说明。"), draw_page(*reversed(LIST), "说明。", number=2)]
    assert find_contents(pages, load_vocabulary()).entries == ()


@pytest.mark.parametrize("evidence", load_evidence(), ids=lambda e: e.kind)
def test_evidence_names_kinds_with_facts(evidence: Evidence) -> None:
    kind = load_vocabulary().kinds[evidence.kind]
    assert kind.facts and kind.family != "form"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("income,proves,none,(坏,,,,", r"line 3: '\(坏' is no pattern"),
        ("income,proves,functon,收入,,,,", "line 3: 'functon' is no word of codes"),
    ],
)
def test_evidence_that_cannot_be_used_is_named_with_file_and_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (vocabulary.FOLDER / "kind_evidence.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([*lines[:2], row, ""])
    (tmp_path / "kind_evidence.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)
    with pytest.raises(VocabularyError, match=message):
        load_evidence.__wrapped__()

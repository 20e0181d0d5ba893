"""Where a document names a table: its list of contents, headings, sentences."""

from extract.contents import find_contents
from extract.mentions import Mention, find_mentions
from extract.page import Page
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import draw_grid, draw_page

LIST = ["一、收支总表......3", "二、收入总表......4", "三、支出总表......5"]


def mentions(*pages: Page) -> list[tuple[str, str, int]]:
    """Place, kind and line of everything that the pages name."""
    vocabulary = load_vocabulary()
    found = find_mentions(pages, find_contents(pages, vocabulary), vocabulary)
    return [(mention.place, mention.kind, mention.line_no) for mention in found]


def test_a_list_of_contents_names_its_tables() -> None:
    assert mentions(draw_page("目录", *LIST)) == [
        ("contents", "summary", 2),
        ("contents", "income", 3),
        ("contents", "expenditure", 4),
    ]


def test_a_numbered_title_apart_from_its_list_is_of_the_list_too() -> None:
    page = draw_page("目录", *LIST, "附件目录", "（四）政府采购表")
    assert mentions(page)[-1] == ("contents", "procurement", 6)


def test_lists_that_differ_both_name_tables() -> None:
    other = ["一、收支总表", "二、支出总表", "三、收入总表"]
    found = mentions(draw_page("目录", *LIST), draw_page("附表", *other, number=2))
    assert [kind for _, kind, _ in found] == [
        *("summary", "income", "expenditure"),
        *("summary", "expenditure", "income"),
    ]
    assert {place for place, _, _ in found} == {"contents"}


def test_a_title_above_or_inside_a_grid_is_a_heading() -> None:
    grid = draw_grid([("收入总表", 2)], ["科目", "金额"], ["教育支出", "1.00"])
    assert mentions(draw_page("某局", "表3 支出总表", grid)) == [
        ("heading", "expenditure", 2),
        ("heading", "income", 0),
    ]


def test_a_sentence_names_what_stands_in_title_marks() -> None:
    page = draw_page("收入与《部门收支预算总表》一致，见本表。", "以上按《预算法》编制。")
    assert mentions(page) == [("sentence", "summary", 1)]


def test_a_mention_keeps_the_title_without_number_and_leaders() -> None:
    page = draw_page("目录", *LIST, number=2)
    vocabulary = load_vocabulary()
    found = list(find_mentions([page], find_contents([page], vocabulary), vocabulary))
    assert found[0] == Mention("contents", "收支总表", "summary", 2, 2)

"""Paragraphs out of lines, and figures that a line break cuts."""

import pytest

from extract.page import Box, Grid, GridCell, Line, Page
from extract.sentences.function_names import mark_names
from extract.sentences.grammar import NAMED
from extract.sentences.prose import APART, flatten, paragraphs


def page(*items: Line | Grid, number: int | None = 1) -> Page:
    """A page of lines."""
    return Page(number, 600, 800, "prose", tuple(items))


def plain(*texts: str) -> list[str]:
    """Paragraphs of text without places."""
    return [one.text for one in paragraphs([page(*(Line(text, None) for text in texts))])]


def placed(*lines: tuple[str, float, float]) -> list[str]:
    """Paragraphs of lines that run from the first to the second number."""
    return [
        one.text
        for one in paragraphs(
            [
                page(
                    *(
                        Line(text, Box(x0, 20.0 * at, x1, 20.0 * at + 12))
                        for at, (text, x0, x1) in enumerate(lines)
                    )
                )
            ]
        )
    ]


def test_a_line_that_reaches_the_margin_goes_on_unless_the_next_is_indented() -> None:
    assert placed(
        ("档案馆全年收入合计为一千二百五十万元整其", 96, 516),
        ("中财政拨款占大部分", 72, 250),
        ("事业收入很少几乎可以忽略不计对全年没有多", 96, 516),
        ("少影响", 72, 140),
    ) == [
        "档案馆全年收入合计为一千二百五十万元整其中财政拨款占大部分",
        "事业收入很少几乎可以忽略不计对全年没有多少影响",
    ]


def test_a_short_line_ends_its_paragraph() -> None:
    assert placed(
        ("一、收入情况", 96, 180),
        ("档案馆全年收入合计为一千二百五十万元整其", 72, 516),
    ) == ["一、收入情况", "档案馆全年收入合计为一千二百五十万元整其"]


def test_text_without_places_goes_on_where_a_line_is_as_long_as_its_neighbours() -> None:
    full = "档案馆本年度收入合计一千二百五十万元其中财政拨款占比"
    assert plain(full, "很高。", "二、支出情况") == [full + "很高。", "二、支出情况"]
    assert plain(full + "。", "二、支出情况") == [full + "。", "二、支出情况"]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("支出1,234.", "56万元", "支出1,234.56万元"),
        ("支出1,", "234.56万元", "支出1,234.56万元"),
        ("截至20", "24年", "截至2024年"),
        ("支出12", "34万元", f"支出12{APART}34万元"),
    ],
)
def test_digits_are_joined_over_a_break_only_where_they_are_one_figure(
    above: str, below: str, joined: str
) -> None:
    lead = "档案馆本年度的各项工作都按照年初的计划顺利地完成了"
    assert plain(lead + above, below)[0] == lead + joined


def test_a_figure_or_a_unit_alone_begins_no_paragraph() -> None:
    assert plain("年初预算为", "1,234.50万元,支出决算为20", "万元。") == [
        "年初预算为1,234.50万元,支出决算为20万元。"
    ]


def test_digits_that_a_space_holds_apart_are_not_one_figure() -> None:
    assert flatten("共 12 34 万元") == f"共12{APART}34万元"


def test_a_table_ends_a_paragraph_and_a_page_does_not() -> None:
    full = "档案馆本年度收入合计一千二百五十万元其中财政拨款占比"
    grid = Grid(1, 1, (GridCell(0, 0, 1, 1, ("x",)),))
    assert len(list(paragraphs([page(Line(full, None), grid, Line("很高。", None))]))) == 2
    found = list(paragraphs([page(Line(full, None)), page(Line("很高。", None), number=2)]))
    assert [one.text for one in found] == [full + "很高。"]
    assert found[0].place(0) == (1, 1)
    assert found[0].place(len(full)) == (2, 2)


def test_page_numbers_are_no_prose() -> None:
    full = "档案馆本年度收入合计一千二百五十万元其中财政拨款占比"
    assert plain(full, "— 4 —", "很高。") == [full + "很高。"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1.教育支出(类)普通教育(款)小学教育(项)支出", ("教育支出", "普通教育", "小学教育")),
        ("教育支出(205类)普通教育(02款)小学教育(02项)", ("教育支出", "普通教育", "小学教育")),
        ('3."教育支出-普通教育-小学教育"科目', ("教育支出", "普通教育", "小学教育")),
        ("小学教育(2050202),2023年度决算数为", ("", "", "小学教育")),
        ("其中:公共安全(类)支出", ("公共安全", "", "")),
        ("(一)法院(款)案件审判(项)支出", ("", "法院", "案件审判")),
    ],
)
def test_names_of_classes_are_found_however_they_are_marked(
    text: str, names: tuple[str, str, str]
) -> None:
    marked, found = mark_names(text)
    assert NAMED in marked
    assert [(one.class_name, one.section_name, one.item_name) for one in found] == [names]


def test_a_name_with_digits_is_no_name() -> None:
    assert mark_names("共12(项)支出")[1] == []

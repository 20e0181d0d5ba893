"""Indicators in text whose cells were cut: names joined, classes as printed, doubt refused."""

import pytest

from extract.forms.columns import Spec, read_columns
from extract.forms.confirm_names import confirm_names
from extract.forms.indicators import IndicatorTable
from extract.forms.model import Form, Indicator
from extract.forms.noisy_indicators import are_brackets_whole, join_pieces
from extract.forms.target import parse_target
from extract.page import Box, GridCell

SPECS = [
    Spec("level_1", 1, 2, "一级指标"),
    Spec("level_2", 2, 3, "二级指标"),
    Spec("level_3", 3, 4, "三级指标"),
    Spec("target", 6, 7, "指标值"),
]


def row(*texts: str) -> list[GridCell]:
    return [GridCell(0, column, 1, 1, (text,), None) for column, text in enumerate(texts) if text]


def read(*rows: tuple[str, ...]) -> list[Indicator]:
    """The indicators that rows of cells give in text made from pages."""
    form, table = Form(), IndicatorTable(specs=SPECS)
    for texts in rows:
        table.take(form, None, row(*texts), row(*texts), False, "tabbed")
    return form.indicators


def said(*rows: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.level_1, one.level_2, one.level_3, one.target) for one in read(*rows)]


def test_a_second_printed_line_comes_behind_the_whole_first() -> None:
    cells = row("道路修补 时长(天)", "从受理至", "完工")
    name = join_pieces(cells)
    assert name is not None and name.text == "道路修补从受理至完工时长(天)"
    plain = join_pieces(row("道路修补", "从受理至", "完工"))
    assert plain is not None and plain.lines == ("道路修补", "从受理至", "完工")


@pytest.mark.parametrize(
    "texts",
    [
        ("道路修补 时长", "从受理至 完工"),
        ("道路修补", "从受理至 完工"),
        ("道路修补 时长 平均", "从受理至"),
        ("促进度", "()优、"),
        ("提升(优、", "能力"),
        ("系统 (优、良、", "能力)程度"),
    ],
)
def test_a_name_whose_lines_or_brackets_are_in_disorder_is_none(texts: tuple[str, ...]) -> None:
    assert join_pieces(row(*texts)) is None


def test_brackets_are_in_order() -> None:
    assert are_brackets_whole("数量(个)") and are_brackets_whole("数量")
    assert not are_brackets_whole("数量(") and not are_brackets_whole("量)数(")


def test_what_the_next_piece_prints_again_is_one_print() -> None:
    assert said(("", "", "数量指标", "总成本", "总成本控制金额", "", "≤7万元")) == [
        ("产出指标", "数量指标", "总成本控制金额", "≤7万元")
    ]
    assert said(("", "", "数量指标", "控制金额 ≤7", "", "", "≤7万元"))[0][2] == "控制金额"
    assert said(("", "", "时效指标", "办结率", "100%", "100%", "100%")) == []


def test_a_row_without_a_target_in_its_place_gives_no_indicator() -> None:
    assert said(("效", "", "道路修补", "完成情况", "", "稳定")) == []
    assert said(("", "效", "", "道路修补", "完成情况", "", "稳定"))[0][2:] == (
        "道路修补完成情况",
        "稳定",
    )


@pytest.mark.parametrize("name", ["指标值", "2022年", "2022年2021年"])
def test_words_of_a_header_are_no_name(name: str) -> None:
    assert said(("", "", "", name, "", "", "≥1次")) == []
    assert len(said(("", "", "", "道路修补", "", "", "≥1次"))) == 1


def test_a_class_that_looks_like_a_name_is_one_where_a_name_stands() -> None:
    (read_one,) = said(
        ("", "满意度指标", "服务对象满意度指标", "服务对象满意度", "", "", "≥95%")
    )  # fmt: skip
    assert read_one == ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥95%")


def test_a_word_of_a_class_may_be_cut_over_two_rows() -> None:
    rows = (
        ("", "", "服务对象满意", "居民满意度", "", "", "≥90%"),
        ("", "", "度指标", "企业满意度", "", "", "≥95%"),
        ("", "", "", "其他", "", "", "≥1次"),
    )
    assert [one[:2] for one in said(*rows)] == [
        ("满意度指标", "服务对象满意度指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("", ""),
    ]
    assert [one[:2] for one in said(rows[0], rows[2], rows[1])] == [("", "")] * 3


def test_two_classes_may_stand_in_one_cell() -> None:
    assert said(("", "成本指标 经济成本指标", "", "总成本", "", "", "≤7万元"))[0][:2] == (
        "成本指标",
        "经济成本指标",
    )


def test_a_blank_class_is_neither_that_above_nor_that_below() -> None:
    rows = (
        ("", "产出指标", "数量指标", "灯杆数量", "", "", "≥7根"),
        ("", "", "", "巡查次数", "", "", "≥9次"),
        ("", "", "质量指标", "完好率", "", "", "≥9%"),
    )
    assert [one[1] for one in said(*rows)] == ["数量指标", "", "质量指标"]


def test_a_rest_of_a_header_cut_by_an_edge_is_no_header() -> None:
    def text(column: int, word: str) -> GridCell:
        return GridCell(0, column, 1, 1, (word,), Box(column, 0, column + 1, 1))

    def fields(*cells: GridCell) -> list[tuple[str, float]]:
        return [(spec.field, spec.x0) for spec in read_columns(cells)]

    head = [text(1, "一级指标"), text(5, "指标值")]
    assert fields(*head, text(2, "标 三级指标"))[2] == ("level_3", 2)
    assert fields(*head, text(2, "旨标 二级指标 三级指标"))[2:] == [("level_2", 2), ("level_3", 3)]
    assert fields(*head, text(2, "说明文 三级指标"))[2] == ("rest", 2)
    page = GridCell(0, 2, 1, 1, ("标 三级指标",), Box(80.5, 0, 120, 1))
    assert fields(*head, page)[2][0] == "rest"


def named(*names: tuple[str, ...]) -> list[str]:
    cell = GridCell(0, 0, 1, 1, ("",))
    form = Form()
    form.indicators = [
        Indicator(None, cell, "year", "", "", "".join(pieces), "1", pieces=pieces[1:] and pieces)
        for pieces in names
    ]
    confirm_names([form])
    return [one.level_3 for one in form.indicators]


def test_a_character_too_many_goes_where_the_name_is_printed_without_it() -> None:
    assert named(("居民满", "i意度"), ("居民满意度",))[0] == "居民满意度"
    assert named(("居民满意度", "×"), ("居民满", "意度"))[0] == "居民满意度"
    assert named(("居民满", "i意度"), ("企业满意度",))[0] == "居民满i意度"
    assert named(("总成本控制", "数"), ("总成本控制",))[0] == "总成本控制数"


def test_all_the_year_is_no_number_of_years() -> None:
    assert parse_target("全年稳定").operator == "qualitative"
    assert parse_target("两年内完成").operator is None

"""What words say beside figures with a topic: breakdowns, named codes, denials, goals."""

from decimal import Decimal

import pytest

from extract.forms.target import find_target
from extract.remarks.breakdowns import read_breakdowns
from extract.remarks.class_names import read_class_names
from extract.remarks.denials import read_denials
from extract.sentences.prose import Paragraph


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, (0,), (7,), (3,))


def breakdowns(text: str) -> list[tuple[str, int, str]]:
    return [(one.kind, one.group, one.printed) for one in read_breakdowns([paragraph(text)])]


def test_a_part_in_brackets_is_a_whole_of_its_own() -> None:
    text = "建筑面积900平方米,其中地上700平方米(其中计容600平方米,不计容100平方米),地下200平方米。"
    assert breakdowns(text) == [
        ("whole", 1, "900"),
        ("part", 1, "700"),
        ("part", 1, "200"),
        ("whole", 2, "700"),
        ("part", 2, "600"),
        ("part", 2, "100"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "共有车辆7辆,其中单价50万元以上设备3台。",
        "支出90万元,其中基本支出比上年增加30万元。",
        "共有车辆7辆。其中轿车9辆。",
        "教师90人,其中教授50人,博士生导师60人。",
    ],
)
def test_what_is_no_plain_part_is_none(text: str) -> None:
    assert breakdowns(text) == []


def test_parts_end_where_a_comparison_begins() -> None:
    text = "支出90万元,其中:基本支出60万元、项目支出30万元,比上年增加5万元。"
    assert [printed for _, _, printed in breakdowns(text)] == ["90", "60", "30"]


def test_a_code_has_the_name_that_begins_its_paragraph() -> None:
    found = list(read_class_names([paragraph("8.某类设施(2060204):反映设施的支出。")]))
    assert [(one.name, one.code, one.line) for one in found] == [("某类设施", "2060204", 7)]
    assert not list(read_class_names([paragraph("用于某类设施等方面的支出,见(2060204)。")]))


def test_none_and_some_are_told_apart_over_a_broken_line() -> None:
    said = [
        paragraph("组织对1个项目开展了部门"),
        paragraph("评价。"),
        paragraph("无部门评价项目。"),
    ]
    assert [(one.kind, one.name, one.value) for one in read_denials(said)] == [
        ("some", "department_evaluation", Decimal(1)),
        ("none", "department_evaluation", Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("专题数量不少于", "个;", ("专题数量", ">=", "个")),
        ("企业注册数达", "家以上", ("企业注册数达", ">=", "家")),
        ("满意度", "%数量目标", ("满意度", None, "%")),
        ("满意度", "", ("满意度", None, "")),
    ],
)
def test_a_figure_among_words_has_operator_and_unit(
    before: str, after: str, expected: tuple[str, str | None, str]
) -> None:
    assert find_target(before, after) == expected

"""Classes of indicators whose merged cell a page break cut, with the word behind the break."""

from extract.forms.model import Form
from extract.forms.naming import find_form_kinds, name_forms
from extract.page import Page
from extract.sheet import collect_sheets
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import draw_grid, draw_page

HEAD = [
    [("项目名称", 2), ("档案数字化", 4)],
    [("绩\n效\n指\n标", 1, 4), "一级\n指标", "二级指标", "三级指标", "指标值", "分值"],
    [("成本指标", 1, 1), "经济成本指标", "总成本", "≤9万元", "10"],
]


def classes_of(*pages: Page) -> list[tuple[str, str, str]]:
    """Return level 1 and 2 and the name of each indicator of one form."""
    sheets = collect_sheets(pages, load_vocabulary())
    find_form_kinds(sheets, load_vocabulary())
    forms: list[Form] = [form for sheet in sheets for form in name_forms(sheet).forms]
    assert len(forms) == 1
    return [(i.level_1, i.level_2, i.level_3) for i in forms[0].indicators]


def page(*rows: list[object], number: int) -> Page:
    """A page with the rows; the first one under a title."""
    grid = draw_grid(*rows)  # type: ignore[arg-type]
    title = "项目支出绩效目标表"
    return draw_page(title, grid, number=number) if number == 1 else draw_page(grid, number=number)


def test_a_word_behind_the_break_names_the_blank_part_before_it() -> None:
    first = page(
        *HEAD,
        [("", 1, 2), ("", 1, 2), "扫描页数", "10万页", "20"],
        ["装订卷数", "500卷", "10"],
        number=1,
    )
    second = page(
        [("", 1, 3), ("产出指标", 1, 2), ("数量指标", 1, 1), "修复卷数", "5卷", "10"],
        ["质量指标", "合格率", "98%", "10"],
        ["效益指标", "社会效益指标", "利用人次", "增加", "10"],
        number=2,
    )
    assert classes_of(first, second) == [
        ("成本指标", "经济成本指标", "总成本"),
        ("产出指标", "数量指标", "扫描页数"),
        ("产出指标", "数量指标", "装订卷数"),
        ("产出指标", "数量指标", "修复卷数"),
        ("产出指标", "质量指标", "合格率"),
        ("效益指标", "社会效益指标", "利用人次"),
    ]


def test_blank_cells_of_single_rows_are_of_the_class_above() -> None:
    first = page(
        *HEAD,
        ["", "", "单件成本", "6元", "20"],
        ["产出指标", "数量指标", "装订卷数", "500卷", "10"],
        number=1,
    )
    assert classes_of(first)[1:] == [
        ("成本指标", "经济成本指标", "单件成本"),
        ("产出指标", "数量指标", "装订卷数"),
    ]


def test_a_blank_cell_at_the_end_of_a_form_is_of_the_class_above() -> None:
    first = page(
        *HEAD, [("", 1, 2), ("", 1, 2), "单件成本", "6元", "20"], ["人均", "2元", "5"], number=1
    )
    assert {row[:2] for row in classes_of(first)} == {("成本指标", "经济成本指标")}


def test_a_blank_part_behind_the_break_goes_on_with_the_word_before_it() -> None:
    first = page(
        *HEAD,
        ["产出指标", ("数量指标", 1, 2), "装订卷数", "500卷", "10"],
        ["产出指标", "扫描页数", "10万页", "10"],
        number=1,
    )
    second = page(
        [("", 1, 2), ("", 1, 1), ("", 1, 1), "修复卷数", "5卷", "10"],
        ["效益指标", "社会效益指标", "利用人次", "增加", "10"],
        number=2,
    )
    assert classes_of(first, second)[3:] == [
        ("产出指标", "数量指标", "修复卷数"),
        ("效益指标", "社会效益指标", "利用人次"),
    ]

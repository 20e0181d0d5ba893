"""Forms of all kinds, drawn as their templates print them: fields, money, goals, indicators."""

from decimal import Decimal

from extract.forms.model import Form
from extract.forms.naming import find_form_kinds, name_forms
from extract.page import Page
from extract.sheet import collect_sheets
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import draw_grid, draw_page

HEAD = [
    [("项目名称", 2), ("档案数字化", 4)],
    [("主管部门及代码", 2), ("档案局 126", 2), "实施单位", "档案馆"],
]
FUNDS = [
    [("项目资金\n（万元）", 2, 4), ("年度资金总额：", 2), ("108.50", 2)],
    [("其中：财政拨款", 2), ("100.00", 2)],
    [("上年结转", 2), ("8.50", 2)],
    [("其他资金", 2), ("0", 2)],
]
INDICATORS = [
    [("绩\n效\n指\n标", 1, 4), "一级\n指标", "二级指标", "三级指标", "指标值", "分值\n（90）"],
    [("产出指标", 1, 2), ("数量指标", 1, 1), "扫描\n页数", "≥10万页", "40"],
    ["质量指标", "合格率", "98%", "30"],
    ["满意度指\n标", "服务对象满意度指标", "群众满意度", "显著", "20"],
]


def forms_of(*pages: Page) -> list[Form]:
    sheets = collect_sheets(pages, load_vocabulary())
    return [form for sheet in sheets for form in name_forms(sheet).forms]


def money_of(form: Form) -> list[tuple[str, str, str]]:
    return [(money.cell.text, money.fund, money.measure) for money in form.money]


def paths_of(form: Form) -> list[tuple[str, str, str, str]]:
    return [(i.level_1, i.level_2, i.level_3, i.target) for i in form.indicators]


def test_a_form_of_one_page() -> None:
    goal = [("年\n度\n总\n体\n目\n标", 1), ("一年内完成十万页。", 5)]
    page = draw_page("项目支出绩效目标表", draw_grid(*HEAD, *FUNDS, goal, *INDICATORS))
    (form,) = forms_of(page)
    assert form.project_name == "档案数字化"
    assert form.said("implementing_unit") == "档案馆"
    assert form.goal == "一年内完成十万页。"
    assert money_of(form) == [
        ("108.50", "all", "budget"),
        ("100.00", "fiscal", "budget"),
        ("8.50", "carryover", "budget"),
        ("0", "other_printed", "budget"),
    ]
    assert {money.unit_text for money in form.money} == {"万元"}
    assert paths_of(form) == [
        ("产出指标", "数量指标", "扫描页数", "≥10万页"),
        ("产出指标", "质量指标", "合格率", "98%"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "显著"),
    ]
    assert [i.weight for i in form.indicators] == [Decimal(40), Decimal(30), Decimal(20)]
    assert {i.horizon for i in form.indicators} == {"year"}


def test_several_forms_in_one_grid() -> None:
    second = [[("项目名称", 2), ("库房维修", 4)], *FUNDS, *INDICATORS]
    page = draw_page("项目支出绩效目标表", draw_grid(*HEAD, *FUNDS, *INDICATORS, *second))
    forms = forms_of(page)
    assert [form.project_name for form in forms] == ["档案数字化", "库房维修"]
    assert [len(form.indicators) for form in forms] == [3, 3]
    assert [len(form.money) for form in forms] == [4, 4]


def test_a_form_goes_on_over_the_page_with_its_merged_classes() -> None:
    begun = [
        [("绩效指标", 1, 2), "一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "数量指标", "扫描页数", "≥10万页", "40"],
    ]
    title = "项目支出绩效目标表"
    first = draw_page(title, draw_grid(*HEAD, *FUNDS, *begun), number=1)
    rest = draw_grid(
        [("", 1, 3), ("", 1, 2), ("", 1, 1), "装订卷数", "≥500卷", "10"],
        ["质量指标", "合格率", "98%", "30"],
        ["效益指标", "社会效益指标", "利用人次", "增加", "10"],
    )
    (form,) = forms_of(first, draw_page(rest, number=2))
    assert paths_of(form)[1:] == [
        ("产出指标", "数量指标", "装订卷数", "≥500卷"),
        ("产出指标", "质量指标", "合格率", "98%"),
        ("效益指标", "社会效益指标", "利用人次", "增加"),
    ]
    assert [i.page_number for i in form.indicators] == [1, 2, 2, 2]


def test_a_cell_that_the_page_broke_is_joined_but_no_figure_is() -> None:
    grid = draw_grid(*HEAD, *FUNDS, *INDICATORS)
    words = draw_grid(["", "", "", "达到国家标准", "", ""])
    figures = draw_grid(["", "", "", "", "00件", ""])
    title = "项目支出绩效目标表"
    (joined,) = forms_of(draw_page(title, grid, number=1), draw_page(words, number=2))
    assert joined.indicators[-1].level_3 == "群众满意度达到国家标准"
    (torn,) = forms_of(draw_page(title, grid, number=1), draw_page(figures, number=2))
    assert torn.indicators[-1].torn
    assert len(torn.indicators) == 3


def test_two_horizons_side_by_side() -> None:
    grid = draw_grid(
        [("项目名称", 2), ("库房维修", 6)],
        [("项目资金", 2, 2), "中期资金总额：", ("300.00", 2), "年度资金总额：", ("100.00", 2)],
        ["其中：财政拨款", ("290.00", 2), "其中：财政拨款", ("90.00", 2)],
        [("总体目标", 1, 2), ("中期目标（2031年-2033年）", 4), ("年度目标", 3)],
        [("修好库房。", 4), ("修好一楼。", 3)],
        [("绩效指标", 1, 2), "一级指标", "二级指标", "三级指标", "指标值",
         "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "面积", "≥900平方米", "数量指标", "面积", "≥300平方米"],
    )  # fmt: skip
    (form,) = forms_of(draw_page("项目支出绩效目标表", "单位：万元", grid))
    assert money_of(form) == [
        ("300.00", "all", "whole_period"),
        ("100.00", "all", "budget"),
        ("290.00", "fiscal", "whole_period"),
        ("90.00", "fiscal", "budget"),
    ]
    assert form.goal == "修好一楼。"
    assert [(i.horizon, i.target) for i in form.indicators] == [
        ("long_term", "≥900平方米"),
        ("year", "≥300平方米"),
    ]


def test_the_total_of_the_project_beside_that_of_the_year() -> None:
    grid = draw_grid(
        ["项目名称", ("库房维修", 4)],
        [("项目资金（元）", 1, 2), "项目资金总额", "500", "年度资金申请总额", "200"],
        ["其中：财政资金", "400", "其中：当年财政拨款", "150"],
        ["", "一级指标", "二级指标", "三级指标", "年度（/项目）指标值"],
        ["绩效指标", "产出指标", "数量指标", "面积", "≥300.00（平方米）"],
    )
    (form,) = forms_of(draw_page("项目支出绩效目标表", grid))
    assert money_of(form) == [
        ("500", "all", "whole_period"),
        ("200", "all", "budget"),
        ("400", "fiscal", "whole_period"),
        ("150", "fiscal", "budget"),
    ]


def test_an_evaluation_with_phases_of_the_budget_and_scores() -> None:
    grid = draw_grid(
        [("项目名称", 2), ("档案数字化", 6)],
        [("项目资金\n（万元）", 1, 3), "", "年初预算数", "全年预算数", "全年执行数", "分值",
         "执行率", "得分"],
        ["年度资金总额", "100.00", "120.00", "110.00", "10", "91.67%", "9.17"],
        ["其中：当年财政拨款", "80.00", "95.00", "85.00", "—", "89.47%", "—"],
        [("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 3)],
        [("扫描十万页。", 4), ("已完成。", 3)],
        [("绩效指标", 1, 3), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值",
         "分值", "得分"],
        ["产出指标", "数量指标", "扫描页数", "≥10万页", "11万页", "45", "45"],
        ["", "质量指标", "合格率", "≥98%", "97%", "45", "41.5"],
        [("总分", 6), "100", "95.67"],
    )  # fmt: skip
    (form,) = forms_of(draw_page("项目支出绩效自评表", grid))
    assert money_of(form) == [
        ("100.00", "all", "initial_budget"),
        ("120.00", "all", "adjusted_budget"),
        ("110.00", "all", "executed"),
        ("80.00", "fiscal", "initial_budget"),
        ("95.00", "fiscal", "adjusted_budget"),
        ("85.00", "fiscal", "executed"),
    ]
    assert form.score == Decimal("95.67")
    assert form.goal == "扫描十万页。"
    assert [(i.level_1, i.actual, i.weight, i.score) for i in form.indicators] == [
        ("产出指标", "11万页", Decimal(45), Decimal(45)),
        ("产出指标", "97%", Decimal(45), Decimal("41.5")),
    ]


def test_a_list_with_one_indicator_a_row() -> None:
    grid = draw_grid(
        ["单位名称", "项目名称", "项目资金（万元）", "一级指标", "二级指标", "三级指标",
         "指标性质", "指标值", "度量单位"],
        [("档案局", 1, 3), ("档案数字化", 1, 2), ("88.00", 1, 2), ("产出指标", 1, 2), "数量指标",
         "扫描页数", "≥", "10", "万页"],
        ["质量指标", "合格率", "≥", "98", "%"],
        ["库房维修", "50.00", "产出指标", "数量指标", "维修面积", "=", "300", "平方米"],
    )  # fmt: skip
    first, second = forms_of(draw_page("2031年部门预算项目支出绩效目标表", grid))
    assert (first.project_name, second.project_name) == ("档案数字化", "库房维修")
    assert money_of(first) == [("88.00", "all", "budget")]
    assert money_of(second) == [("50.00", "all", "budget")]
    assert [i.target for i in first.indicators] == ["≥10万页", "≥98%"]
    assert second.said("implementing_unit") == "档案局"


def test_a_list_of_evaluations() -> None:
    grid = draw_grid(
        ["序号", "项目名称", "预算数", "执行数", "执行率", "自评得分", "自评等级"],
        ["1", "档案数字化", "100.00", "90.00", "90%", "95.5", "优"],
        [("合计", 2), "100.00", "90.00", "", "", ""],
    )
    (form,) = forms_of(draw_page("项目绩效自评结果汇总表", "单位：万元", grid))
    assert (form.score, form.said("grade")) == (Decimal("95.5"), "优")
    assert [(m.cell.text, m.measure, m.row_kind) for m in form.money] == [
        ("100.00", "adjusted_budget", "line"),
        ("90.00", "executed", "line"),
        ("100.00", "adjusted_budget", "total"),
        ("90.00", "executed", "total"),
    ]
    assert form.indicators == []


def test_a_score_of_nothing_is_a_score() -> None:
    grid = draw_grid(
        ["序号", "项目名称", "预算数", "执行数", "执行率", "自评得分", "自评等级"],
        ["1", "甲项目", "10.00", "0.00", "0%", "0", "差"],
        ["", "", "", "", "", "88", ""],
    )
    (form,) = forms_of(draw_page("项目支出绩效自评结果汇总表", "单位：万元", grid))
    assert form.score == 0


def test_the_form_of_a_whole_department_names_no_project() -> None:
    grid = draw_grid(
        [("部门（单位）名称", 2), ("档案局", 4)],
        [("年度主要任务", 1, 4), ("任务名称", 1, 2), ("主要内容", 1, 2), ("预算金额（万元）", 3)],
        ["总额", "财政拨款", "其他资金"],
        ["档案接收", "接收到期档案", "60.00", "55.00", "5.00"],
        [("金额合计", 2), "60.00", "55.00", "5.00"],
        [("年度总体目标", 1), ("做好档案工作。", 5)],
        [("年度绩效指标", 1, 2), "一级指标", "二级指标", ("三级指标", 2), "指标值"],
        ["产出指标", "数量指标", ("接收卷数", 2), "≥1000卷"],
    )
    (form,) = forms_of(draw_page("部门整体支出绩效目标表", grid))
    assert form.project_name == ""
    assert [(m.cell.text, m.fund, m.row_kind, m.row_label) for m in form.money] == [
        ("60.00", "all", "subtotal", "档案接收"),
        ("55.00", "fiscal", "subtotal", "档案接收"),
        ("5.00", "other_printed", "subtotal", "档案接收"),
        ("60.00", "all", "total", "金额合计"),
        ("55.00", "fiscal", "total", "金额合计"),
        ("5.00", "other_printed", "total", "金额合计"),
    ]
    assert paths_of(form) == [("产出指标", "数量指标", "接收卷数", "≥1000卷")]


def test_a_form_without_a_title_shows_by_its_words_what_it_is() -> None:
    page = draw_page(draw_grid(*HEAD, *FUNDS, *INDICATORS))
    sheets = collect_sheets((page,), load_vocabulary())
    find_form_kinds(sheets, load_vocabulary())
    assert [sheet.kind for sheet in sheets] == ["performance_target"]
    other = draw_page(draw_grid(["项目名称", "金额"], ["库房维修", "50.00"]))
    sheets = collect_sheets((other,), load_vocabulary())
    find_form_kinds(sheets, load_vocabulary())
    assert [sheet.kind for sheet in sheets] == ["unknown"]

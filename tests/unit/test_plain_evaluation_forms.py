"""Evaluation forms and lists of projects in text with spaces between cells."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.forms.model import Form
from extract.forms.naming import LabelledForms
from extract.page import Grid
from extract.plain.evaluation_forms import find_evaluations
from extract.plain.form_indicators import find_points, read_indicators
from extract.plain.form_money import money_rows, place_money
from extract.plain.form_parts import FormLine, Piece, form_lines, is_value, split_heads
from extract.reading import read_document
from extract.vocabulary import load_vocabulary

HEAD = """项目支出绩效自评表
（2031年度）
单位：万元
项目名称 旧档案修复 主管部门 某市档案局
项目实施单位 某市档案馆 联系人/
联系电话
赵钱孙/5550123
项目预算
执行情况
（10分）
年初
预算数
全年预算数
（A）
全年执行数
（B） 分值
执行
率（
B/A)
得分
"""
MONEY = """年度资金总额 90 80.5 40.25 10 50% 5
其中：当年财政拨
款
60 50.5 40.25 - -
     上年结转资金 30 30 - -
     其他资金 - -
"""
GOALS = """年度总体目标
年初预期目标 目标实际完成情况
修复两百卷旧档案，编好目
录。
修复了二百一十卷旧档案，
编好了目录。
"""
INDICATORS = """年
度
绩
效
指
标
一级
指标
二级
指标
三级指标
年度指标值
（A）
实际完成
指标值（B）
分值 得分
偏差原因分析及改进措
施
成本指标
（20分）
经济成本指标 总成本 ≤80.5万元 40.25万元 20 20
产
出
指
标
（50分）
数量指标
修复的旧
档案
≥200卷 210卷 20 20
编目 200条 190条 10 9.5
有十卷没有题名，来
不及编目。
修复用纸
卷数
≤50卷 45卷 10 10
质量指标 合格
≥95%且无
退件
97% 10 10
满意度指
标
（20分）
服务对象满意度指
标
读者满意度 ≥90% 92% 20 20
小计 90 89.5
总分 94.5
"""
TAIL = """总分在80分以下的项目未实现绩效目标的原因：
"""
FORM = HEAD + MONEY + GOALS + INDICATORS + TAIL
LIST = """某市2031年度项目绩效自评情况汇总表
部门名称：某市档案局 单位：万元
序号
项目类别（甲
类/乙类）
资金名称 项目名称 项目实施单位 年初预算数 全年预算数
预算
执行数
自评得分 自评等级 备注
1 甲类
档案保护
资金
旧档案
修复
档案馆 90 80.5 40.25 94.5 优
2 乙类 专项资金
书库窗户更
换
档案馆 8 8 7.5 88 良 93.75%
3 甲类
图书采购
资金
新书
目录
档案馆 5 5 5 100 优
合计 103 93.5 52.75
"""


def cells(text: str) -> list[list[str]]:
    """Return the texts of the grids that are found, row by row, without blanks."""
    return [
        [cell.text for cell in row if cell.text]
        for region in find_evaluations(text.splitlines())
        for row in region.grid.by_row()
    ]


def grids(text: str) -> list[Grid]:
    """Return the grids that are found."""
    return [region.grid for region in find_evaluations(text.splitlines())]


def read(tmp_path: Path, text: str) -> list[Form]:
    """Return the forms that a text gives, in order of print."""
    path = tmp_path / "text.txt"
    path.write_text("某市档案局2031年部门决算\n" + text, encoding="utf-8")
    return [
        form
        for table in read_document(path, load_vocabulary()).tables
        if isinstance(table.labelled, LabelledForms)
        for form in table.labelled.forms
    ]


def test_a_form_becomes_a_form(tmp_path: Path) -> None:
    (form,) = read(tmp_path, FORM)
    assert form.project_name == "旧档案修复"
    assert form.said("implementing_unit") == "某市档案馆"
    assert form.score == Decimal("94.5")
    assert form.goal == "修复两百卷旧档案，编好目录。"
    assert form.said("goal_actual") == "修复了二百一十卷旧档案，编好了目录。"


def test_money_stands_below_its_phase(tmp_path: Path) -> None:
    (form,) = read(tmp_path, FORM)
    found = {
        (money.fund, money.measure): money.cell.text for money in form.money if not money.cell.doubt
    }
    assert found == {
        ("all", "initial_budget"): "90",
        ("all", "adjusted_budget"): "80.5",
        ("all", "executed"): "40.25",
        ("fiscal", "initial_budget"): "60",
        ("fiscal", "adjusted_budget"): "50.5",
        ("fiscal", "executed"): "40.25",
        ("carryover", "initial_budget"): "30",
        ("carryover", "adjusted_budget"): "30",
    }
    settled = [money for money in form.money if money.cell.reading == "resolved"]
    assert {money.fund for money in settled} == {"carryover"}
    assert {money.reading for money in settled} == {"resolved"}
    assert {money.settled.method for money in settled if money.settled} == {"blank_column"}


def test_indicators_are_put_together(tmp_path: Path) -> None:
    (form,) = read(tmp_path, FORM)
    assert [
        (
            one.level_1,
            one.level_2,
            one.level_3,
            one.target,
            one.actual,
            str(one.weight),
            str(one.score),
        )
        for one in form.indicators
    ] == [
        ("成本指标", "经济成本指标", "总成本", "≤80.5万元", "40.25万元", "20", "20"),
        ("产出指标", "数量指标", "修复的旧档案", "≥200卷", "210卷", "20", "20"),
        ("产出指标", "数量指标", "编目", "200条", "190条", "10", "9.5"),
        ("产出指标", "数量指标", "修复用纸卷数", "≤50卷", "45卷", "10", "10"),
        ("产出指标", "质量指标", "合格", "≥95%且无退件", "97%", "10", "10"),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥90%", "92%", "20", "20"),
    ]
    assert form.indicators[2].reason == "有十卷没有题名，来不及编目。"


def test_no_person_is_named(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("某市档案局2031年部门决算\n" + FORM, encoding="utf-8")
    reading = read_document(path, load_vocabulary())
    everything = repr(reading)
    assert "赵钱孙" not in everything and "5550123" not in everything
    assert "旧档案修复" in everything


def test_a_figure_that_fits_two_columns_is_in_doubt() -> None:
    text = FORM.replace("上年结转资金 30 30 - -", "上年结转资金 30 30 - -\n     单位资金 0 - -")
    doubts = [cell.text for cell in grids(text)[0].cells if cell.doubt]
    assert doubts == ["0"]


def test_a_vanished_blank_of_the_total_is_found_by_the_rate() -> None:
    text = FORM.replace("90 80.5 40.25 10 50% 5", "90 80.5 10 0 0").replace(
        "60 50.5 40.25 - -", "60 50.5 - -"
    )
    rows = [row for row in grids(text)[0].by_row() if row[0].text == "年度资金总额"]
    assert [cell.text for cell in rows[0]] == ["年度资金总额", "90", "80.5", "", "10", "0", "0", ""]
    assert {cell.reading for cell in rows[0] if cell.text[:1].isdigit()} == {"resolved"}


def test_a_total_whose_rate_says_something_else_is_in_doubt() -> None:
    text = FORM.replace("90 80.5 40.25 10 50% 5", "90 80.5 10 50% 5")
    rows = [row for row in grids(text)[0].by_row() if row[0].text == "年度资金总额"]
    assert all(cell.doubt == "ambiguous_column" for cell in rows[0] if cell.text in ("90", "80.5"))


def test_a_name_that_may_begin_on_several_lines_is_left_out() -> None:
    text = FORM.replace("有十卷没有题名，来\n不及编目。\n", "有十卷没有题\n名来不及编目\n")
    rows = [row for row in cells(text) if "≤50卷" in row]
    assert rows == [["产出指标", "数量指标", "≤50卷", "45卷", "10", "10",
                     "有十卷没有题名来不及编目修复用纸卷数"]]  # fmt: skip


def test_a_target_and_a_name_without_a_border_are_left_out(tmp_path: Path) -> None:
    text = FORM.replace("修复的旧\n档案\n≥200卷 210卷", "修复的旧\n档案\n全部\n修完\n210卷")
    (form,) = read(tmp_path, text)
    assert all("修复的旧" not in one.level_3 + one.target for one in form.indicators)


def test_a_unit_torn_over_two_lines_is_one(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    text = FORM.replace("单位：万元", "单位：万\n元")
    path.write_text("某市档案局2031年部门决算\n" + text, encoding="utf-8")
    tables = read_document(path, load_vocabulary()).tables
    assert [(table.kind, table.unit) for table in tables] == [("self_evaluation", "wan_yuan")]


@pytest.mark.parametrize("lost", ["项目名称", "年度资金总额", "项目支出绩效自评表"])
def test_a_form_without_its_labels_is_none(lost: str) -> None:
    assert len(grids(FORM)) == 1
    assert grids(FORM.replace(lost, "其他")) == []


def test_a_sentence_about_a_form_is_none() -> None:
    assert grids("绩效自评表详见附件。\n项目名称 旧档案修复\n") == []


def test_the_lines_of_a_form_end_with_its_score() -> None:
    (region,) = find_evaluations(FORM.splitlines())
    lines = FORM.splitlines()
    assert lines[region.start].startswith("项目名称")
    assert lines[region.stop].startswith("总分在80分以下")


def test_a_list_is_cut_by_the_names_of_the_forms() -> None:
    _, listed = grids(FORM + LIST)
    rows = [[cell.text for cell in row] for row in listed.by_row()]
    assert rows[1] == ["1", "甲类", "档案保护资金", "旧档案修复", "档案馆", "90", "80.5", "40.25",
                       "94.5", "优", ""]  # fmt: skip
    assert rows[2][2:5] == ["专项资金", "书库窗户更换", "档案馆"]
    assert rows[2][5:] == ["8", "8", "7.5", "88", "良", "93.75%"]


def test_a_name_that_no_form_confirms_is_left_out() -> None:
    _, listed = grids(FORM + LIST)
    rows = [[cell.text for cell in row] for row in listed.by_row()]
    assert rows[3][1:5] == ["甲类", "", "", "档案馆"]
    assert rows[4] == ["", "合计", "", "", "", "103", "93.5", "52.75", "", "", ""]


def test_a_row_with_a_figure_too_few_is_in_doubt() -> None:
    (listed,) = grids(LIST.replace("8 8 7.5 88 良", "8 7.5 88 良"))
    doubts = [cell.text for cell in listed.cells if cell.doubt]
    assert doubts == ["8", "7.5", "88", "良 93.75%"]


def test_a_list_gives_its_projects(tmp_path: Path) -> None:
    forms = [form for form in read(tmp_path, LIST) if form.project_name]
    assert [(form.project_name, form.score, form.said("grade")) for form in forms] == [
        ("书库窗户更换", Decimal(88), "良")
    ]
    assert [(m.measure, m.cell.text) for m in forms[0].money][:3] == [
        ("initial_budget", "8"), ("adjusted_budget", "8"), ("executed", "7.5"),
    ]  # fmt: skip


def test_a_list_of_budgets_with_scores_is_one_of_adjusted_budgets(tmp_path: Path) -> None:
    text = """项目绩效自评情况汇总表
单位：万元
序号 项目名称 资金使用单位 全年预算数 自评得分 自评等级
1 旧档案修复 档案馆 80.5 94.5 优
2 新书目录 档案馆 5.00 100.00 优
合计 85.50 -
"""
    moneys = [money for form in read(tmp_path, text) for money in form.money]
    assert [(m.row_kind, m.measure, m.cell.text) for m in moneys] == [
        ("line", "adjusted_budget", "80.5"),
        ("line", "adjusted_budget", "5.00"),
        ("total", "adjusted_budget", "85.50"),
    ]


def test_points_end_a_row() -> None:
    assert find_points(FormLine(0, ("是", "8", "8", "无"))) == (("是",), "8", "8", "无")
    assert find_points(FormLine(0, ("是", "8", "9"))) == (("是",), "8", "9", "")
    assert find_points(FormLine(0, ("计划", "2030", "2031"))) is None
    assert find_points(FormLine(0, ("第2部分", "8"))) is None


def test_words_behind_the_last_points_are_its_reason() -> None:
    rows, spare = read_indicators(form_lines(["数量指标 卷数 ≥2卷 1卷 8 4", "纸张不", "够"]))
    assert [(row.name, row.reason) for row in rows] == [("卷数", "纸张不够")]
    assert spare == []


def test_headers_are_split_where_each_is_one() -> None:
    words = ["年初", "预算数", "全年执行数（", "B）", "分", "值"]
    found = split_heads(words, lambda fields: len(fields) == 3, whole=True)
    assert found is not None and found[0] == ["年初预算数", "全年执行数（B）", "分值"]
    assert split_heads([*words, "其他"], lambda fields: len(fields) == 3, whole=True) is None


def test_money_rows_join_their_labels() -> None:
    words = ["年度资金总额", "5", "4", "-", "其中：财政", "拨款", "5", "4"]
    rows = money_rows([Piece(at, word) for at, word in enumerate(words)])
    assert [(row.line, row.label, row.values) for row in rows] == [
        (1, "年度资金总额", ("5", "4", "-")),
        (6, "其中：财政拨款", ("5", "4")),
    ]
    placed = place_money(rows, ["money_initial_budget", "money_adjusted_budget", "score"], None)
    assert [row.placed for row in placed] == [{0: "5", 1: "4", 2: "-"}, {0: "5", 1: "4"}]
    assert is_value("-") and not is_value("拨款")


LINES = [
    (at, word) for at, line in enumerate(MONEY.splitlines()) for word in range(1, len(line.split()))
]


def places(text: str) -> set[tuple[str, int, str]]:
    """Return row label, column and text of the figures of money that are not in doubt."""
    return {
        (row[0].text, cell.column, cell.text)
        for row in grids(text)[0].by_row()
        if row[0].text.endswith(("总额", "款", "资金"))
        for cell in row[1:]
        if cell.column < 6 and cell.text[:1].isdigit() and not cell.doubt
    }


@pytest.mark.parametrize(("at", "word"), LINES)
def test_a_lost_word_never_moves_a_figure(at: int, word: int) -> None:
    lines = MONEY.splitlines()
    words = lines[at].split()
    lines[at] = " ".join(words[:word] + words[word + 1 :])
    text = HEAD + "\n".join(lines) + "\n" + GOALS + INDICATORS + TAIL
    assert places(text) <= places(FORM)


@pytest.mark.parametrize("word", range(1, 6))
def test_a_lost_figure_of_a_list_never_moves_another(word: int) -> None:
    words = ["档案馆", "8", "8.5", "7.5", "88", "良", "93.75%"]
    text = LIST.replace(" 8 8 7.5 88 良", " 8 8.5 7.5 88 良")
    whole = {(cell.column, cell.text) for cell in grids(text)[0].cells if cell.row == 2}
    lost = text.replace(" ".join(words), " ".join(words[:word] + words[word + 1 :]))
    (listed,) = grids(lost)
    found = {
        (cell.column, cell.text)
        for cell in listed.cells
        if cell.row == 2 and cell.text[:1].isdigit() and not cell.doubt
    }
    assert lost != text and found <= whole

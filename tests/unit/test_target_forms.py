"""Performance targets in text with spaces between cells: what is read, and what stays in doubt."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.forms.model import Form
from extract.forms.naming import LabelledForms
from extract.page import Grid, Page
from extract.plain.form_cells import fit_cells, read_cells
from extract.plain.form_head import read_head
from extract.plain.reader import read_text
from extract.plain.target_forms import find_target_forms
from extract.reading import read_document
from extract.vocabulary import load_vocabulary

# "~" is a space at the end of a line: the end of a cell
HEAD = """项目编码 44010124T000000012345 项目名称 河道清

淤工程~

预算规模

及用途~

预算数 36.50~
其中：财政~~~~

资金~
30.00 其他资金 6.50~

清理淤泥并加固堤岸。~

资金支出

计划
3 月底 6 月底 10 月底 12 月底~

  12.00 20.00 36.50~

绩效目标~
1.清理淤泥，水流通畅。~~~

一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据~
""".replace("~", " ")
ROWS = """
产出指标~

数量指标~
清淤河道长

度~
年内清淤的河道长度 ≥18公里 计划标准~

时效指标 完工期限 河道完工的最后

期限~

小于等于

2031 年 9

月 15 日~

计划标准~

满意度指

标~

服务对象

满意度指

标~

服务对象满

意度指标~

服务对象满意度 ≥90% 历史标准~
""".replace("~", " ")
TAIL = " 2.岸线绿化绩效目标表 \n"


def forms_of(tmp_path: Path, text: str) -> tuple[Page, list[Form]]:
    """Return the page of a budget with a form, and the forms that are read."""
    path = tmp_path / "text.txt"
    title = " 临江市水务局\n2031年部门预算 \n 1.河道清淤工程绩效目标表 \n\n 单位：万元 \n\n"
    path.write_text(title + text, encoding="utf-8")
    reading = read_document(path, load_vocabulary())
    sheets = [t.labelled for t in reading.tables if isinstance(t.labelled, LabelledForms)]
    return reading.pages[0], [form for sheet in sheets for form in sheet.forms]


def indicators_of(form: Form) -> list[tuple[str, ...]]:
    return [(i.level_1, i.level_2, i.level_3, i.target) for i in form.indicators]


def test_a_form_is_read_whole(tmp_path: Path) -> None:
    page, (form,) = forms_of(tmp_path, HEAD + ROWS + TAIL)
    assert (form.project_name, form.said("project_code")) == (
        "河道清淤工程",
        "44010124T000000012345",
    )
    assert [(m.fund, m.measure, m.cell.text, m.doubt) for m in form.money] == [
        ("all", "budget", "36.50", ""),
        ("fiscal", "budget", "30.00", ""),
        ("other_printed", "budget", "6.50", ""),
    ]
    assert form.goal.startswith("1.清理淤泥")
    assert indicators_of(form) == [
        ("产出指标", "数量指标", "清淤河道长度", "≥18公里"),
        ("产出指标", "时效指标", "完工期限", "小于等于2031年9月15日"),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度指标", "≥90%"),
    ]
    assert page.lines() and [line.text for line in page.lines()][-1] == "2.岸线绿化绩效目标表"


def test_a_name_below_its_label_is_one_that_the_title_has(tmp_path: Path) -> None:
    text = HEAD.replace("项目名称 河道", "项目名称 \n河道") + ROWS
    _, (form,) = forms_of(tmp_path, text)
    assert form.project_name == "河道清淤工程"
    assert find_target_forms(("1.另一工程绩效目标表 \n\n" + text).splitlines()) == []


def test_no_figure_of_a_form_is_left_over(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("1.河道清淤工程绩效目标表 \n\n单位：万元 \n\n" + HEAD + ROWS, encoding="utf-8")
    (balance,) = read_document(path, load_vocabulary()).balances
    assert balance.left_over == () and balance.in_cells == 3


def test_the_plan_by_month_is_no_money(tmp_path: Path) -> None:
    (region,) = find_target_forms((HEAD + ROWS).splitlines())
    rows = [[cell.text for cell in row] for row in region.grid.by_row()]
    months = [row[:2] for row in rows if row[0].endswith("月底")]
    assert [m[1:] for m in months] == [[], ["12.00"], ["20.00"], ["36.50"]]
    _, (form,) = forms_of(tmp_path, HEAD + ROWS)
    assert not {"12.00", "20.00"} & {money.cell.text for money in form.money}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  12.00 20.00 36.50 ", "12.00 20.00 36.50 "),  # no trace of the blank
        ("  12.00 20.00 36.50 ", "  12.00 20.00 30.00 "),  # not the whole amount at the end
        ("预算数 36.50 ", "预算数 36.50 12.00 "),  # two figures behind one label
        ("项目名称 河道清\n\n淤工程 ", "项目名称 "),  # no name
        ("清理淤泥并加固堤岸。 ", "77.00 "),  # a figure beside nothing
    ],
)
def test_a_head_in_doubt_leaves_the_lines_and_their_figures_left_over(
    tmp_path: Path, old: str, new: str
) -> None:
    assert old in HEAD
    text = HEAD.replace(old, new) + ROWS
    assert find_target_forms(text.splitlines()) == []
    path = tmp_path / "text.txt"
    path.write_text("1.河道清淤工程绩效目标表 \n\n单位：万元 \n\n" + text, encoding="utf-8")
    (page,) = read_text(path)
    assert not any(isinstance(item, Grid) for item in page.items)
    assert "36.50" in [word.text for word in page.words]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("年内清淤的河道长度 ≥18公里", "≥18公里"),  # a blank has vanished
        ("年内清淤的河道长度 ≥18公里", "年内清淤 河道长度 ≥18公里"),  # a space inside of a cell
        ("≥18公里 计划标准", "计划标准 ≥18公里"),  # the order is another one
    ],
)
def test_a_row_that_does_not_fill_its_columns_gives_no_pair(
    tmp_path: Path, old: str, new: str
) -> None:
    assert old in ROWS
    text = HEAD + ROWS.replace(old, new)
    _, (form,) = forms_of(tmp_path, text)
    assert [row[2] for row in indicators_of(form)] == ["完工期限", "服务对象满意度指标"]
    (region,) = find_target_forms(text.splitlines())
    (doubtful,) = [cell for cell in region.grid.cells if cell.doubt]
    assert doubtful.doubt == "ambiguous_column" and "≥18公里" in doubtful.text


def test_a_class_merged_over_several_rows(tmp_path: Path) -> None:
    text = HEAD + ROWS.replace(
        "时效指标 完工期限", "清淤土方 清出的土方数量 ≥900方 计划标准 \n\n时效指标 完工期限"
    )
    _, (form,) = forms_of(tmp_path, text + TAIL)
    assert indicators_of(form)[1] == ("产出指标", "数量指标", "清淤土方", "≥900方")
    assert len(form.indicators) == 4


def test_what_stands_behind_a_form_is_none_of_its_rows(tmp_path: Path) -> None:
    tail = (
        " 临江市水务局 \n\n2031年预算绩效目标 \n 2.绿化绩效目标表 \n\n505001 水务站 单位：万元 \n"
    )
    page, (form,) = forms_of(tmp_path, HEAD + ROWS + tail)
    assert len(form.indicators) == 3
    assert [line.text for line in page.lines()][-4] == "临江市水务局"


def test_cells_are_joined_over_breaks_and_cut_at_spaces() -> None:
    cells = read_cells(["河道长", "", "度 年内长度 ", "≥5 个 计划标准 "])
    assert [cell.text for cell in cells] == ["河道长度", "年内长度", "≥5", "个", "计划标准"]
    fitted = fit_cells(cells, 4)
    assert fitted is not None and [cell.text for cell in fitted][2] == "≥5个"
    assert fit_cells(cells, 3) is None
    dated = read_cells(["2031 年 12", "", "月 20 日前 ", "历史标准 "])
    assert [cell.text for cell in dated] == ["2031年12月20日前", "历史标准"]


def test_a_head_without_a_project_is_none() -> None:
    assert read_head(read_cells(["预算数 36.50 ", "其中：财政资金 36.50 "])) is None
    head = read_head(read_cells(["项目名称 清淤 ", "预算数 36.50 "]))
    assert head is not None and head[1][0][1] is not None
    assert Decimal(head[1][0][1].text) == Decimal("36.50")

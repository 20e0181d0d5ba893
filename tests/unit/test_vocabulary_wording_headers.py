"""Headers of columns as published disclosures and templates word them.

A figure under a wrong word is worse than one under none: what is no word of the contract must
stay ``other_printed`` or ``unknown``.
"""

from __future__ import annotations

import pytest

from extract.header import _describe
from extract.text import squeeze
from extract.vocabulary import load_vocabulary
from tests.unit.printed_tables import draw_table, figures_of_table

VOCABULARY = load_vocabulary()
MEANINGS = ("fund", "component", "source", "item", "basis")


# family, header path, words: role, then fund, component, source, item, basis where they say one
HEADERS: list[tuple[str, str, str]] = [
    # codes and names
    ("expenditure", "科目编码", "code"),
    ("expenditure", "功能分类科目编码", "code"),
    ("expenditure", "支出功能分类科目编码", "code"),
    ("expenditure", "功能分类科目>编码", "code"),
    ("expenditure", "科目编号", "code"),
    ("expenditure", "科目编码>类", "code_class"),
    ("expenditure", "科目编码>款", "code_section"),
    ("expenditure", "科目编码>项", "code_item"),
    ("economic", "经济分类科目编码", "code"),
    ("economic", "部门预算支出经济分类科目>科目编码", "code"),
    ("economic", "支出部门经济分类科目编码", "code"),
    ("expenditure", "科目名称", "name"),
    ("expenditure", "功能分类科目名称", "name"),
    ("expenditure", "单位名称（科目）", "name"),
    ("expenditure", "科目（单位）名称", "name"),
    ("expenditure", "项目（按功能分类）", "name"),
    ("summary", "收入>项目", "name"),
    ("summary", "支出项目（按功能分类）", "name"),
    ("summary", "收入>行次", "line_no"),
    ("expenditure", "单位代码", "unit_code"),
    ("expenditure", "主管部门名称", "unit_name"),
    ("expenditure", "备注", "text"),
    # changes, shares, the year before
    ("expenditure", "2023年预算数比2022年执行数>增减额", "change"),
    ("expenditure", "2023年预算数比2022年执行数>增减%", "change"),
    ("expenditure", "2023年预算数与2022年执行数对比>金额", "change"),
    ("expenditure", "比2022年±%", "change"),
    ("three_public", "增减变化率", "change"),
    ("project", "预算执行率", "change"),
    ("expenditure", "一般公共预算支出>比上年增减", "change"),
    ("three_public", "公务接待费比上年增减", "change"),
    ("summary", "收入>上年数", "text"),
    ("expenditure", "2022年执行数", "amount basis=final"),
    ("expenditure", "上年预算数", "amount basis=prior_year_budget"),
    ("expenditure", "2023年预算数>小计", "amount component=total basis=budget"),
    ("expenditure", "2023年预算数>基本支出", "amount component=basic basis=budget"),
    ("expenditure", "2023年预算数>项目支出", "amount component=project basis=budget"),
    ("summary", "收入>上年决算数", "amount basis=prior_year_final"),
    ("three_public", "上年预算数", "amount basis=prior_year_budget"),
    ("three_public", "本年预算数", "amount basis=budget"),
    ("three_public", "上年决算数", "amount basis=prior_year_final"),
    # income
    ("income", "合计", "amount source=total"),
    ("income", "收入预算>合计", "amount source=total"),
    ("income", "2023年预算数>合计", "amount source=total basis=budget"),
    ("income", "本年收入合计", "amount source=current_total"),
    ("income", "本年收入>小计", "amount source=current_total"),
    ("income", "财政拨款收入", "amount source=fiscal_appropriation"),
    ("income", "财政拨款收入>小计", "amount source=fiscal_appropriation"),
    (
        "income",
        "财政拨款收入>一般公共预算拨款收入",
        "amount fund=general_public_budget source=general_public_budget",
    ),
    (
        "income",
        "一般公共预算财政拨款收入",
        "amount fund=general_public_budget source=general_public_budget",
    ),
    (
        "income",
        "公共财政预算拨款",
        "amount fund=general_public_budget source=general_public_budget",
    ),
    (
        "income",
        "一般公共预算当年拨款>小计",
        "amount fund=general_public_budget source=general_public_budget",
    ),
    ("income", "政府性基金预算拨款收入", "amount fund=government_fund source=government_fund"),
    ("income", "政府性基金收入", "amount fund=government_fund source=government_fund"),
    ("income", "国有资本经营预算拨款收入", "amount fund=state_capital source=state_capital"),
    ("income", "财政专户管理资金收入", "amount source=special_account"),
    ("income", "财政专户核拨资金", "amount source=special_account"),
    ("income", "财政专户管理资金>小计", "amount source=special_account"),
    ("income", "事业收入", "amount source=institutional"),
    ("income", "事业收入资金", "amount source=institutional"),
    ("income", "事业收入>金额", "amount source=institutional"),
    ("income", "事业收入>其中：教育收费", "amount source=other_printed"),
    ("income", "事业单位经营收入", "amount source=business"),
    ("income", "单位资金>经营收入资金", "amount source=business"),
    ("income", "上级补助收入", "amount source=superior_subsidy"),
    ("income", "单位资金>上级补助收入资金", "amount source=superior_subsidy"),
    ("income", "附属单位上缴收入", "amount source=affiliate_remittance"),
    ("income", "附属单位上缴收入资金", "amount source=affiliate_remittance"),
    ("income", "其他收入", "amount source=other"),
    ("income", "单位资金>其他收入资金", "amount source=other"),
    ("income", "使用非财政拨款结余", "amount source=surplus_used"),
    ("income", "使用非财政拨款结余（含专用结余）", "amount source=surplus_used"),
    ("income", "使用非财政拨款结余和专用结余", "amount source=surplus_used"),
    ("income", "用事业基金弥补收支差额", "amount source=surplus_used"),
    ("income", "上年结转", "amount source=carryover_in"),
    ("income", "上年结转（结余）", "amount source=carryover_in"),
    ("income", "年初结转和结余", "amount source=carryover_in"),
    ("income", "上年结转结余>小计", "amount source=carryover_in"),
    (
        "income",
        "上年结转结余>一般公共预算",
        "amount fund=general_public_budget source=carryover_in",
    ),
    ("income", "年初结转和结余>政府性基金预算", "amount fund=government_fund source=carryover_in"),
    # what is no whole and no known source
    ("income", "上年结转>其他收入", "amount fund=other_printed source=carryover_in"),
    ("income", "单位资金", "amount fund=unit_funds source=other_printed"),
    ("income", "单位资金>合计", "amount fund=unit_funds source=other_printed"),
    ("income", "自有资金收入>合计", "amount source=other_printed"),
    ("income", "非同级财政拨款", ""),
    ("income", "非税收入拨款", ""),
    ("income", "投资收益", ""),
    # expenditure
    ("expenditure", "合计", "amount component=total"),
    ("expenditure", "本年支出合计", "amount component=total"),
    ("expenditure", "本年支出>合计", "amount component=total"),
    ("expenditure", "支出预算>合计", "amount component=total"),
    ("expenditure", "基本支出", "amount component=basic"),
    ("expenditure", "基本支出>小计", "amount component=basic"),
    ("expenditure", "本年支出>基本支出>小计", "amount component=basic"),
    ("expenditure", "基本支出>人员经费", "amount component=basic_personnel"),
    ("expenditure", "基本支出>日常公用经费", "amount component=basic_operating"),
    ("expenditure", "项目支出", "amount component=project"),
    ("expenditure", "本年支出>项目支出>小计", "amount component=project"),
    ("expenditure", "项目支出>其中：基本建设资金支出", "amount component=other_printed"),
    ("expenditure", "上缴上级支出", "amount component=remitted_to_superior"),
    ("expenditure", "经营支出", "amount component=business"),
    ("expenditure", "经营支出>小计", "amount component=business"),
    ("expenditure", "对附属单位补助支出", "amount component=subsidy_to_affiliates"),
    ("expenditure", "结转下年", "amount component=carryover_out"),
    ("expenditure", "年末结转和结余>合计", "amount component=carryover_out"),
    ("expenditure", "年末结转和结余>项目支出结转和结余", "amount component=other_printed"),
    ("expenditure", "年初结转和结余", "amount source=carryover_in"),
    ("expenditure", "年初结转和结余>合计", "amount source=carryover_in"),
    ("expenditure", "年初结转和结余>基本支出结转", "amount source=other_printed"),
    ("expenditure", "本年收入", "amount source=current_total"),
    ("expenditure", "本年收入>合计", "amount source=current_total"),
    ("expenditure", "本年收入>基本支出", "amount source=other_printed"),
    (
        "expenditure",
        "一般公共预算",
        "amount fund=general_public_budget component=total",
    ),
    (
        "expenditure",
        "一般公共预算拨款>基本支出",
        "amount fund=general_public_budget component=basic",
    ),
    (
        "expenditure",
        "基本支出>一般公共预算",
        "amount fund=general_public_budget component=basic",
    ),
    (
        "expenditure",
        "一般公共预算拨款>经费拨款",
        "amount fund=general_public_budget component=other_printed",
    ),
    ("expenditure", "政府性基金预算>项目支出", "amount fund=government_fund component=project"),
    ("expenditure", "财政专户管理资金", "amount fund=special_account component=total"),
    ("expenditure", "单位资金>小计", "amount fund=unit_funds component=total"),
    ("expenditure", "财政拨款>小计", "amount fund=fiscal component=total"),
    ("expenditure", "上年结转", "amount fund=carryover component=other_printed"),
    ("expenditure", "上年结转安排>小计", "amount fund=carryover component=total"),
    ("expenditure", "上年结转安排>项目支出", "amount fund=carryover component=project"),
    ("expenditure", "当年财政拨款安排>基本支出", "amount component=other_printed"),
    ("expenditure", "工资福利支出>小计", "amount component=other_printed"),
    ("expenditure", "对个人和家庭的补助>合计", "amount component=other_printed"),
    ("expenditure", "专项支出>小计", "amount component=other_printed"),
    ("expenditure", "商品和服务支出", ""),
    # economic classes
    ("economic", "合计", "amount component=total"),
    ("economic", "一般公共预算基本支出>合计", "amount component=total"),
    ("economic", "基本支出>人员经费", "amount component=personnel"),
    ("economic", "基本支出>公用经费", "amount component=operating"),
    ("economic", "财政拨款>小计", "amount fund=fiscal component=total"),
    (
        "economic",
        "财政拨款>一般公共预算",
        "amount fund=general_public_budget component=total",
    ),
    (
        "economic",
        "一般公共预算>小计",
        "amount fund=general_public_budget component=total",
    ),
    (
        "economic",
        "一般公共预算>人员经费",
        "amount fund=general_public_budget component=personnel",
    ),
    ("economic", "单位资金>小计", "amount fund=unit_funds component=total"),
    ("economic", "上年结转>小计", "amount fund=carryover component=total"),
    ("economic", "项目支出>小计", "amount component=other_printed"),
    # summaries
    ("summary", "收入>预算数", "amount basis=budget"),
    ("summary", "支出>决算数", "amount basis=final"),
    ("summary", "支出>合计", "amount component=total"),
    ("summary", "支出>一般公共预算", "amount fund=general_public_budget"),
    ("summary", "支出>一般公共预算>合计", "amount fund=general_public_budget"),
    ("summary", "支出>其中：财政拨款", "amount fund=other_printed"),
    ("summary", "支出>财政专户管理资金", "amount fund=special_account"),
    ("fiscal_summary", "支出>合计", "amount fund=fiscal"),
    ("fiscal_summary", "支出>小计", "amount fund=fiscal"),
    ("fiscal_summary", "支出>一般公共预算财政拨款", "amount fund=general_public_budget"),
    ("fiscal_summary", "支出>政府性基金预算财政拨款", "amount fund=government_fund"),
    ("fiscal_summary", "支出>国有资本经营预算财政拨款", "amount fund=state_capital"),
    ("fiscal_summary", "支出>一般公共预算>小计", "amount fund=general_public_budget"),
    ("fiscal_summary", "支出>一般公共预算>其中：财政拨款", "amount fund=other_printed"),
    ("fiscal_summary", "支出>上年结转", "amount fund=carryover"),
    ("fiscal_summary", "财政拨款支出>政府性基金预算", "amount fund=government_fund"),
    ("fiscal_summary", "支出>财政拨款>一般公共预算财政拨款", "amount fund=general_public_budget"),
    ("fiscal_summary", "财政拨款支出>国有资本经营预算财政拨款", "amount fund=state_capital"),
    ("fiscal_summary", "上年结转>财政拨款>政府性基金", "amount fund=other_printed"),
    ("fiscal_summary", "支出>社会保险基金预算", "amount fund=other_printed"),
    # 三公
    ("three_public", "合计", "amount item=total"),
    ("three_public", "“三公”经费合计", "amount item=total"),
    ("three_public", "因公出国（境）费", "amount item=overseas_travel"),
    ("three_public", "预算数>因公出国（境）费用", "amount item=overseas_travel basis=budget"),
    ("three_public", "因公出国（境）费>小计", "amount item=overseas_travel"),
    ("three_public", "公务用车购置及运行维护费>小计", "amount item=vehicles"),
    ("three_public", "公务用车购置和运行维护费", "amount item=vehicles"),
    ("three_public", "公务用车购置及运行费>公务用车购置费", "amount item=vehicle_purchase"),
    ("three_public", "公务用车购置及运行费>购置费", "amount item=vehicle_purchase"),
    ("three_public", "公务用车购置及运行费>公务用车运行费", "amount item=vehicle_operation"),
    ("three_public", "公务接待费", "amount item=reception"),
    ("three_public", "决算数>公务接待费", "amount item=reception basis=final"),
    ("three_public", "会议费", "amount item=meetings"),
    ("three_public", "培训费", "amount item=training"),
    ("three_public", "因公出国（境）团组数（个）", "quantity"),
    ("three_public", "公务用车保有量（辆）", "quantity"),
    ("three_public", "公务接待批次", "quantity"),
    ("three_public", "公务接待费>国内接待费", "amount item=other_printed"),
    ("three_public", "公务用车费", "amount item=vehicles_by_parts"),
    ("three_public", "机关运行经费决算数", "amount item=agency_operating_cost"),
    ("three_public", "一般公共预算拨款", "amount fund=general_public_budget"),
    ("three_public", "单位资金", "amount fund=unit_funds"),
    # projects
    ("project", "项目名称", "project_name"),
    ("project", "二级项目名称", "project_name"),
    ("project", "一级项目名称", "text"),
    ("project", "项目代码", "project_code"),
    ("project", "项目分类", "project_type"),
    ("project", "合计", "amount fund=all"),
    ("project", "2023年预算", "amount fund=all basis=budget"),
    ("project", "财政拨款>小计", "amount fund=fiscal"),
    ("project", "其中：财政拨款", "amount fund=fiscal"),
    ("project", "本年拨款>一般公共预算", "amount fund=general_public_budget"),
    ("project", "财政拨款结转结余>一般公共预算", "amount fund=carryover"),
    ("project", "单位资金>小计", "amount fund=unit_funds"),
    ("project", "自有资金>合计", "amount fund=other_printed"),
    ("project", "上级专项资金", "amount fund=other_printed"),
    ("project", "全年执行数", "text basis=final"),
    ("project", "资金来源", ""),
    # procurement
    ("procurement", "采购品目", "catalogue"),
    ("procurement", "规格型号", "text"),
    ("procurement", "采购数量", "quantity"),
    ("procurement", "单价（元）", "price"),
    ("procurement", "合计", "amount fund=all"),
    ("procurement", "采购金额>合计", "amount fund=all"),
    ("procurement", "资金来源>财政拨款>小计", "amount fund=fiscal"),
    ("procurement", "资金来源>单位资金>合计", "amount fund=unit_funds"),
    ("procurement", "资金来源>自有资金>小计", "amount fund=other_printed"),
    ("procurement", "货物", "amount fund=other_printed"),
    ("procurement", "其中面向中小企业（元）", "sme_reserved"),
    ("procurement", "其中面向小微企业", "micro_reserved"),
]


def words_of_header(family: str, path: str) -> str:
    """The role and the words of a header path in one line; '' where nothing names it."""
    column = _describe(0, tuple(path.split(">")), family, VOCABULARY)
    if not column.known:
        return ""
    words = {name: getattr(column.meaning, name) for name in MEANINGS}
    return " ".join([column.role, *(f"{name}={word}" for name, word in words.items() if word)])


@pytest.mark.parametrize(("family", "path", "words"), HEADERS)
def test_header_names_column(family: str, path: str, words: str) -> None:
    assert words_of_header(family, path) == words


@pytest.mark.parametrize("family", ["summary", "fiscal_summary"])
@pytest.mark.parametrize(
    "label",
    ["上年结转", "年初结转和结余", "结转下年", "年初财政拨款结转和结余", "其中：财政拨款"],
)
def test_labels_of_summary_rows_are_no_headers(family: str, label: str) -> None:
    assert VOCABULARY.header(family, (squeeze(label),)) is None


def test_funds_below_a_spanning_header_are_columns() -> None:
    table = draw_table(
        "部门收支总表",
        [("收入", 2), ("支出", 5)],
        ["项目", "金额", "项目", "合计", "一般公共预算", "政府性基金", "单位资金"],
        ["一、事业收入", "90.1", "一、教育支出", "80.1", "70.2", "8.8", "1.1"],
    )
    figures = figures_of_table(table)
    assert [figures[text]["column_fund"] for text in ("80.1", "70.2", "8.8", "1.1")] == [
        None,
        "general_public_budget",
        "government_fund",
        "unit_funds",
    ]

"""Titles and unit lines as published disclosures and templates word them.

A figure under a wrong word is worse than one under none: what is no word of the contract must
stay ``other_printed`` or ``unknown``.
"""

from __future__ import annotations

import pytest

from extract.text import squeeze
from extract.titles import find_unit, is_title_like, title_kind
from extract.units import printed_unit
from extract.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


TITLES = [
    # the eight tables of the ministry's rules for budgets, and what came after them
    ("财政拨款收支总表", "fiscal_summary"),
    ("一般公共预算支出表", "general_public_expenditure"),
    ("一般公共预算基本支出表", "basic_economic"),
    ("一般公共预算“三公”经费支出表", "three_public"),
    ("政府性基金预算支出表", "government_fund_expenditure"),
    ("国有资本经营预算支出表", "state_capital_expenditure"),
    ("部门收支总表", "summary"),
    ("部门收入总表", "income"),
    ("部门支出总表", "expenditure"),
    ("表六、部门收支总表", "summary"),
    ("单位收支总表", "summary"),
    ("部门收支预算总表", "summary"),
    ("单位收支总体情况表", "summary"),
    ("收支预算表", "summary"),
    ("部门收支表", "summary"),
    ("部门综合预算收支总表", "summary"),
    ("部门综合预算收入总表", "income"),
    ("部门综合预算支出总表", "expenditure"),
    ("部门综合预算财政拨款收支总表", "fiscal_summary"),
    ("收支预算总表（财政拨款）", "fiscal_summary"),
    ("财政拨款收支总体情况表", "fiscal_summary"),
    ("一般公共预算收支预算表", "fiscal_summary"),
    ("一般公共预算财政拨款支出预算表", "general_public_expenditure"),
    ("一般公共预算拨款支出预算表", "general_public_expenditure"),
    ("一般公共预算支出情况表（按功能分类科目）", "general_public_expenditure"),
    ("公共财政预算支出预算表", "general_public_expenditure"),
    ("一般公共预算基本支出情况表（按部门预算支出经济分类科目）", "basic_economic"),
    ("一般公共预算财政拨款基本支出预算表", "basic_economic"),
    ("一般公共预算基本支出明细表（按支出经济分类科目）", "basic_economic"),
    ("一般公共预算基本支出表（按政府预算支出经济分类科目）", "basic_economic_government"),
    ("一般公共预算基本支出政府预算经济分类预算表", "basic_economic_government"),
    ("财政拨款基本支出预算表", "fiscal_basic_economic"),
    ("部门基本支出预算表", "basic_expenditure"),
    ("一般公共预算安排的行政经费及“三公”经费预算表", "three_public"),
    ("一般公共预算拨款“三公”经费及会议费、培训费支出预算表", "three_public"),
    ("部门“三公”经费预算表", "three_public"),
    ("机关运行经费预算表", "agency_operating_cost"),
    ("一般公共预算机关运行经费支出预算表", "agency_operating_cost"),
    ("项目支出表", "project_list"),
    ("部门项目支出预算表", "project_list"),
    ("重点项目支出预算表", "project_list"),
    ("部门预算项目支出及其他支出预算表", "project_list"),
    ("政府采购预算明细表", "procurement"),
    ("政府集中采购预算表", "procurement"),
    ("部门采购预算表", "procurement"),
    ("部门综合预算政府采购（资产配置、购买服务）预算表", "procurement"),
    ("政府购买服务支出预算表", "purchased_services"),
    ("部门购买服务预算表", "purchased_services"),
    ("新增资产配置预算表", "asset_allocation"),
    ("项目支出绩效目标表", "performance_target"),
    ("项目支出绩效表", "performance_target"),
    ("对下转移支付绩效目标表", "performance_target"),
    ("部门整体支出绩效目标表", "overall_performance_target"),
    ("项目绩效自评表", "self_evaluation"),
    ("项目支出绩效目标完成情况表", "self_evaluation"),
    ("项目支出绩效评价表", "self_evaluation"),
    ("项目支出绩效自评结果汇总表", "self_evaluation_summary"),
    # the nine tables of final accounts
    ("收入支出决算总表", "summary"),
    ("公开01表 收入支出决算总表", "summary"),
    ("收入支出决算表", "summary"),
    ("收入决算表", "income"),
    ("支出决算表", "expenditure"),
    ("财政拨款收入支出决算总表", "fiscal_summary"),
    ("一般公共预算财政拨款支出决算表", "general_public_expenditure"),
    ("一般公共预算财政拨款收入支出决算表", "general_public_expenditure"),
    ("公共预算财政拨款支出决算表", "general_public_expenditure"),
    ("一般公共预算财政拨款基本支出决算表", "basic_economic"),
    ("一般公共预算财政拨款基本支出决算明细表", "basic_economic"),
    ("政府性基金预算财政拨款收入支出决算表", "government_fund_expenditure"),
    ("国有资本经营预算财政拨款支出决算表", "state_capital_expenditure"),
    ("国有资本经营预算财政拨款收入支出决算表", "state_capital_expenditure"),
    ("一般公共预算财政拨款“三公”经费支出决算表", "three_public"),
    ("财政拨款“三公”经费支出决算表", "three_public"),
    # agencies whose names hold a word of other tables
    ("某市政府采购中心2023年部门收支预算总表", "summary"),
    ("某市经济和信息化局一般公共预算支出表", "general_public_expenditure"),
    ("某市委机构编制委员会办公室部门收入总表", "income"),
    ("某市国有资产监督管理委员会部门支出总表", "expenditure"),
    ("某县事业发展中心支出预算总表", "expenditure"),
    ("某县人力资源和社会保障局收支总体情况表", "summary"),
    ("某县车辆管理服务中心收支总表", "summary"),
    # tables that look like others and are not; nothing of them becomes a fact
    ("政府性基金预算收入表", "unknown"),
    ("国有资本经营预算收入表", "unknown"),
    ("一般公共预算收入预算表", "unknown"),
    ("财政拨款收入预算表", "unknown"),
    ("收入预算表（财政拨款）", "unknown"),
    ("政府性基金预算收支表", "unknown"),
    ("国有资本经营预算收支表", "unknown"),
    ("非税收入征收计划表", "unknown"),
    ("部门收支预算增减变动表", "unknown"),
    ("一般公共预算支出增减变化情况表", "unknown"),
    ("专项转移支付表", "unknown"),
    ("对下转移支付预算表", "transfers"),
    ("上级补助项目支出预算表", "unknown"),
    ("专项资金预算汇总表", "unknown"),
    ("部门综合预算专项业务经费支出表", "unknown"),
    ("国有资产占用情况表", "unknown"),
    ("政府债务表", "unknown"),
    ("政府债务余额情况表", "unknown"),
    ("名词解释表", "unknown"),
    ("机构人员情况表", "unknown"),
    ("机构运行信息表", "unknown"),
    ("基本数字表", "unknown"),
    ("部门所属单位情况表", "unknown"),
    ("人员经费支出预算表", "unknown"),
    ("公用经费支出预算表", "unknown"),
    ("财政专户管理资金预算支出表", "unknown"),
    ("非财政拨款支出预算表", "unknown"),
    ("单位资金支出预算表", "unknown"),
    ("部门综合预算财政拨款上年结转资金支出表", "unknown"),
    ("支出经济分类汇总表", "unknown"),
    ("支出预算分类汇总表（按政府预算经济分类）", "unknown"),
    ("财政拨款支出预算表（部门经济分类科目）", "unknown"),
    ("一般公共预算支出经济分类情况表", "unknown"),
    ("一般公共预算支出明细表（按支出经济分类科目）", "unknown"),
    ("一般公共预算基本支出明细表（按支出功能分类科目）", "unknown"),
    ("一般公共预算基本支出预算明细表（工资福利支出）", "unknown"),
    ("基本支出决算明细表", "unknown"),
    ("支出决算明细表", "unknown"),
    ("一般公共预算财政拨款支出决算明细表", "unknown"),
    ("一般公共预算项目支出情况表（按支出经济分类科目）", "unknown"),
    ("一般公共预算财政拨款项目支出决算表", "unknown"),
    ("项目收入支出决算表", "unknown"),
    ("部门项目中期规划预算表", "unknown"),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_title_names_kind(title: str, kind: str) -> None:
    assert is_title_like(title)
    assert title_kind(title, VOCABULARY) == kind


@pytest.mark.parametrize(
    ("title", "fund"),
    [
        ("一般公共预算“三公”经费支出表", "general_public_budget"),
        ("“三公”经费支出预算表（一般公共预算财政拨款）", "general_public_budget"),
        ("政府性基金预算财政拨款“三公”经费支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款“三公”经费支出决算表", "state_capital"),
        ("财政拨款“三公”经费支出决算表", "fiscal"),
        ("财政拨款（含一般公共预算和政府性基金预算）“三公”经费支出表", "fiscal"),
        ("“三公”经费支出表", ""),
        ("一般公共预算收支预算表", "general_public_budget"),
        ("财政拨款收支总表", ""),
    ],
)
def test_title_names_fund(title: str, fund: str) -> None:
    assert VOCABULARY.table_fund(squeeze(title)) == fund


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "wan_yuan"),
        ("金额单位：万元", "wan_yuan"),
        ("单位:人民币万元", "wan_yuan"),
        ("（单位：万元）", "wan_yuan"),
        ("计量单位：万元", "wan_yuan"),
        ("部门：某市某局 金额单位：万元", "wan_yuan"),
        ("单位：元", "yuan"),
        ("金额单位：元（列至角分）", "yuan"),
        ("货币单位：元", "yuan"),
        ("编制单位：某县某局 单位：元", "yuan"),
        ("收支预算总表（万元）", "wan_yuan"),
        ("单位：千元", ""),
        ("单位：百万元", ""),
        ("单位：亿元", ""),
        ("单位：美元", ""),
        ("单位：辆、台", ""),
        ("单位：人", ""),
        ("编制单位：某县某局", ""),
    ],
)
def test_unit_line_names_unit(line: str, unit: str) -> None:
    assert printed_unit(find_unit(line), VOCABULARY) == unit

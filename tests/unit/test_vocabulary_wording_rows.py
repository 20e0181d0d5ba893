"""Labels of rows and names of classes as published disclosures and templates word them.

A figure under a wrong word is worse than one under none: what is no word of the contract must
stay ``other_printed`` or ``unknown``.
"""

from __future__ import annotations

import re

import pytest

from extract.naming import _find_word, class_code
from extract.text import squeeze
from extract.vocabulary import RowWord, load_vocabulary

VOCABULARY = load_vocabulary()


# side, row path, words: kind of row, then source, component, item, fund where they say one
ROWS: list[tuple[str, str, str]] = [
    # income of a summary
    ("income", "一、财政拨款收入", "line source=fiscal_appropriation"),
    ("income", "财政拨款（补助）收入", "line source=fiscal_appropriation"),
    ("income", "一、一般公共预算财政拨款收入", "line source=general_public_budget"),
    ("income", "（一）一般公共预算拨款", "line source=general_public_budget"),
    ("income", "一、一般公共预算拨款收入", "line source=general_public_budget"),
    ("income", "公共财政预算拨款", "line source=general_public_budget"),
    ("income", "1.一般公共预算当年拨款", "line source=general_public_budget"),
    ("income", "二、政府性基金预算财政拨款收入", "line source=government_fund"),
    ("income", "政府性基金预算拨款", "line source=government_fund"),
    ("income", "三、国有资本经营预算财政拨款收入", "line source=state_capital"),
    ("income", "国有资本经营预算拨款收入", "line source=state_capital"),
    ("income", "四、财政专户管理资金收入", "line source=special_account"),
    ("income", "财政专户管理资金", "line source=special_account"),
    ("income", "财政专户核拨资金收入", "line source=special_account"),
    ("income", "五、事业收入", "line source=institutional"),
    ("income", "事业收入（不含专户资金）", "line source=institutional"),
    ("income", "事业收入资金", "line source=institutional"),
    ("income", "四、事业预算收入", "line source=institutional"),
    ("income", "六、事业单位经营收入", "line source=business"),
    ("income", "六、经营收入", "line source=business"),
    ("income", "四、上级补助收入", "line source=superior_subsidy"),
    ("income", "七、附属单位上缴收入", "line source=affiliate_remittance"),
    ("income", "八、其他收入", "line source=other"),
    ("income", "其他收入资金", "line source=other"),
    ("income", "使用非财政拨款结余", "line source=surplus_used"),
    ("income", "使用非财政拨款结余（含专用结余）", "line source=surplus_used"),
    ("income", "使用非财政拨款结余和专用结余", "line source=surplus_used"),
    ("income", "用事业基金弥补收支差额", "line source=surplus_used"),
    ("income", "上年结转", "line source=carryover_in"),
    ("income", "十、上年结转结余", "line source=carryover_in"),
    ("income", "上年结转（结余）", "line source=carryover_in"),
    ("income", "上年财政拨款结转", "line source=carryover_in"),
    ("income", "年初结转和结余", "line source=carryover_in"),
    ("income", "二、年初财政拨款结转和结余", "line source=carryover_in"),
    (
        "income",
        "二、上年结转>（一）一般公共预算拨款结转",
        "of_which source=carryover_in fund=general_public_budget",
    ),
    (
        "income",
        "一般公共预算财政拨款结转",
        "of_which source=carryover_in fund=general_public_budget",
    ),
    (
        "income",
        "上年政府性基金预算结转资金",
        "of_which source=carryover_in fund=government_fund",
    ),
    ("income", "债务收入", "line source=debt"),
    ("income", "捐赠收入", "line source=donation"),
    ("income", "本年收入合计", "total source=current_total"),
    ("income", "本年收入小计", "total source=current_total"),
    ("income", "一、本年收入", "total source=current_total"),
    ("income", "收入总计", "total source=total"),
    ("income", "收 入 总 计", "total source=total"),
    ("income", "总计", "total source=total"),
    # sources without a word
    ("income", "单位资金", "line source=other_printed fund=unit_funds"),
    ("income", "非同级财政拨款收入", ""),
    ("income", "投资收益", ""),
    ("income", "利息收入", ""),
    ("income", "经费拨款", ""),
    ("income", "纳入预算管理的行政事业性收费", ""),
    ("income", "专项收入", ""),
    ("income", "使用专用结余", ""),
    ("income", "非财政拨款结余", ""),
    ("income", "国有资产有偿使用收入", ""),
    # expenditure of a summary
    ("expenditure", "基本支出", "line component=basic"),
    ("expenditure", "一、基本支出", "line component=basic"),
    ("expenditure", "其中：人员经费", "line component=basic_personnel"),
    ("expenditure", "1.日常公用支出", "line component=basic_operating"),
    ("expenditure", "二、项目支出", "line component=project"),
    ("expenditure", "三、上缴上级支出", "line component=remitted_to_superior"),
    ("expenditure", "四、经营支出", "line component=business"),
    ("expenditure", "事业单位经营支出", "line component=business"),
    ("expenditure", "五、对附属单位补助支出", "line component=subsidy_to_affiliates"),
    ("expenditure", "对下级单位补助支出", "line component=subsidy_to_affiliates"),
    ("expenditure", "结转下年", "line component=carryover_out"),
    ("expenditure", "二、结转下年支出", "line component=carryover_out"),
    ("expenditure", "年末结转和结余", "line component=carryover_out"),
    ("expenditure", "年末财政拨款结转和结余", "line component=carryover_out"),
    ("expenditure", "年终结转结余", "line component=carryover_out"),
    ("expenditure", "结余分配", "line component=surplus_distribution"),
    ("expenditure", "非财政拨款结余分配", "line component=surplus_distribution"),
    ("expenditure", "预留机动经费", "line component=reserve"),
    ("expenditure", "本年支出合计", "total component=current_total"),
    ("expenditure", "一、本年支出", "total component=current_total"),
    ("expenditure", "支出总计", "total component=total"),
    # parts of expenditure without a word
    ("expenditure", "人员类项目支出", ""),
    ("expenditure", "特定目标类项目", ""),
    ("expenditure", "运转类公用经费项目", ""),
    ("expenditure", "工资福利支出", ""),
    ("expenditure", "基本支出结转", ""),
    ("expenditure", "项目支出结转和结余", ""),
    ("expenditure", "其中：提取职工福利基金", ""),
    # economic tables
    ("economic", "合计", "total component=total"),
    ("economic", "一般公共预算财政拨款基本支出合计", "total component=total"),
    ("economic", "人员经费合计", "total component=personnel"),
    ("economic", "公用经费合计", "total component=operating"),
    ("economic", "一、人员经费", "total component=personnel"),
    ("economic", "二、日常公用经费", "total component=operating"),
    ("economic", "工资福利支出", ""),
    # 三公
    ("three_public", "合计", "total item=total"),
    ("three_public", "“三公”经费合计", "total item=total"),
    ("three_public", "一、“三公”经费支出", "total item=total"),
    ("three_public", "一般公共预算“三公”经费小计", "total item=total"),
    ("three_public", "1、因公出国（境）费", "line item=overseas_travel"),
    ("three_public", "（一）因公出国（境）支出", "line item=overseas_travel"),
    ("three_public", "2.公务用车购置及运行维护费", "line item=vehicles"),
    ("three_public", "（二）公务用车购置及运行维护支出", "line item=vehicles"),
    ("three_public", "其中：公务用车购置", "line item=vehicle_purchase"),
    ("three_public", "（1）公务用车购置费", "line item=vehicle_purchase"),
    ("three_public", "（2）公务用车运行维护费", "line item=vehicle_operation"),
    ("three_public", "公务用车运行费", "line item=vehicle_operation"),
    ("three_public", "3．公务接待费", "line item=reception"),
    ("three_public", "（三）公务接待费支出", "line item=reception"),
    ("three_public", "二、会议费", "line item=meetings"),
    ("three_public", "三、培训费支出", "line item=training"),
    ("three_public", "四、机关运行经费", "line item=agency_operating_cost"),
    # counts and parts, not items
    ("three_public", "1.因公出国（境）团组数（个）", "count"),
    ("three_public", "2.因公出国（境）人次数（人）", "count"),
    ("three_public", "3.公务用车购置数（辆）", "count"),
    ("three_public", "4.公务用车保有量（辆）", "count"),
    ("three_public", "“三公”经费相关统计数", ""),
    ("three_public", "（1）国内接待费", ""),
    ("three_public", "其中：外事接待费", ""),
    ("three_public", "3、公务用车费", "line item=vehicles_by_parts"),
    ("three_public", "其中：（1）公务用车运转维护费", "line item=vehicle_operation"),
    ("three_public", "行政经费", ""),
]
ASIDE = re.compile(r"^其中:?")


@pytest.mark.parametrize(("side", "path", "words"), ROWS)
def test_row_names_amount(side: str, path: str, words: str) -> None:
    flat = tuple(squeeze(text) for text in path.split(">"))
    bare = VOCABULARY.ordinals.sub("", ASIDE.sub("", VOCABULARY.ordinals.sub("", flat[-1])))
    word = _find_word(VOCABULARY, side, flat, bare)
    assert (row_words(word) if word is not None else "") == words


def row_words(word: RowWord) -> str:
    """The kind of row and its words in one line."""
    names = ("source", "component", "item", "fund")
    words = {name: getattr(word.meaning, name) for name in names}
    return " ".join([word.row_kind, *(f"{name}={word}" for name, word in words.items() if word)])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("一般公共服务支出", "201"),
        ("一般公共服务", "201"),
        ("教育支出", "205"),
        ("文化体育与传媒支出", "207"),
        ("文化旅游体育与传媒支出", "207"),
        ("社会保障和就业支出", "208"),
        ("医疗卫生与计划生育支出", "210"),
        ("医疗卫生支出", "210"),
        ("卫生健康支出", "210"),
        ("环境保护", "211"),
        ("节能环保支出", "211"),
        ("城乡社区事务", "212"),
        ("农林水事务", "213"),
        ("资源勘探电力信息等事务", "215"),
        ("资源勘探信息等支出", "215"),
        ("资源勘探工业信息等支出", "215"),
        ("商业服务业等事务", "216"),
        ("金融监管等事务支出", "217"),
        ("地震灾后恢复重建支出", "218"),
        ("国土资源气象等事务", "220"),
        ("国土海洋气象等支出", "220"),
        ("自然资源海洋气象等支出", "220"),
        ("粮油物资储备支出", "222"),
        ("国有资本经营预算支出", "223"),
        ("灾害防治及应急管理支出", "224"),
        ("国债还本付息支出", "228"),
        ("债务付息支出", "232"),
        # sections, economic classes and sums are no classes
        ("人力资源和社会保障管理事务", ""),
        ("行政运行", ""),
        ("工资福利支出", ""),
        ("对个人和家庭的补助", ""),
        ("基本支出", ""),
        ("项目支出", ""),
        ("本年支出合计", ""),
        ("结转下年", ""),
    ],
)
def test_class_has_code(name: str, code: str) -> None:
    assert class_code(squeeze(name), VOCABULARY) == code

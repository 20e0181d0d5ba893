"""What sentences state, and what they do not."""

from decimal import Decimal

import pytest

from extract.page import Line, Page
from extract.sentences.model import Setting, Statement
from extract.sentences.statements import read_statements

AGENCY = "临江市档案局"


def read(
    *lines: str, kind: str = "budget", names: frozenset[str] = frozenset()
) -> tuple[list[Statement], int]:
    """State what lines of a narrative of 2024 say; the number is of figures left alone."""
    page = Page(3, 600, 800, "prose", tuple(Line(text, None) for text in lines))
    stated, unknown = read_statements([page], Setting(2024, kind, (AGENCY,), names))
    return list(stated), len(unknown)


def said(*lines: str, kind: str = "budget") -> list[tuple[str, str, str]]:
    """Topic, measure and value of each stated figure."""
    return [(one.topic, one.measure, str(one.value)) for one in read(*lines, kind=kind)[0]]


def test_totals_parts_and_shares() -> None:
    stated, unknown = read(
        "一、收支预算总体情况说明",
        "临江市档案局2024年度收入、支出预算总计1,250.50万元，与上年相比收、支预算总计各减少"
        "50万元，下降3.84%。其中：基本支出850.50万元，占68.01%；项目支出400万元，占31.99%。",
    )
    assert unknown == 0
    assert [(one.topic, one.measure, str(one.value)) for one in stated] == [
        ("income_total", "amount", "1250.50"),
        ("expenditure_total", "amount", "1250.50"),
        ("income_total", "change", "-50"),
        ("expenditure_total", "change", "-50"),
        ("income_total", "change_percent", "-3.84"),
        ("expenditure_total", "change_percent", "-3.84"),
        ("basic", "amount", "850.50"),
        ("basic", "share_percent", "68.01"),
        ("project", "amount", "400"),
        ("project", "share_percent", "31.99"),
    ]
    assert {one.year for one in stated} == {2024}
    assert {one.fund for one in stated} == {"all"}
    assert stated[0].printed == "1,250.50"
    assert (stated[0].line, stated[0].page_number) == (2, 3)


def test_totals_of_this_year_alone_say_so() -> None:
    stated, _ = read("二、收入情况", "本年收入合计90万元，其中：其他收入10万元。")
    assert [(one.topic, one.item) for one in stated] == [
        ("income_total", "current_total"),
        ("income_source", "other"),
    ]


def test_initial_budget_and_final_account_of_an_item() -> None:
    stated, unknown = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "2、文化旅游体育与传媒支出（类）文物（款）博物馆（项）。主要用于：展厅维护。年初预算为"
        "60.00万元，支出决算为58.20万元，完成年初预算的97%。决算数小于预算数的主要原因：节约2万元。",
        kind="final_account",
    )
    assert [(one.measure, one.value) for one in stated] == [
        ("initial_budget", Decimal("60.00")),
        ("final", Decimal("58.20")),
        ("completion_percent", Decimal("97")),
        ("budget_direction", Decimal("-1")),
    ]
    assert {one.item for one in stated} == {"博物馆"}
    assert stated[0].names.section_name == "文物"
    assert {one.fund for one in stated} == {"general_public_budget"}
    assert unknown == 1  # the cause


def test_a_class_named_above_is_the_class_of_the_items_below() -> None:
    stated, _ = read(
        "四、财政拨款支出情况说明",
        "（一）公共安全（类）",
        "1．法院（款）案件执行（项）支出10万元，与上年一致。",
    )
    assert [one.names.class_name for one in stated] == ["公共安全"]


def test_counts_belong_to_what_was_counted() -> None:
    lines = (
        "七、“三公”经费支出决算情况说明",
        "因公出国（境）团组2个，累计5人次。",
        "国内接待费3万元，主要用于接待兄弟单位，共计接待20批次、130人次（含外事接待1批次、8人次）；"
        "国（境）外接待费0.2万元，共计接待4批次、9人次。",
        "截至2023年12月31日，本单位共有车辆6辆，其中：机要通信用车1辆、其他用车5辆；单价100万元"
        "（含）以上设备（不含车辆）3台（套）。2024年预算安排购置车辆1辆，购置单价100万元以上设备"
        "2台（套）。",
    )
    assert said(*lines, kind="final_account") == [
        ("overseas_groups", "count", "2"),
        ("overseas_persons", "count", "5"),
        ("reception_batches", "count", "20"),
        ("reception_persons", "count", "130"),
        ("vehicles_held", "count", "6"),
        ("assets_equipment", "count", "3"),
        ("vehicles_bought", "count", "1"),
    ]
    years = {one.topic: one.year for one in read(*lines)[0]}
    assert (years["vehicles_held"], years["vehicles_bought"]) == (2023, 2024)


def test_procurement_performance_and_staff() -> None:
    assert said(
        "三、人员构成情况",
        "临江市档案局总编制人数31人，其中事业编制5人。在职实有人数28人。",
        "十、政府采购情况",
        "2024年政府采购预算总额90万元，其中：货物类20万元、工程类0万元、服务类70万元。授予中小企业"
        "合同金额60万元，占政府采购支出总额的66.67%，其中：授予小微企业合同金额30万元。",
        "十一、绩效目标设置情况",
        "编报绩效目标的项目7个，涉及项目预算资金400万元。拟对3个项目开展重点评价，涉及预算资金"
        "100万元。",
    ) == [
        ("staff_authorised", "count", "31"),
        ("staff_actual", "count", "28"),
        ("procurement_total", "amount", "90"),
        ("procurement_goods", "amount", "20"),
        ("procurement_works", "amount", "0"),
        ("procurement_services", "amount", "70"),
        ("procurement_sme", "amount", "60"),
        ("procurement_sme", "share_percent", "66.67"),
        ("procurement_micro", "amount", "30"),
        ("performance_projects", "count", "7"),
        ("performance_funds", "amount", "400"),
    ]


def test_the_year_before_is_not_this_year() -> None:
    stated, unknown = read("一、收支总体情况", "2024年收入预算380万元，比2023年340万元增加40万元。")
    assert [(one.measure, str(one.value)) for one in stated] == [
        ("amount", "380"),
        ("amount", "340"),
        ("change", "40"),
    ]
    assert [one.year for one in stated] == [2024, 2023, 2024]
    assert unknown == 0
    stated, _ = read(
        "五、支出决算情况",
        "1、文物（款）博物馆（项）。2023年决算数为50万元，2024年支出决算为40万元。",
        kind="final_account",
    )
    assert [one.year for one in stated] == [2023, 2024]


@pytest.mark.parametrize(
    "text",
    [
        "主要原因是项目支出增加400万元、基本支出减少20万元。",
        "新建数据中心项目支出435万元。",
        "其中：临江市图书馆机关运行经费10万元。",
        "基本支出增加（减少）12万元。",
        "基本支出，40.01%",
        "机关运行经费支出117万元左右。",
        "机关运行经费共12 34万元。",
        "因公出国（境）团组2万元。",
        "共有车辆3万元。",
        "机关运行经费比全年预算减少12万元。",
        "工资福利支出（类）基本工资（款）支出20万元。",
        "2022年当年预算执行数为12万元。",
    ],
)
def test_what_is_not_surely_said_is_not_stated(text: str) -> None:
    stated, unknown = read("一、收支总体情况", "与上年相比，有所变化。", text)
    assert stated == []
    assert unknown or "左右" in text or "12 34" in text  # no figures at all


def test_an_unknown_subject_ends_what_the_words_before_carried() -> None:
    assert said(
        "一、收支总体情况", "基本支出100万元，其中：某平台租赁费30万元，比上年增加5万元。"
    ) == [("basic", "amount", "100")]


def test_several_subjects_leave_none_for_the_next_sentence() -> None:
    assert said("一、收支总体情况", "收入预算100万元，其中：其他收入9万元。比上年增加5万元。") == [
        ("income_total", "amount", "100"),
        ("income_source", "amount", "9"),
    ]
    assert said("一、收支总体情况", "2024年收入预算100万元。比上年增加5万元。") == [
        ("income_total", "amount", "100"),
        ("income_total", "change", "5"),
    ]


def test_a_cause_ends_with_the_next_subject() -> None:
    assert said(
        "三、“三公”经费",
        "公务用车购置费0万元，与上年相比，增加0.00万元，主要原因是：厉行节约5万元；公务接待费2万元，"
        "与上年相比，减少1万元。",
    ) == [
        ("vehicle_purchase", "amount", "0"),
        ("vehicle_purchase", "change", "0.00"),
        ("reception", "amount", "2"),
        ("reception", "change", "-1"),
    ]


def test_words_mean_what_their_section_is_about() -> None:
    assert said("六、基本支出情况", "公用经费20万元，其中公务接待费3万元。") == [
        ("operating", "amount", "20")
    ]
    assert said("三、“三公”经费情况", "公务接待费3万元。") == [("reception", "amount", "3")]
    assert said("第四部分 名词解释", "一、机关运行经费：例如20万元。") == []


def test_names_that_the_tables_print_need_no_marks() -> None:
    line = "馆藏数字化专项工作支出88.08万元，主要用于扫描。"
    assert read("五、一般公共预算支出情况", line)[0] == []
    stated, _ = read("五、一般公共预算支出情况", line, names=frozenset({"馆藏数字化专项工作支出"}))
    assert [(one.topic, one.item) for one in stated] == [
        ("function_item", "馆藏数字化专项工作支出")
    ]


def test_short_names_of_the_agency_are_known() -> None:
    assert said("十、其他情况", "2024年市档案局机关运行经费预算为93.11万元。") == [
        ("agency_operating_cost", "amount", "93.11")
    ]
    assert said("十、其他情况", "2024年市水务局机关运行经费预算为93.11万元。") == []


def test_figures_of_units_below_and_of_later_years_are_not_the_agencys() -> None:
    assert said(
        "一、收支总体情况",
        "局属水文馆2024年收入预算30万元。预计2025年收入总计60万元。基本支出预算为100万元，其中人员"
        "经费80万元、公用经费20万元，分别占80%、20%。",
    ) == [
        ("basic", "amount", "100"),
        ("personnel", "amount", "80"),
        ("operating", "amount", "20"),
        ("personnel", "share_percent", "80"),
        ("operating", "share_percent", "20"),
    ]


def test_what_the_year_before_spent_is_its_final_account() -> None:
    stated, _ = read(
        "五、一般公共预算支出情况",
        "1.“文化旅游体育与传媒支出（类）文物（款）博物馆（项）”45.41万元，主要用于展厅。2023年当年预算"
        "执行数为11.67万元，2024年预算安排45.41万元，比2023年预算执行数增加289.12%。",
    )
    assert [(one.measure, one.printed, one.year) for one in stated] == [
        ("amount", "45.41", 2024),
        ("final", "11.67", 2023),
        ("amount", "45.41", 2024),
        ("change_percent", "289.12", 2024),
    ]


def test_reserves_other_money_and_money_of_funds_have_topics() -> None:
    assert said("一、收入情况", "其他资金14.39万元，占0.06%。") == [
        ("income_source", "amount", "14.39"),
        ("income_source", "share_percent", "0.06"),
    ]
    assert said("二、支出情况", "单位预留机动经费182.92万元，占0.64%。") == [
        ("reserve", "amount", "182.92"),
        ("reserve", "share_percent", "0.64"),
    ]
    assert said("一、收支总体情况", "政府性基金预算支出0万元，国有资本经营预算支出3万元。") == [
        ("government_fund_total", "amount", "0"),
        ("state_capital_total", "amount", "3"),
    ]


def test_shares_of_small_firms_in_a_category_are_no_shares_of_the_category() -> None:
    assert said(
        "十一、政府采购支出情况",
        "政府采购服务支出8,267.4万元。服务采购授予中小企业合同金额占服务支出金额的5.78%，"
        "服务采购授予小微企业合同金额占服务支出金额的1.02%。",
        kind="final_account",
    ) == [
        ("procurement_services", "amount", "8267.4"),
        ("procurement_services_sme", "share_percent", "5.78"),
    ]


def test_a_change_may_follow_the_final_account_and_its_rate() -> None:
    assert said(
        "七、“三公”经费支出决算情况说明",
        "“三公”经费支出决算为20.50万元，完成预算的98%，较上年度减少1.50万元，下降6.82%。",
        "机关运行经费支出决算为20万元，比年初预算减少2万元，下降9.09%。",
        kind="final_account",
    ) == [
        ("three_public_total", "final", "20.50"),
        ("three_public_total", "completion_percent", "98"),
        ("three_public_total", "change", "-1.50"),
        ("three_public_total", "change_percent", "-6.82"),
        ("agency_operating_cost", "final", "20"),
        ("agency_operating_cost", "over_budget", "-2"),
        ("agency_operating_cost", "over_budget_percent", "-9.09"),
    ]


def test_behind_brackets_the_words_before_them_go_on() -> None:
    assert said(
        "三、“三公”经费",
        "公务用车购置及运行费15万元（公务用车购置费4万元，公务用车运行费11万元），比上年减少3万元。",
        "国内公务接待25批次（其中：外事接待2批次），接待人次180人（其中：外事接待人次9人）。",
    ) == [
        ("vehicles", "amount", "15"),
        ("vehicle_purchase", "amount", "4"),
        ("vehicle_operation", "amount", "11"),
        ("vehicles", "change", "-3"),
        ("reception_batches", "count", "25"),
        ("reception_persons", "count", "180"),
    ]

"""What sentences say against the budget, against the year before, and of their own wholes."""

from decimal import Decimal

import pytest

from extract.errors import VocabularyError
from extract.page import Line, Page
from extract.sentences import directions
from extract.sentences.directions import find_direction
from extract.sentences.model import Setting, Statement
from extract.sentences.prose import flatten
from extract.sentences.statements import read_statements

AGENCY = "临江市档案局"
SG = "七、“三公”经费支出决算情况说明"


def read(*lines: str, kind: str = "final_account") -> list[Statement]:
    """State what lines of a narrative of 2024 say."""
    page = Page(3, 600, 800, "prose", tuple(Line(text, None) for text in lines))
    return list(read_statements([page], Setting(2024, kind, (AGENCY,)))[0])


def said(*lines: str, kind: str = "final_account") -> list[tuple[str, str, str]]:
    """Topic, measure and value of each stated figure."""
    return [(one.topic, one.measure, str(one.value)) for one in read(*lines, kind=kind)]


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("2024年度，本单位收入为90.50万元。", "income_total"),
        ("2024年度，本部门支出为90.50万元。", "expenditure_total"),
        ("我局2024年收入为90.50万元。", "income_total"),
        ("本院支出总额为90.50万元。", "expenditure_total"),
        ("全年总收入90.50万元。", "income_total"),
        ("2024年度决算总支出90.50万元。", "expenditure_total"),
        ("我镇2024年支出共计90.50万元。", "expenditure_total"),
        ("2024年度收入90.50万元。", "income_total"),
    ],
)
def test_a_total_without_the_word(sentence: str, topic: str) -> None:
    assert said("一、收支情况说明", sentence) == [(topic, "amount", "90.50")]


@pytest.mark.parametrize(
    "sentence",
    [
        "其中：支出90.50万元。",
        "全市收入90.50万元。",
        "教育支出20万元，收入90.50万元。",
        "用于本单位支出90.50万元。",
    ],
)
def test_income_alone_is_no_total(sentence: str) -> None:
    assert all(topic not in ("income_total", "expenditure_total") for topic, *_ in said(
        "一、收支情况说明", sentence
    ))  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [
        "十一、关于培训费的说明",
        "十一、会议费支出情况",
        "十、其他重要事项",
        "三、项目支出决算情况说明",
        "二、教育支出情况说明",
        "（三）教育支出情况说明",
    ],
)
def test_expenditure_below_a_heading_of_its_own_is_not_all(heading: str) -> None:
    """支出 alone is what the heading names, also where the part above is about all of it."""
    sentence = "本部门全年支出12.50万元，比上年减少1万元。"
    assert said(heading, sentence) == []
    assert said("第三部分 收支决算情况说明", heading, sentence) == []
    assert said("三、支出决算情况说明", "（一）培训费：本部门全年支出12.50万元。") == []


@pytest.mark.parametrize(
    "heading",
    [
        "一、收支情况说明",
        "（二）支出决算情况",
        "临江市档案局支出情况说明",
        "二、2024年度部门支出情况说明",
        "第三部分 2024年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
    ],
)
def test_expenditure_below_a_heading_on_all_is_the_total(heading: str) -> None:
    assert said(heading, "本部门全年支出12.50万元。") == [("expenditure_total", "amount", "12.50")]


def test_a_class_called_by_its_level() -> None:
    assert said(
        "三、支出预算情况说明", "教育支出类科目20.50万元，同比增长2.5%。", kind="budget"
    ) == [
        ("function_item", "amount", "20.50"),
        ("function_item", "change_percent", "2.5"),
    ]


def test_the_budget_of_a_final_account_is_not_its_amount() -> None:
    assert said(SG, "“三公”经费支出预算为20.50万元，支出决算为18.45万元，完成预算的90%。") == [
        ("three_public_total", "budget", "20.50"),
        ("three_public_total", "final", "18.45"),
        ("three_public_total", "completion_percent", "90"),
    ]


def test_the_budget_of_a_budget_is_its_amount() -> None:
    assert said(SG, "“三公”经费支出预算为20.50万元。", kind="budget") == [
        ("three_public_total", "amount", "20.50")
    ]


def test_a_change_against_the_budget_of_its_own_year() -> None:
    """与2024年度预算相比 in the final account of 2024 says nothing of the year before."""
    own = "公务接待费支出2.10万元，与2024年度预算相比，减少0.40万元，下降16%。"
    assert said(SG, own)[1:] == [
        ("reception", "over_budget", "-0.40"),
        ("reception", "over_budget_percent", "-16"),
    ]
    before = own.replace("2024年度预算", "2023年度预算")
    assert [measure for _, measure, _ in said(SG, before)][1:] == ["change", "change_percent"]
    assert [measure for _, measure, _ in said(SG, own, kind="budget")][1:] == [
        "change",
        "change_percent",
    ]


def test_more_than_the_budget_by_an_amount() -> None:
    assert said(
        "五、一般公共预算财政拨款支出决算情况说明",
        "一般公共预算财政拨款支出90.50万元，完成年初预算的100%，决算数大于预算数5.50万元。",
    ) == [
        ("general_public_total", "amount", "90.50"),
        ("general_public_total", "completion_percent", "100"),
        ("general_public_total", "over_budget", "5.50"),
    ]


def test_a_rate_of_completion_may_stand_behind_its_use() -> None:
    assert said(
        "五、一般公共预算财政拨款支出决算情况说明",
        "教育支出90.50万元，主要用于教学，完成年初预算的100%，决算数大于预算数。",
    )[1:] == [
        ("function_item", "completion_percent", "100"),
        ("function_item", "budget_direction", "1"),
    ]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("决算数大于预算数的主要原因", 1),
        ("支出决算数小于年初预算数", -1),
        ("决算数等于预算数", 0),
        ("决算数与预算数持平", 0),
    ],
)
def test_a_direction_against_the_budget(text: str, sign: int) -> None:
    line = f"公务接待费支出年初预算为2万元，支出决算为3万元。{text}：接待增加。"
    stated = read(SG, line)[-1]
    assert (stated.topic, stated.measure, stated.value, stated.unit) == (
        "reception",
        "budget_direction",
        Decimal(sign),
        "",
    )
    assert stated.printed and text.startswith(stated.printed)


def test_a_direction_with_its_own_subject() -> None:
    line = (
        "“三公”经费支出年初预算为5万元，支出决算为3万元，其中：公务接待费支出决算为1万元。"
        "全年“三公”经费支出决算数小于预算数，主要是接待批次减少。"
    )
    assert said(SG, line)[-1] == ("three_public_total", "budget_direction", "-1")


@pytest.mark.parametrize(
    "beginning",
    [
        "因公出国（境）费支出年初预算为2万元，支出决算为1万元，支出决算数小于预算数。",
        "因公出国（境）费支出决算为1万元，主要是团组减少，支出决算数小于预算数。",
        "（一）教育支出（类）普通教育（款）小学教育（项）支出决算为1万元，支出决算数小于预算数。",
    ],
)
def test_a_direction_has_the_place_of_its_own_words(beginning: str) -> None:
    own = "公务接待费支出年初预算为3万元，支出决算为2万元，支出决算数小于预算数"
    stated = read(SG, f"{beginning}{own}。")[-1]
    assert (stated.topic, stated.measure) == ("reception", "budget_direction")
    assert stated.text == flatten(own)


def test_a_direction_behind_a_name_has_the_place_of_its_own_words() -> None:
    stated = read(
        "三、支出决算情况说明",
        "教育支出（类）普通教育（款）小学教育（项）支出决算为1万元，支出决算数小于预算数。"
        "教育支出（类）普通教育（款）初中教育（项）。支出决算数小于预算数，决算数为2万元。",
    )
    said_of = [(one.names.item_name, one.text) for one in stated if one.unit == ""]
    assert said_of == [
        ("小学教育", "教育支出(类)普通教育(款)小学教育(项)支出决算为1万元,支出决算数小于预算数"),
        ("初中教育", "支出决算数小于预算数"),
    ]


def test_the_cause_of_an_increase() -> None:
    line = "公务接待费支出2.10万元，比上年增加0.10万元，增长5%。减少的主要原因是批次减少。"
    assert said(SG, line)[-1] == ("reception", "year_direction", "-1")
    both = line.replace("减少的主要", "增加（减少）的主要")
    assert all(measure != "year_direction" for _, measure, _ in said(SG, both))


def test_a_cause_after_several_changes_is_of_none() -> None:
    line = (
        "“三公”经费支出5万元，比上年增加1万元，其中：公务接待费支出2万元，比上年增加1万元。"
        "减少的主要原因是节约。"
    )
    assert all(measure != "year_direction" for _, measure, _ in said(SG, line))


def test_the_year_before_by_its_word() -> None:
    stated = read("一、收入决算情况说明", "本单位本年收入合计90.50万元，上年收入80.50万元。")
    assert [(one.topic, one.year, str(one.value)) for one in stated] == [
        ("income_total", 2024, "90.50"),
        ("income_total", 2023, "80.50"),
    ]


def test_an_explanation_does_not_end_the_subject() -> None:
    assert said(
        "一、收入决算情况说明",
        "财政拨款收入90.50万元，为当年拨付的资金。较上年决算数减少9.50万元，下降9.5%。",
    ) == [
        ("income_source", "amount", "90.50"),
        ("income_source", "change", "-9.50"),
        ("income_source", "change_percent", "-9.5"),
    ]


def test_ten_thousand_without_yuan() -> None:
    assert said(SG, "公务接待费支出2.10万，占50%。3万人参加。") == [
        ("reception", "amount", "2.10"),
        ("reception", "share_percent", "50"),
    ]


def test_a_share_beside_a_whole_that_was_not_read() -> None:
    unread = "本处全口径资金共90.50万元。其中：财政拨款收入45.25万元，占50%。"
    shares = [one for one in read("一、收入决算情况说明", unread) if one.measure == "share_percent"]
    assert [one.unread_whole for one in shares] == [True]
    whole = unread.replace("本处全口径资金共", "本年收入合计")
    shares = [one for one in read("一、收入决算情况说明", whole) if one.measure == "share_percent"]
    assert [one.unread_whole for one in shares] == [False]


def test_sections_are_counted() -> None:
    stated = read(
        "一、收入决算情况说明",
        "本年收入合计90万元。",
        "二、支出决算情况说明",
        "本年支出合计80万元。",
        "其中：基本支出60万元。",
    )
    first, second, third = (one.section for one in stated)
    assert first != second == third


def test_a_heading_may_end_in_a_full_stop() -> None:
    assert said(
        "七、其他情况",
        "（一）收入预算说明。",
        "2024年收入总预算90万元，其中一般公共预算拨款80万元。",
        kind="budget",
    )[-1] == ("income_source", "amount", "80")


def test_a_direction_needs_the_end_of_its_clause() -> None:
    assert find_direction("决算数小于预算数20万元") is None
    assert find_direction("比上年减少的批次") is None


def test_a_bad_row_says_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"says": "above_budget", "pattern": "(", "comment": ""}]
    monkeypatch.setattr(directions, "read_records", lambda name: rows)
    with pytest.raises(VocabularyError, match=r"sentence_direction\.csv, line 2"):
        directions._wordings.__wrapped__()


def test_all_of_it_is_no_agency() -> None:
    line = "（一）收入预算总计90.50万元。全部为市本级财政资金。与上年相比增加5.50万元。"
    assert said("一、收支情况说明", line, kind="budget") == [
        ("income_total", "amount", "90.50"),
        ("income_total", "change", "5.50"),
    ]


def test_a_change_behind_a_cause_names_its_base() -> None:
    line = (
        "“三公”经费支出决算为28.65万元，较预算减少3.35万元，主要是压减开支；"
        "较2023年度决算增加1.25万元，增长4.56%。"
    )
    assert said(SG, line) == [
        ("three_public_total", "final", "28.65"),
        ("three_public_total", "over_budget", "-3.35"),
        ("three_public_total", "change", "1.25"),
        ("three_public_total", "change_percent", "4.56"),
    ]
    causes = (
        "公务接待费支出5万元，比上年减少1万元，主要原因是一是批次减少2万元；二是人员增加1万元。"
    )
    assert [value for _, measure, value in said(SG, causes) if measure == "change"] == ["-1"]


def test_two_totals_in_one_breath() -> None:
    lines = (
        "2024年度收、支总计分别为125.49万元、143.91万元。与2023年相比，收、支总计各减少"
        "7.86万元、0.97万元，各下降5.89%、0.67%。"
    )
    income = [("amount", "125.49"), ("change", "-7.86"), ("change_percent", "-5.89")]
    expenditure = [("amount", "143.91"), ("change", "-0.97"), ("change_percent", "-0.67")]
    stated = said("一、收入支出决算总体情况说明", lines)
    assert [rest for topic, *rest in stated if topic == "income_total"] == [*map(list, income)]
    assert [rest for topic, *rest in stated if topic == "expenditure_total"] == [
        *map(list, expenditure)
    ]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        (
            "2.公务接待费。2024年决算数1.57万元，比2024年年初预算数4.00万元减少2.43万元。",
            [("final", "1.57"), ("budget", "4.00"), ("over_budget", "-2.43")],
        ),
        (
            "公务接待费支出决算为1.00万元，完成全年预算4.00万元的25%，比上年决算数减少1.00万元。",
            [
                ("final", "1.00"),
                ("budget", "4.00"),
                ("completion_percent", "25"),
                ("change", "-1.00"),
            ],
        ),
    ],
)
def test_the_budget_within_a_comparison(line: str, rest: list[tuple[str, str]]) -> None:
    assert said(SG, line) == [("reception", *one) for one in rest]


def test_final_accounts_that_changed_against_the_year_before() -> None:
    line = (
        "“三公”经费支出决算数比上年减少5.00万元，下降50%。其中：公务接待费支出决算减少1.00万元，"
        "下降40%。"
    )
    assert said(SG, line)[2:] == [
        ("reception", "change", "-1.00"),
        ("reception", "change_percent", "-40"),
    ]


def test_income_of_this_year_by_its_word() -> None:
    line = "与上年相比，今年收入增加100.00万元，增长8.8%。"
    assert [one[:2] for one in said("一、收入决算情况", line)] == [
        ("income_total", "change"),
        ("income_total", "change_percent"),
    ]


def test_parts_of_a_budget_are_budgets() -> None:
    line = (
        "“三公”经费支出预算为20万元，其中：公务接待费9万元，公务用车运行维护费11万元。"
        "“三公”经费支出共计9.07万元，其中：公务接待费9.07万元。"
    )
    assert [(measure, value) for _, measure, value in said(SG, line)] == [
        ("budget", "20"),
        ("budget", "9"),
        ("budget", "11"),
        ("amount", "9.07"),
        ("amount", "9.07"),
    ]

"""Targets of indicators: operator, value and unit, or nothing."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.forms.target import OPERATORS, Target, parse_target


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≤86万元", "<=", "86", "万元"),
        ("≥97.5%", ">=", "97.5", "%"),
        ("≥９７．５％", ">=", "97.5", "%"),
        ("≥ 97. 5%", ">=", "97.5", "%"),
        ("=366天 (年)", "=", "366", "天(年)"),
        (">=80", ">=", "80", None),
        ("＜5%", "<", "5", "%"),
        ("＞150.00（家）", ">", "150.00", "家"),
        ("不少于3次", ">=", "3", "次"),
        ("不低于85%", ">=", "85", "%"),
        ("不超过12个工作日", "<=", "12", "个工作日"),
        ("大于等于1,200平方米", ">=", "1200", "平方米"),
        ("90%以上", ">=", "90", "%"),
        ("控制在5%以内", "<=", "5", "%"),
        ("100%", None, "100", "%"),
        ("20门", None, "20", "门"),
        ("857台（套）", None, "857", "台(套)"),
        ("群众满意度不低于80%", ">=", "80", "%"),
        ("≥95百分比", ">=", "95", "百分比"),
        ("=1服务及时率", "=", "1", None),
    ],
)
def test_one_figure_with_its_operator_and_unit(
    text: str, operator: str | None, value: str, unit: str | None
) -> None:
    assert parse_target(text) == Target(operator, Decimal(value), unit)


@pytest.mark.parametrize("text", ["定性指标", "及时", "达标", "显著提升", "优", "群众满意，无投诉"])
def test_words_alone_are_qualitative(text: str) -> None:
    assert parse_target(text) == Target("qualitative")


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("小于等于2023年12月20日", "<="),
        ("2023年12月前", None),
        ("2022年1月-6月", None),
        ("2023-12-31", None),
        ("12月底前完成", None),
    ],
)
def test_a_day_is_no_value(text: str, operator: str | None) -> None:
    assert parse_target(text) == Target(operator, None, "date")


@pytest.mark.parametrize(
    "text",
    ["", "-", "无", "3-5个", "80%-90%", "一次", "≥", "≥10 35", "人数不少于100人,宣传品不少于20份"],
)
def test_what_says_no_one_thing_keeps_its_text_only(text: str) -> None:
    assert parse_target(text) == Target()


@pytest.mark.parametrize(("text", "operator"), [("90%左右", None), ("不少于9次以下", None)])
def test_words_behind_a_figure_that_take_the_operator_away(text: str, operator: str | None) -> None:
    parsed = parse_target(text)
    assert (parsed.operator, parsed.value is None) == (operator, False)


MONTHS = {Decimal(month) / 100 for month in range(1, 13)}


@pytest.mark.parametrize("text", ["≥2000.00", "≥2023.13", "≥2023.40"])
def test_a_year_without_a_month_behind_it_is_a_figure(text: str) -> None:
    assert parse_target(text) == Target(">=", Decimal(text[1:]), None)


@given(
    st.sampled_from(["≥", "≤", "＞", "＜", "=", "不少于", "不超过", ""]),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(["%", "万元", "个", "人次", "天", "(平方米)", ""]),
)
def test_a_printed_target_gives_back_what_it_was_made_of(
    sign: str, value: Decimal, unit: str
) -> None:
    words = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "=": "=", "不少于": ">=", "不超过": "<="}
    is_month = not unit and 2000 <= value < 2100 and value % 1 in MONTHS  # 2023.12 is a date
    assume(not is_month)
    parsed = parse_target(f"{sign}{value}{unit}")
    assert parsed == Target(words.get(sign), value, unit.strip("()") or None)


@given(st.text(max_size=30))
def test_any_text_is_read_and_no_figure_is_made_up(text: str) -> None:
    parsed = parse_target(text)
    assert parsed.operator is None or parsed.operator in OPERATORS
    if parsed.value is not None:
        shown = unicodedata.normalize("NFKC", text)  # ㉑ shows two digits
        assert sum(char.isdigit() for char in shown) >= len(
            str(abs(parsed.value)).replace(".", "").lstrip("0")
        )
    if parsed.unit == "date":
        assert parsed.value is None

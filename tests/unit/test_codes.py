"""Codes of classes: one from several columns, and each of its own family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.codes import RowCodes, bracketed, digits_of, join_code, leading_code, sort_codes

CLASSES = st.builds(
    lambda first, rest: f"{first}{rest:02d}", st.sampled_from("235"), st.integers(1, 99)
)
PAIRS = st.integers(1, 99).map(lambda number: f"{number:02d}")


@given(CLASSES, PAIRS, PAIRS, st.sampled_from(["own", "whole", "no zero", "spaced"]))
def test_three_columns_give_the_code_that_one_would(
    first: str, section: str, item: str, manner: str
) -> None:
    columns = {
        "own": [first, section, item],
        "whole": [first, first + section, first + section + item],
        "no zero": [first, str(int(section)), str(int(item))],
        "spaced": [f" {first}", f"{section}　", item],
    }[manner]
    assert join_code(columns, "") == first + section + item
    assert join_code([*columns[:2], ""], "") == first + section
    assert join_code([columns[0], "", ""], "") == first


@given(CLASSES, PAIRS, PAIRS, PAIRS)
def test_a_class_printed_once_holds_for_the_rows_below(
    first: str, section: str, item: str, other: str
) -> None:
    above = first + section + item
    assert join_code(["", "", other], above) == first + section + other
    assert join_code(["", other, ""], above) == first + other
    assert join_code(["", "", ""], above) == ""


@pytest.mark.parametrize(
    ("parts", "before", "code"),
    [
        (["2010301"], "20805", "2010301"),
        (["201 03 01"], "", "2010301"),
        (["201.03"], "", "20103"),
        (["合计"], "2010301", ""),
        (["类", "款", "项"], "", ""),
        (["", "01", ""], "", "01"),
    ],
)
def test_codes_in_one_column_and_odd_cells(parts: list[str], before: str, code: str) -> None:
    assert join_code(parts, before) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2010301行政运行", "2010301"),
        ("[30201]办公费", "30201"),
        ("201-一般公共服务支出", "201"),
        ("50101 工资奖金津补贴", "50101"),
        ("2010301", ""),
        ("201,345.00元", ""),
        ("2023年预算", ""),
        ("40101甲", ""),
        ("行政运行", ""),
    ],
)
def test_the_code_before_a_name(text: str, code: str) -> None:
    assert leading_code(text) == code


@pytest.mark.parametrize(
    ("codes", "family", "expected"),
    [
        (["2010301"], "expenditure", RowCodes(function_code="2010301")),
        (["30108", "50102"], "economic", RowCodes("", "30108", "50102")),
        (["50102", "30108"], "economic", RowCodes("", "30108", "50102")),
        (["205"], "economic", RowCodes(unit_code="205")),
        (["301"], "expenditure", RowCodes(unit_code="301")),
        (["121001"], "income", RowCodes(unit_code="121001")),
        (["2080505", "30108"], "procurement", RowCodes("2080505", "30108")),
        (["20103011"], "expenditure", RowCodes(unit_code="20103011")),
        (["", ""], "expenditure", RowCodes()),
    ],
)
def test_codes_are_told_apart(codes: list[str], family: str, expected: RowCodes) -> None:
    assert sort_codes(codes, family) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[A05010201]办公桌", ("A05010201", "办公桌")),
        ("[2010301]行政运行", ("2010301", "行政运行")),
        ("办公桌[A05]", ("", "办公桌[A05]")),
        ("[甲]办公桌", ("", "[甲]办公桌")),
    ],
)
def test_a_code_in_brackets(text: str, parts: tuple[str, str]) -> None:
    assert bracketed(text) == parts


@pytest.mark.parametrize(
    ("text", "digits"), [(" 201 03", "20103"), ("２０１", "201"), ("20l", ""), ("", ""), ("类", "")]
)
def test_digits_of_a_code_cell(text: str, digits: str) -> None:
    assert digits_of(text) == digits

"""Printed figures: every way of printing a number reads back exactly, all else is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures import (
    AmountError,
    decimals,
    fold,
    is_amount,
    is_blank,
    is_percentage,
    parse_amount,
)

NUMBERS = st.integers(0, 6).flatmap(
    lambda places: st.decimals(
        min_value=-(10**12), max_value=10**12, places=places, allow_nan=False, allow_infinity=False
    )
)
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@given(NUMBERS, st.booleans(), st.booleans(), st.sampled_from(["", " ", "\u3000", "\u00a0"]))
def test_a_printed_number_reads_back_exactly(
    number: Decimal, separated: bool, wide: bool, gap: str
) -> None:
    printed = f"{number:,f}" if separated else f"{number:f}"
    printed = printed.translate(WIDE) if wide else printed
    for mark in ",.，．":
        printed = printed.replace(mark, mark + gap)
    read = parse_amount(f" {printed}\u3000")
    assert read is not None
    assert read == number
    assert read.as_tuple().exponent == number.as_tuple().exponent
    assert is_amount(printed)
    assert not is_blank(printed)
    assert decimals(printed) == -int(number.as_tuple().exponent)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13,214,710.41", "13214710.41"),
        ("13214710. 41", "13214710.41"),
        ("1, 234. 50", "1234.50"),
        ("237", "237"),
        ("6642.1931", "6642.1931"),
        ("0.055", "0.055"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("−12.50", "-12.50"),
        ("–12.50", "-12.50"),
        ("+3.5", "3.5"),
        ("１，２３４．５０", "1234.50"),
    ],
)
def test_figures_as_documents_print_them(text: str, value: str) -> None:
    read = parse_amount(text)
    assert str(read) == value


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "\u00a0 ", "-", "--", "—", "——", " — ", "/", "／", "－", "…"]
)
def test_blank_is_not_zero(text: str) -> None:
    assert is_blank(text)
    assert parse_amount(text) is None
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["0", "0.00", "０", "0 "])
def test_a_printed_zero_is_not_blank(text: str) -> None:
    assert not is_blank(text)
    assert parse_amount(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1,2345.00",
        ",123",
        "12.",
        ".5",
        "3-4",
        "2023年",
        "95%",
        "95.5％",
        "12.00 34.00",
        "12 34",
        "1,234 567.00",
        "1.3 30",
        "12.00/34.00",
        "1.2.3",
        "30人",
        "2010301行政运行",
        "合计",
        "万元",
        "1e5",
        "- 5-",
        "١٢٣",
    ],
)
def test_what_is_no_figure_is_refused_with_its_text(text: str) -> None:
    assert not is_amount(text)
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert text in str(caught.value)


@given(st.text(max_size=12))
def test_any_text_is_blank_a_figure_or_refused(text: str) -> None:
    if is_amount(text):
        assert parse_amount(text) is not None
    elif is_blank(text):
        assert parse_amount(text) is None
    else:
        with pytest.raises(AmountError):
            parse_amount(text)


@pytest.mark.parametrize(("text", "places"), [("237", 0), ("1,234.5", 1), ("0.00", 2), ("甲", 0)])
def test_printed_digits_after_the_point(text: str, places: int) -> None:
    assert decimals(text) == places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("95.5%", True),
        ("95 ％", True),
        ("-3%", True),
        ("95", False),
        ("%", False),
        ("5%左右", False),
    ],
)
def test_percentages_are_told_apart(text: str, said: bool) -> None:
    assert is_percentage(text) is said


def test_folding_keeps_what_is_between() -> None:
    assert fold("　甲 乙１ ") == "甲 乙1"

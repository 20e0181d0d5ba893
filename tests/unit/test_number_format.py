"""What cells show under their number formats, as spreadsheet programs show it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.number_format import shown_number, stored_number
from extract.office.workbook import show_number


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("13214710.41", "General", "13214710.41"),
        ("0.30000000000000004", "General", "0.3"),
        ("-12.5", "General", "-12.5"),
        ("1.32147E+7", "General", "13214700"),
        ("13214710.41", "#,##0.00", "13,214,710.41"),
        ("13214710.405", "#,##0.00_ ", "13,214,710.41"),
        ("2.675", "0.00", "2.68"),
        ("999.995", "#,##0.00", "1,000.00"),
        ("0", "#,##0.00", "0.00"),
        ("5", "#,###", "5"),
        ("0", "#,###", ""),
        ("1234567", "#,##0,", "1,235"),
        ("132147104", "0!.0,", "13214.7"),
        ("132147104", '0\\.0,"万元"', "13214.7万元"),
        ("132147104", "0!.0000", "13214.7104"),
        ("50", "0!.0000", "0.0050"),
        ("-5", "0.00;-0.00", "-5.00"),
        ("-5", "0.00_);(0.00)", "(5.00)"),
        ("-1234.5", "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        ("0.923", "0.00%", "92.30%"),
        ("8", "000", "008"),
        ("2010301", "0_ ", "2010301"),
        ("1.5", "0.##", "1.5"),
        ("7", ";;;", ""),
        ("1500", "[>=1000]#,##0.0,;0", "1.5"),
        ("44927", 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        ("44927.5", "yyyy-mm-dd hh:mm", "2023-01-01 12:00"),
        ("12.3", "[$¥-804]#,##0.00", "¥12.30"),
        ("12.3", "G/通用格式", "12.3"),
    ],
)
def test_a_cell_shows_what_a_person_sees(stored: str, code: str, shown: str) -> None:
    assert shown_number(stored_number(stored), code) == shown


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("0.5", "# ?/?"),
        ("12", "0.00E+00"),
        ("12", "[DBNum1]0"),
        ("-5", "[<100]0.0;0"),
        ("5", "yyyy-mm-dd"),
        ("44927", "aaaa"),
    ],
)
def test_a_format_that_is_not_certain_is_no_text(stored: str, code: str) -> None:
    assert shown_number(Decimal(stored), code) is None
    assert show_number(stored, code, from_1904=False, zeros=True)[1] == "display_uncertain"


def test_a_minus_that_only_a_colour_shows_is_in_doubt() -> None:
    shown = show_number("-5", "0.00;[Red]0.00", from_1904=False, zeros=True)
    assert shown == ("-5", "display_uncertain")
    assert show_number("5", "0.00;[Red]0.00", from_1904=False, zeros=True) == ("5.00", "")


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    assert show_number("0", "0.00", from_1904=False, zeros=False) == ("", "")


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_two_places_of_money_survive_the_float_of_the_file(value: Decimal) -> None:
    assert shown_number(stored_number(repr(float(value))), "#,##0.00") == f"{value:,.2f}"

"""Normal forms of text: for comparing, never for publishing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import has_chinese, squeeze, trim


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("收　入 总\u00a0计", "收入总计"),
        ("单位：万元", "单位:万元"),
        ("（一）〔二〕［三］", "(一)(二)[三]"),
        ("“三公”‘三公’「三公」", '"三公""三公""三公"'),
        ("301－08—02–03", "301-08-02-03"),
        ("１２，３４５．６７", "12,345.67"),
        ("\ufeff项\u200b目\n名称\t", "项目名称"),
    ],
)
def test_squeezed_text(text: str, flat: str) -> None:
    assert squeeze(text) == flat


PRINTED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x3000, max_codepoint=0x301F),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
        st.sampled_from("\t\n\u00a0\u200b\ufeff—–“”‘’·…①Ⅲ㎡"),
    )
)


@given(PRINTED)
def test_squeezing_again_changes_nothing(text: str) -> None:
    flat = squeeze(text)
    assert squeeze(flat) == flat
    assert not any(char.isspace() for char in flat)


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("  部门：　某局   单位：元 ", "部门： 某局 单位：元"),
        ("（一）\n甲", "（一） 甲"),
        ("　", ""),
    ],
)
def test_trimmed_text_keeps_its_characters(text: str, trimmed: str) -> None:
    assert trim(text) == trimmed


@pytest.mark.parametrize(
    ("text", "said"), [("a收", True), ("㐀", True), ("12,。：", False), ("", False), ("カ", False)]
)
def test_chinese_is_told_from_digits_and_marks(text: str, said: bool) -> None:
    assert has_chinese(text) is said

"""Normal forms of printed text. Printed text itself is never changed; these are for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

REMEMBERED = 1 << 14
"""So many texts are remembered with their forms: tables repeat theirs again and again."""

_SPACE = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_ZERO_WIDTH = "\u200b\ufeff"
WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""Full-width signs, letters and digits, and the ASCII for which they stand."""
_SIGNS = {
    **WIDE,
    **dict.fromkeys(_ZERO_WIDTH, ""),
    **dict.fromkeys("“”„＂″「」'＇‘’", '"'),
    **dict.fromkeys("－—–―−─", "-"),
    **dict(zip("〔〕", "()", strict=True)),
}
"""Signs that documents print in several forms."""


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """Take all white space out and fold widths (NFKC); brackets and quotes become ASCII.

    >>> squeeze("收　入 总 计（万元）")
    '收入总计(万元)'
    """
    return squeeze_once(text)


def squeeze_once(text: str) -> str:
    """``squeeze`` for the text of a whole page, which is not worth remembering."""
    if text.isascii():
        return "".join(text.split()).replace("'", '"')
    plain = replace_signs("".join(text.split()), _SIGNS, _SIGNED)
    folded = unicodedata.normalize("NFKC", plain)
    if folded == plain:
        return plain
    together = replace_signs("".join(folded.split()), _SIGNS, _SIGNED)
    return unicodedata.normalize("NFKC", together)  # what spaces held apart may join


def replace_signs(text: str, signs: Mapping[str, str], held: re.Pattern[str]) -> str:
    """``str.translate``, faster where few of the signs are ``held`` by the text."""
    for sign in set(held.findall(text)):
        text = text.replace(sign, signs[sign])
    return text


def any_of(signs: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of these signs."""
    return re.compile(f"[{''.join(map(re.escape, signs))}]")


_SIGNED = any_of(_SIGNS)


_YEAR = re.compile(r"二[〇○Ｏ零0][一二三四五六七八九〇○零][一二三四五六七八九〇○零](?=年)")
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}


@lru_cache(maxsize=REMEMBERED)
def arabic_years(text: str) -> str:
    """Years in Chinese digits as numbers.

    >>> arabic_years("二〇二三年度部门决算")
    '2023年度部门决算'
    """
    return _YEAR.sub(lambda m: "".join(_DIGITS.get(char, "0") for char in m[0]), text)


@lru_cache(maxsize=REMEMBERED)
def trim(text: str) -> str:
    """White space at the ends taken out, runs of it inside folded to one space.

    >>> trim("  部门：　某局   单位：元 ")
    '部门： 某局 单位：元'
    """
    if any(char in text for char in _ZERO_WIDTH):
        return _SPACE.sub(" ", text).strip()
    return " ".join(text.split())


_PAGE_NUMBER = re.compile(r"第[0-9]+页(?:[,/、]?共[0-9]+页)?|共[0-9]+页[,/、]?第[0-9]+页|-[0-9]+-")


def is_page_number(text: str) -> bool:
    """True if a text is nothing but a page number with its words or dashes.

    >>> is_page_number("第1页，共102页"), is_page_number("- 23 -"), is_page_number("23")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(squeeze(text)) is not None


_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=REMEMBERED)
def has_chinese(text: str) -> bool:
    """True if the text holds a Chinese character."""
    return _CHINESE.search(text) is not None

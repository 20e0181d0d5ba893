"""Normal forms of printed text. Printed text itself is never changed; these are for comparing."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_QUOTES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "＂": '"',
        "″": '"',
        "「": '"',
        "」": '"',
        "'": '"',
        "‘": '"',
        "’": '"',
        "－": "-",
        "—": "-",
        "–": "-",
        "―": "-",
        "−": "-",
        "─": "-",
        "〔": "(",
        "〕": ")",
        "［": "[",
        "］": "]",
        "：": ":",
        "，": ",",
        "；": ";",
        "．": ".",
    }
)


def squeeze(text: str) -> str:
    """Take all white space out and fold widths (NFKC); brackets and quotes become ASCII.

    >>> squeeze("收　入 总 计（万元）")
    '收入总计(万元)'
    """
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    return unicodedata.normalize("NFKC", _SPACE.sub("", folded))  # what spaces held apart may join


def trim(text: str) -> str:
    """White space at the ends taken out, runs of it inside folded to one space.

    >>> trim("  部门：　某局   单位：元 ")
    '部门： 某局 单位：元'
    """
    return _SPACE.sub(" ", text).strip()


def has_chinese(text: str) -> bool:
    """True if the text holds a Chinese character."""
    return any("\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" for char in text)

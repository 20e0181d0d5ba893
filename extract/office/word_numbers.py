"""Numbers that Word counts itself (一、 （一） 1.): in print they stand before the paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.office.word_package import W
from extract.office.word_styles import Styles, value_of

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LEVEL = re.compile("%([1-9])")
_CIRCLED = 0x2460


def chinese_number(value: int) -> str:
    """A number as Chinese counts up to 999.

    >>> [chinese_number(n) for n in (3, 10, 12, 20, 35, 101)]
    ['三', '十', '十二', '二十', '三十五', '一百〇一']
    """
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (_DIGITS[ones] if ones else "")


def _roman(value: int) -> str:
    text = ""
    for step, sign in _ROMAN:
        count, value = divmod(value, step)
        text += sign * count
    return text


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    return chr(_CIRCLED + value - 1) if value <= 20 else str(value)


_CHINESE = dict.fromkeys(
    (
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "koreanDigital2",
    ),
    chinese_number,
)  # fmt: skip
_FORMATS: Mapping[str, Callable[[int], str]] = {
    **_CHINESE,
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalHalfWidth": str,
    "ideographDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)),
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": "({})".format,
    "decimalEnclosedFullstop": "{}.".format,
    "none": lambda n: "",
}
"""How a count is written, by Word's name of the format; of another one no number is made."""


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str


class Numbers:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        kinds = {
            kind.get(f"{W}abstractNumId", ""): _levels(kind)
            for kind in root.iter(f"{W}abstractNum")
        }
        for item in root.iter(f"{W}num"):
            kind = value_of(item, "abstractNumId")
            levels = dict(kinds.get(kind, {}))
            owner = kind
            for other in item.iter(f"{W}lvlOverride"):
                owner = f"{kind}/{item.get(f'{W}numId', '')}"  # counts by itself
                at = _whole(other.get(f"{W}ilvl"), 0)
                levels |= _levels(other)
                if start := value_of(other, "startOverride"):
                    old = levels.get(at, _Level(1, "decimal", ""))
                    levels[at] = _Level(_whole(start, 1), old.form, old.text)
            self._lists[item.get(f"{W}numId", "")] = (owner, levels)

    def next_for(self, properties: Any | None, style: str) -> str:
        """What stands before a paragraph with these properties; '' for one without a number."""
        number, at = self._styles.numbered.get(style, ("", "0"))
        number = value_of(properties, "numPr/numId") or number
        level = _whole(value_of(properties, "numPr/ilvl") or at, 0)
        owner, levels = self._lists.get(number, ("", {}))
        if level not in levels:
            return ""
        counts = self._counts.setdefault(owner, {})
        for deeper in [held for held in counts if held > level]:
            del counts[deeper]
        for upper in range(level):
            if upper in levels:
                counts.setdefault(upper, levels[upper].start)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        return _LEVEL.sub(
            lambda match: _written(levels, counts, int(match[1]) - 1), levels[level].text
        )


def _written(levels: Mapping[int, _Level], counts: Mapping[int, int], at: int) -> str:
    level, count = levels.get(at), counts.get(at, 0)
    if level is None or level.form not in _FORMATS or not 0 < count < 1000:
        return ""
    return _FORMATS[level.form](count)


def _levels(parent: Any) -> dict[int, _Level]:
    """The levels of a list that count; bullets are no numbers."""
    found: dict[int, _Level] = {}
    for level in parent.iter(f"{W}lvl"):
        form = value_of(level, "numFmt")
        if form != "bullet":
            found[_whole(level.get(f"{W}ilvl"), 0)] = _Level(
                _whole(value_of(level, "start"), 1), form, value_of(level, "lvlText")
            )
    return found


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else default

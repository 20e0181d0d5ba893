"""Text of documents for people to look at: what would act instead of being seen is made visible.

A document may print, or hide, escape sequences of terminals, marks that turn the direction of
writing, and characters without width. On a page and on a terminal they are shown by their names.
"""

import re

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SYMBOLS = 0x2400
"""Where Unicode has a picture for each control character of ASCII."""


def visible(text: str) -> str:
    r"""Replace characters that act by what they are called; line breaks and tabs stay.

    >>> visible("1\x1b[31m2\u202e3")
    '1␛[31m2[U+202E]3'
    """
    # nearly all text has none of them, and is told so quickly
    return text if text.isprintable() else _CONTROLS.sub(_name, text)


def one_line(text: str) -> str:
    r"""Like ``visible``, with all white space as single spaces: for terminals and tables.

    >>> one_line(" a\n\tb ")
    'a b'
    """
    return visible(" ".join(text.split()))


def counted(count: int, noun: str) -> str:
    """Say how many, in English.

    >>> counted(1, "document"), counted(1200, "part")
    ('1 document', '1,200 parts')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _name(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return chr(_SYMBOLS + code) if code < 0x20 else f"[U+{code:04X}]"

"""How a table begins: told from how one goes on, where no title stands between two tables.

A page that goes on with a table repeats its header or has none, and its rows go on with those
above. A table of its own brings other words in its header, or begins once more: with a total, with
the first of the ordinals, with the first class, or with classes of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.codes import digits_of, join_code, leading_code
from extract.figures import is_amount, is_blank
from extract.page import GridCell
from extract.text import REMEMBERED, has_chinese, squeeze
from extract.vocabulary import Vocabulary

Rows = Sequence[Sequence[GridCell]]
"""Rows of a grid from top to bottom, cells from left to right."""

_INDEX_WORDS = re.compile(r"栏次|行次")
_COUNT = re.compile(r"[0-9]{1,2}", re.ASCII)
_INDEX = re.compile(
    r"[0-9]{1,2}(?:=?(?:[0-9]{1,2}[+\-=])+[0-9.…]{1,4})?|[A-Z甲乙丙]|栏次|行次", re.ASCII
)
"""A text of a row that counts columns: a count, a formula over counts, or a word of such rows."""
_CLASS = re.compile(r"[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_ROW_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)
_FIRST = re.compile(r"^[(]?一[)]?[、.]")
_DIGITS_OF_A_PART = 2
_FEWEST_WORDS = 2
"""Texts of a row that is a header, at least."""


def is_index_row(cells: Sequence[GridCell]) -> bool:
    """True for a row that counts columns (`栏次 1 2 3`): part of the header, no figures.

    The counts go up by one from cell to cell; a row of amounts does not.
    """
    return is_index([squeeze(cell.text) for cell in cells if cell.text.strip()])


def is_index(texts: Sequence[str]) -> bool:
    """``is_index_row`` of a row's squeezed texts."""
    numbers, words = list[int](), list[str]()
    for text in texts:
        if not _INDEX.fullmatch(text):
            return False
        if _COUNT.fullmatch(text):
            numbers.append(int(text))
        else:
            words.append(text)
    if words and not numbers:
        return all(_INDEX_WORDS.fullmatch(text) for text in words)
    steps = {after - before for before, after in pairwise(numbers)}
    return bool(numbers) and (bool(words) or len(numbers) >= 3) and steps <= {1} and numbers[0] <= 3


@dataclass(frozen=True)
class Opening:
    """The words of the header of a run of rows, and its first row of a body.

    ``words`` are known words of headers; ``total`` and ``first`` are true where the body begins
    with a total or with the first of the ordinals; ``code`` is its first class code, ``second`` the
    code of another classification beside it. ``lead`` is the first text of the body.
    """

    words: frozenset[str]
    texts: frozenset[str]
    has_figures: bool
    total: bool
    first: bool
    code: str
    second: str
    lead: str


def begins_anew(above: Rows, last: Sequence[GridCell], rows: Rows, vocabulary: Vocabulary) -> bool:
    """True if ``rows`` begin a table of their own, which no title names.

    ``above`` are the first rows of the table before, ``last`` is its last row.
    """
    one, two = read_opening(above, vocabulary), read_opening(rows, vocabulary)
    if not one.has_figures:
        return False  # the page broke the header of the table before
    if _goes_on(last, two.lead):
        return False
    if two.words and two.words - one.texts:
        return True
    if one.code and two.code and one.code[0] != two.code[0]:
        return True
    if one.first and two.first:
        return True
    if one.total and two.total and (two.words or len(rows) > 1):
        return True  # one row alone is the total at the table's other end
    # classes that begin once more; a list may have many rows of one class, over pages as well
    return bool(
        two.words
        and two.code
        and two.code <= one.code
        and two.code < first_code(last)
        and two.second <= one.second
    )


def _goes_on(last: Sequence[GridCell], lead: str) -> bool:
    """True if the number of a row, its first text, is the next one after the last row's."""
    before = next((squeeze(cell.text) for cell in last if not is_blank(cell.text)), "")
    return all(_ROW_NUMBER.fullmatch(text) for text in (before, lead)) and (
        int(before) + 1 == int(lead)
    )


def read_opening(rows: Rows, vocabulary: Vocabulary) -> Opening:
    """The opening of a run of rows; its header is what stands above all figures."""
    words: set[str] = set()
    texts: set[str] = set()
    first: list[str] = []
    code = second = ""
    has_figures = False
    for row in rows:
        held = [squeeze(cell.text) for cell in row if not is_blank(cell.text)]
        if not held or is_index_row([cell for cell in row if cell.text.strip()]):
            continue
        if not code and not first:
            known = [text for text in held if _is_header_word(vocabulary, text)]
            if (
                not any(is_amount(text) for text in held)
                and len(known) >= _FEWEST_WORDS
                and len(row) < 2 * len(held)
            ):
                words.update(known)
                texts.update(held)
                continue
        first = first or held
        has_figures = has_figures or any(is_amount(text) for text in held)
        if not code and sum(map(is_amount, held)) > 1:  # the code, and a figure
            code = first_code(row)
            second = _second_code(held) if code else ""
        if code and has_figures:
            break
    label = next((text for text in first if has_chinese(text)), "")
    word = vocabulary.row("any", (label,)) if label else None
    return Opening(
        words=frozenset(words),
        texts=frozenset(texts),
        has_figures=has_figures,
        total=word is not None and word.row_kind == "total",
        first=_FIRST.match(label) is not None,
        code=code,
        second=second,
        lead=first[0] if first else "",
    )


def first_code(row: Sequence[GridCell]) -> str:
    """The class code with which a row begins, in one cell or in three; '' if it has none there."""
    parts: list[str] = []
    if not any(has_chinese(cell.text) for cell in row):
        return ""  # a row of figures without a name
    for cell in row:
        text = squeeze(cell.text)
        if not parts and is_blank(text):
            continue
        if not digits_of(text):
            break
        if parts and len(digits_of(text)) > _DIGITS_OF_A_PART:
            if len(parts) > 1 or len(digits_of(parts[0])) > _DIGITS_OF_A_PART:
                break
            parts.clear()  # 序号 stands left of the code
        parts.append(text)
    code = join_code(parts[:3], "")
    if not parts:
        filled = next((cell.text for cell in row if not is_blank(cell.text)), "")
        code = leading_code(squeeze(filled))
    return code if _CLASS.fullmatch(code) else ""


def _second_code(texts: Sequence[str]) -> str:
    """The class code between two names: `301 工资福利支出 501 机关工资福利支出`; '' if none is."""
    named = [at for at, text in enumerate(texts) if has_chinese(text)]
    between = texts[named[0] : named[-1]] if named else ()
    return next((text for text in between if _CLASS.fullmatch(text)), "")


@lru_cache(maxsize=REMEMBERED)
def _is_header_word(vocabulary: Vocabulary, text: str) -> bool:
    return any(word.pattern.fullmatch(text) for word in vocabulary.headers)

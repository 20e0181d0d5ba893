"""Cells that hold, side by side, what two columns would: an upright ruling between them is missing.

Where one cell of a column holds two words, or a figure beside a word or another figure, with a
wide gap between them on one line, the cells of that column that hold one text only may belong to
either of two columns: which header is over which figure is not certain in such a table.
"""

from __future__ import annotations

import re
from collections import Counter

from extract.figures import is_amount
from extract.sheet import Part, in_doubt
from extract.text import squeeze
from extract.vocabulary import Vocabulary

_WORD = r"[\u4e00-\u9fff]{2,}[)）”]?"
_MONEY = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{2,}"
_WORDS = re.compile(rf"{_WORD} [(（“]?{_WORD}")
_FIGURES = re.compile(
    rf"(?:{_WORD}|{_MONEY}) (?:{_MONEY})(?![0-9])|(?<![0-9.])(?:{_MONEY}) (?:[^0-9 ]{{0,4}}{_WORD})"
)
FEWEST = 2
"""So many texts with a gap, in one column, are two columns; one row may be printed like that."""


def doubt_side_by_side(part: Part, family: str, vocabulary: Vocabulary) -> Part:
    """The part, with all cells in doubt where cells of a column hold what two columns would."""
    if part.grid.origin != "lattice":
        return part
    headed = True  # no row with figures was met yet
    found: Counter[int] = Counter()
    for row in part.rows:
        headed = headed and not any(is_amount(cell.text) for cell in row)
        for cell in row:
            line = next((line for line in cell.lines if " " in line), "")
            if not line:
                continue
            if _FIGURES.search(line) is None and _WORDS.search(line) is None:
                continue
            found[cell.column] += 1
            if found[cell.column] >= FEWEST:
                return in_doubt(part)
            if headed and _is_unknown(cell.text, family, vocabulary):
                return in_doubt(part)
    return part


def _is_unknown(text: str, family: str, vocabulary: Vocabulary) -> bool:
    """True for the text of a header that is no known one, or one that fits any."""
    known = vocabulary.header(family, (squeeze(text),))
    return known is None or "other_printed" in known.meaning.__dict__.values()

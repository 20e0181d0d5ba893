"""Lines of a text, and the rows of a table that they hold: labels by column, figures in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.figures import is_amount, parse_amount
from extract.plain.layout import Layout
from extract.text import has_chinese, squeeze

_END = re.compile(
    r"[(（]?(注|备注|说明)[:：\d一二三四五六七八九十]|公开\d|(金额)?单位[:：]|部门[:：]|编制单位[:：]|表\d"
    r"|附件\d|第[一二三四五六七八九十]+部分"
)
_TITLE = re.compile(r"[^0-9].{2,}表(\(.*\))?")
_FOOT = re.compile(r"-\d+-|第\d+页(,?共\d+页)?|\d+/\d+", re.ASCII)
_PART = re.compile(r"[0-9]{2}", re.ASCII)
_MONEY = re.compile(
    r"(?<![0-9.A-Za-z])[0-9][0-9,]*(?:\.[0-9]{2}|,[0-9]{3})(?![0-9.万亿元%])", re.ASCII
)
_INNER_CODE = re.compile(r"[\u4e00-\u9fff][235][0-9]{2}(?:[0-9]{2}){0,2}[\u4e00-\u9fff]", re.ASCII)
_MARKED = re.compile(
    r"\([0-9][0-9,]*\.[0-9]+\)|\([0-9]{1,3}(?:,[0-9]{3})+\)|[△▲][0-9][0-9,.]*", re.ASCII
)
_DASH = frozenset({"-", "—", "--", "——"})
_BRACKET = re.compile(r"(?=\[[A-Z]?\d{3,}\])")
CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}|[0-9]{6}", re.ASCII)
"""A code of a functional or an economic class (类, 款 or 项), or of a unit."""
MAX_WRAP = 8
"""A row does not run over more lines than this."""


@dataclass(frozen=True)
class Side:
    """Columns of labels and the columns of figures after them."""

    labels: tuple[int, ...]
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A row: labels by column, and the figures of each side in order, blanks unknown."""

    line: int
    labels: dict[int, str]
    figures: tuple[tuple[str, ...], ...]
    spans: dict[int, int] = field(default_factory=dict)
    doubt: str = ""


@dataclass(frozen=True)
class TextLine:
    """A line of the text with its number, cut at white space."""

    number: int
    words: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The line without white space."""
        return squeeze("".join(self.words))


def sides_of(layout: Layout) -> tuple[Side, ...]:
    """The sides of a header, from left to right."""
    sides: list[tuple[list[int], list[int]]] = []
    for at, column in enumerate(layout):
        if not column.token.is_amount:
            if not sides or sides[-1][1]:
                sides.append(([], []))
            sides[-1][0].append(at)
        else:
            if not sides:
                sides.append(([], []))
            sides[-1][1].append(at)
    return tuple(Side(tuple(labels), tuple(amounts)) for labels, amounts in sides)


def is_figure(word: str) -> bool:
    """True for a printed amount, one with a mark, and a mark that stands for a blank cell."""
    return is_amount(word) or word in _DASH or is_marked(word)


def is_marked(word: str) -> bool:
    """True for a figure in brackets or behind a triangle, as some offices print what is negative.

    Others print notes and shares like that, so such a figure keeps its place and is not read.

    >>> is_marked("(12.00)"), is_marked("△12"), is_marked("(2)")
    (True, True, False)
    """
    return _MARKED.fullmatch(squeeze(word)) is not None


def value_of(text: str) -> Decimal | None:
    """The value of a printed figure; None for a blank and for a figure with a mark."""
    return None if is_marked(text) else parse_amount(text)


def ends_table(line: TextLine) -> bool:
    """True for a line that cannot be inside a table: a note, a unit, a title."""
    return bool(_END.match(line.bare) or _TITLE.fullmatch(line.bare))


def is_foot(line: TextLine) -> bool:
    """True for a printed page number."""
    return bool(_FOOT.fullmatch(line.bare))


def is_closed(group: Sequence[str]) -> bool:
    """True if the words of a row end with a figure after a name (a code alone is no figure)."""
    return is_figure(group[-1]) and any(has_chinese(word) for word in group)


def may_wrap(line: TextLine) -> bool:
    """True if a line may be the rest of a row: a piece of a name, figures, or the next block."""
    if any(is_figure(word) for word in line.words):
        return True
    return len(line.bare) <= 24 and not re.search(r"[。；，]", line.bare)


def runs_of(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words as pairs of a label and the figures after it."""
    runs: list[tuple[list[str], list[str]]] = []
    for word in words:
        if is_figure(word):
            if runs:
                runs[-1][1].append(word)
            continue
        if not runs or runs[-1][1]:
            runs.append(([], []))
        runs[-1][0].append(word)
    return [("".join(label), tuple(texts)) for label, texts in runs]


def single_row(
    line: int,
    words: Sequence[str],
    side: Side,
    families: Sequence[str],
    labels: dict[int, str],
) -> Row:
    """A row of one side: [code] name figures, the name in as many words as it likes."""
    stop = len(words)
    while stop > 0 and is_figure(words[stop - 1]):
        stop -= 1
    figures = tuple(words[stop:])
    texts = list(words[:stop])
    free = [column for column in side.labels if column not in labels]
    for column in (column for column in free if families[column] in ("code", "part")):
        wanted = _PART if families[column] == "part" and labels.get(column - 1) else CODE
        if texts and wanted.fullmatch(texts[0]):
            labels[column] = texts.pop(0)
    names = [column for column in free if families[column] not in ("code", "index", "part")]
    if len(names) > 1 and len(set(texts)) == 1 and texts[0].endswith("计"):
        texts = texts[:1]  # 合计 once for each column of names
    if len(names) > 1:
        pieces = [piece for piece in _BRACKET.split("".join(texts[:-1])) if piece]
        pieces += texts[-1:]
        if len(pieces) == len(names):
            labels.update(zip(names, pieces, strict=True))
            texts = []
    if names and texts:
        labels[names[0]] = "".join(texts)
    many = len(figures) > len(side.amounts) or any(_MONEY.search(word) for word in words[:stop])
    if sum(families[column] in ("code", "name") for column in side.labels) > 1:
        many = many or any(_INNER_CODE.search(label) for label in labels.values())
    return Row(line, labels, (figures,), doubt="ambiguous_column" if many else "")

"""Conservation: every figure printed on a table page is in exactly one cell, or is named.

The figures of a page are taken from its words, which are cut without looking at the grid; the
figures in cells from the grid. What the cells do not hold is left over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from extract.figures import fold, is_amount
from extract.page import Box, Page
from extract.rows import Placed
from extract.text import REMEMBERED, has_chinese, squeeze

_FIGURE = re.compile(
    r"(?=[-+0-9])(?:[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[-+]?[0-9]+(?:\.[0-9]+)?)", re.ASCII
)
_DIGIT = re.compile(r"[0-9]")
_NOT_FIGURES = re.compile(
    r"20[0-9]{2}[-—年.][0-9]{0,2}[月.]?[0-9]{0,2}日?|20[0-9]{2}[-—]20[0-9]{2}|[0-9]+月(?:[0-9]+日)?"
    r"|第[0-9]+[页条项号部章]?|共[0-9]+页|公开[0-9]+表|表[0-9]+|附件[0-9]+|[（(〔\[][0-9]+[)）〕\]]|^[0-9]+[、.．](?![0-9])"
    r"|-\s*[0-9]+\s*-|〔20[0-9]{2}〕[0-9]*号?|[0-9]+号",
)

_MONEY = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{1,6})", re.ASCII)
_SENTENCE = re.compile(r"[。；;，！？!?…%]|单位[:：]|^注")
_GOES_ON = re.compile(r"^\s*(?:[万亿]?元|[%个辆人批次台套件平])|^[^0-9]{0,8}[。；，]")
LONGEST_LABEL = 25
"""Characters of the words of a row, in a line, at most: sentences have more."""

TOUCH = 1.0
"""A word that reaches into a cell by less, in points, does not lie in it."""

BAND = 20.0
"""Cells are looked up in bands of the page of so many points."""
MOST_BANDS = 500
"""A page has no more bands: a page may say to be as high as it likes."""


_Boxed = tuple[Box, Placed]
"""A cell with its box."""


@dataclass(frozen=True)
class Balance:
    """The account of one page; ``left_over`` are figures in no cell, as printed."""

    page_number: int | None
    is_table_page: bool
    on_page: int
    in_cells: int
    elsewhere: int
    left_over: tuple[str, ...]


def with_settled(balance: Balance, texts: Sequence[str]) -> Balance:
    """The account of a page on which damaged figures were settled: these are in cells after all.

    ``texts`` are what is printed of them, without white space; one accounts for one left over.
    """
    left = list(balance.left_over)
    found = 0
    for text in texts:
        held = next((figure for figure in left if figure in text), None)
        if held is not None:
            left.remove(held)
            found += 1
    return replace(balance, in_cells=balance.in_cells + found, left_over=tuple(left))


def figures_of(text: str) -> list[str]:
    """The figures in a line of prose, dates, ordinals and page numbers taken out.

    >>> figures_of("2023年收入预算为10,216.72万元，共3项。")
    ['10,216.72', '3']
    """
    folded = fold(text)
    if not _DIGIT.search(folded):
        return []
    return _FIGURE.findall(_NOT_FIGURES.sub(" ", folded))


def on_paper(page: Page) -> bool:
    """True for a page of a PDF; text made from one has its own way to keep what it cannot read."""
    return page.route in ("lattice", "stream", "prose", "scan")


def stray_figures(text: str, below: str = "") -> list[str]:
    """The figures of a line that is a row of a table which no grid holds; none for prose.

    Such a line ends with a figure of money that stands by itself, behind few words and no mark of
    a sentence: the last row of a table alone on its page, or a row that its grid lost. The line
    ``below`` begins with a unit or ends its sentence where prose is wrapped.

    >>> stray_figures("收入总计 0.99 支出总计 0.43")
    ['0.99', '0.43']
    >>> stray_figures("本年收入合计 0.99", "万元，与上年持平。")
    []
    """
    if not _DIGIT.search(text) or _SENTENCE.search(text) or _GOES_ON.search(below):
        return []
    words = fold(text).split()
    if not _MONEY.fullmatch(words[-1]) or len("".join(filter(has_chinese, text))) > LONGEST_LABEL:
        return []
    return [word for word in words if _MONEY.fullmatch(word)]


def balance_page(page: Page, cells: Sequence[Placed]) -> Balance:
    """Account for the figures of a page; ``cells`` are the labelled cells of its tables.

    Words left of the page (of a text) are figures of rows that no cell holds: left over.
    """
    own = [placed for placed in cells if placed.page_number == page.number]
    held = Counter([_key(placed.cell.text) for placed in own if placed.role == "amount"])
    stray, elsewhere = list[str](), 0
    lines = list(page.lines())
    for line, below in zip_longest(lines, lines[1:]):
        found = stray_figures(line.text, below.text if below else "") if on_paper(page) else []
        stray += found
        elsewhere += 0 if found else len(figures_of(line.text))
    if not page.words:
        in_cells = sum(held.values())
        return Balance(
            page.number,
            bool(own),
            in_cells + elsewhere + len(stray),
            in_cells,
            elsewhere,
            tuple(sorted(stray)),
        )
    inside: Counter[str] = Counter()
    high = max(BAND, page.height / MOST_BANDS)
    bands = _bands(own, high)
    for word in page.words:
        x0, y0, x1, y1 = word.box
        near = bands.get(int((y0 + y1) / 2 // high), ())
        placed = _cell_at(near, (x0 + x1) / 2, (y0 + y1) / 2)
        if placed is None or _sticks_out(word.box, placed):
            along = _cells_along(near, word.box)
            if len(along) > 1 and _is_made_of(_key(word.text), along):
                inside.update(_key(one.cell.text) for one in along if one.role == "amount")
                continue
        if placed is None:
            if x1 <= 0:
                stray.append(_key(word.text))
            continue
        if placed.role == "amount" or (
            (placed.role == "header" or _should_hold(placed)) and is_amount(word.text)
        ):
            inside[_key(word.text)] += 1
        elif placed.role == "text":
            elsewhere += len(figures_of(word.text))
    left = tuple(sorted([*(inside - _joined(held, inside)).elements(), *stray]))
    in_cells = sum(held.values())
    return Balance(
        page.number, bool(own), in_cells + elsewhere + len(left), in_cells, elsewhere, left
    )


def _sticks_out(word: Box, placed: Placed) -> bool:
    box = placed.cell.box
    return box is None or word.x0 < box.x0 or word.x1 > box.x1


def _cells_along(cells: Sequence[_Boxed], word: Box) -> list[Placed]:
    """The cells that a word lies in, from left to right, without empty ones."""
    y = word.middle[1]
    along = [
        placed
        for (x0, y0, x1, y1), placed in cells
        if y0 <= y < y1
        and x0 + TOUCH < word.x1
        and word.x0 + TOUCH < x1
        and placed.cell.text.strip()
    ]
    return sorted(along, key=lambda placed: placed.cell.column)


def _is_made_of(word: str, along: Sequence[Placed]) -> bool:
    """True if a word is the texts of neighbouring cells that nothing but a ruling parts.

    Figures must stand in it whole; of words, what stands on its line.
    """
    for placed in along:
        text = _key(placed.cell.text)
        if placed.role == "amount":
            if not word.startswith(text):
                return False
            word = word[len(text) :]
            continue
        end = len(word)
        while end and word[:end] not in text:
            end -= 1
        if not end:
            return False
        word = word[end:]
    return not word


def _joined(held: Counter[str], inside: Counter[str]) -> Counter[str]:
    """The figures in cells; a figure that the page sets in two words is there by its words."""
    words = Counter(held)
    for figure in held - inside:
        pieces = [piece for piece in inside if piece and piece in figure and piece != figure]
        if "".join(sorted(pieces, key=figure.find)) == figure:
            words.update(pieces)
    return words


def _should_hold(placed: Placed) -> bool:
    """True for cells of amount columns: a figure in one that is not its whole text is left over."""
    role = placed.column.role if placed.column is not None else ""
    return role in ("amount", "sme_reserved", "micro_reserved") and placed.role in ("text", "blank")


@lru_cache(maxsize=REMEMBERED)
def _key(text: str) -> str:
    return squeeze(fold(text))


def _bands(cells: Sequence[Placed], high: float) -> Mapping[int, list[_Boxed]]:
    """The cells that reach into each band of the page, so ``high``, in their order."""
    bands: defaultdict[int, list[_Boxed]] = defaultdict(list)
    for placed in cells:
        box = placed.cell.box
        if box is not None:
            for band in range(int(box.y0 // high), int(box.y1 // high) + 1):
                bands[band].append((box, placed))
    return bands


def _cell_at(cells: Sequence[_Boxed], x: float, y: float) -> Placed | None:
    for (x0, y0, x1, y1), placed in cells:
        if x0 <= x <= x1 and y0 <= y <= y1:
            return placed
    return None

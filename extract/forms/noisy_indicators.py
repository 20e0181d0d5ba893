"""Rows of indicators in text made from pages, where one name lies over several cells.

The text cuts a cell at places that are no borders. A piece may repeat the end of the piece before
it; two printed lines of one cell stand in its first piece with a space between them. What does not
fit together again is no indicator: a name is never put together from doubtful pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.figures import is_blank
from extract.forms.columns import Spec, extent
from extract.forms.target import parse_target, says_quality
from extract.forms.words import find_head, indicator_level
from extract.page import GridCell
from extract.text import has_chinese, squeeze

_SIGN = re.compile("[≥≤＞＜<>=]")
_CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff、,，。:：;；()（）《》“”]*")

_YEARS = re.compile(r"(?:20[0-9]{2}年?)+", re.ASCII)
_OPEN = re.compile(r"\s[(（]")
_OVERLAP = 2
"""So many characters at the end of a piece and again at the head of the next are one print."""

Texts = dict[str, GridCell]
"""The cells of a row by field; targets by field and place."""


def read_noisy(
    specs: Sequence[Spec], cells: Sequence[GridCell], texts: Texts
) -> tuple[GridCell | None, Texts]:
    """Name and target of a row whose cells moved: the last text that is a target, and all before.

    With several target columns the places must hold; with one, the target is the last text. A row
    with a column of targets and none in it, or a name that does not fit together, gives nothing.
    """
    targets = [spec for spec in specs if spec.field == "target"]
    level_2 = next((s for s in specs if s.field == "level_2"), None)
    level_3 = next((s for s in specs if s.field == "level_3"), None)
    if level_2 is None and level_3 is None:
        return None, texts
    left = level_2.x1 if level_2 is not None else level_3.x0 if level_3 is not None else 0
    right = [
        cell for cell in cells if extent(cell)[0] >= left - 0.01 and not is_blank(cell.text)
    ]  # fmt: skip
    while len(right) > 2 and indicator_level(right[0].text) is not None:
        del right[0]
    if not right:
        return None, {}
    behind = [spec for spec in specs if spec.x0 >= left - 0.01]
    if len(targets) > 1 or any(spec.field == "rest" for spec in behind):
        return _in_order(behind, right)
    return _with_one_target(targets[0] if targets else None, right, texts)


def _with_one_target(
    spec: Spec | None, right: Sequence[GridCell], texts: Texts
) -> tuple[GridCell | None, Texts]:
    last = right[-1]
    parsed = parse_target(last.text)
    in_place = spec is not None and extent(last)[1] > spec.x0
    is_target = (
        parsed.value is not None
        or parsed.operator not in (None, "qualitative")
        or says_quality(last.text)
    )
    if len(right) < 2 or not (is_target or in_place):
        return None, {}
    pieces = _without_repeats(right)[:-1]
    if not pieces or not has_chinese(pieces[0].text) or any(_is_value(one) for one in pieces):
        return None, {}
    name = join_pieces(pieces)
    if name is None or find_head(name.text) is not None or _YEARS.fullmatch(squeeze(name.text)):
        return None, {}
    others = {key: cell for key, cell in texts.items() if not key.startswith("target")}
    place = f"target:{spec.x0}" if spec is not None else "target:"
    return name, {**others, place: last}


def _in_order(specs: Sequence[Spec], cells: Sequence[GridCell]) -> tuple[GridCell | None, Texts]:
    """Cells under several columns, one for each from left to right; nothing where they are not."""
    if len(specs) != len(cells) or has_figure(cells[0].text) or specs[0].field != "level_3":
        return None, {}
    texts = {
        f"target:{spec.x0}" if spec.field == "target" else spec.field: cell
        for spec, cell in zip(specs, cells, strict=True)
    }
    return cells[0], texts


def _without_repeats(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row without what the next one prints again at its head (`≤36 | ≤36万元`)."""
    kept = list(cells)
    for at, (cell, following) in enumerate(pairwise(cells)):
        text, behind = squeeze(cell.text), squeeze(following.text)
        longest = next(
            (size for size in range(min(len(text), len(behind)), _OVERLAP - 1, -1)
             if text.endswith(behind[:size])), 0,
        )  # fmt: skip
        if longest and has_chinese(text):
            kept[at] = replace(cell, lines=(_without_end(cell.text, longest),))
    return [cell for cell in kept if cell.text]


def _without_end(text: str, size: int) -> str:
    """A text without its last characters that are no spaces."""
    for _ in range(size):
        text = text.rstrip()[:-1]
    return text.rstrip()


def join_pieces(cells: Sequence[GridCell]) -> GridCell | None:
    """The pieces of a name as one cell at the first one's place; None where they do not fit.

    A second printed line begins at the left, so it stands in the first piece behind a space, and
    all of it has to be there. Without one, each piece stays a line of the cell.
    """
    first, *others = [_lines_of(cell) for cell in cells]
    if others and (len(first) > 2 or any(len(lines) > 1 for lines in others)):
        return None
    if any(_OPEN.search(cell.text) for cell in cells[:-1]):
        return None  # of the same line, or of the next
    rest = [line for lines in others for line in lines]
    text = "".join([first[0], *rest, *first[1:]])
    if not are_brackets_whole(text):
        return None
    if not others:
        return cells[0]
    return replace(
        cells[0],
        column_span=cells[-1].column + cells[-1].column_span - cells[0].column,
        lines=(text,) if len(first) > 1 else (first[0], *rest),
    )


def _lines_of(cell: GridCell) -> list[str]:
    """The printed lines in a piece: a space stands between two of them, if both are Chinese."""
    lines: list[str] = []
    for word in cell.text.split():
        if lines and not (_CHINESE.fullmatch(word) and has_chinese(lines[-1])):
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def are_brackets_whole(text: str) -> bool:
    """True for a text whose brackets are in order: each opened, closed, and around something.

    >>> are_brackets_whole("时长(天)"), are_brackets_whole("促进度()优、")
    (True, False)
    """
    signs = re.sub(r"[^()]", "", squeeze(text))
    return signs == "()" * (len(signs) // 2) and "()" not in squeeze(text)


def _is_value(cell: GridCell) -> bool:
    """True for a cell that is a target of its own, not a part of a name."""
    flat = squeeze(cell.text)
    figure = re.match(r"[0-9]", flat) is not None and parse_target(flat).value is not None
    return _SIGN.search(flat) is not None or flat == "无" or (figure and len(flat) <= 8)


def has_figure(text: str) -> bool:
    """True for a text that begins or ends as a target does.

    >>> has_figure("≥240 次"), has_figure("5G 网络"), has_figure("100%")
    (True, False, True)
    """
    flat = squeeze(text)
    return _SIGN.search(flat) is not None or re.search(r"[0-9]%$", flat) is not None

"""Heads of forms in text made from pages: labels and figures that lie over several cells.

Only what is read here as one piece is printed clearly; all else keeps its pieces, and
``forms.confirm`` decides by other tables of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.figures import is_amount, is_blank
from extract.forms.words import Label, find_inner_money, find_label
from extract.page import GridCell
from extract.text import squeeze

_PIECE = re.compile(r"[0-9.,()]*[0-9][0-9.,()]*|[.,][0-9]+", re.ASCII)
_NAME = re.compile(r"(?:一级|二级|预算)?项目名称:?")


def is_pairs(cells: Sequence[GridCell]) -> bool:
    """True for a row of clean pairs: each figure stands beside a label of money of its own."""
    figures = [at for at, cell in enumerate(cells) if is_piece(cell)]
    return bool(figures) and all(
        at
        and is_amount(cells[at].text)
        and (label := find_label(cells[at - 1].text)) is not None
        and label.field in ("money", "money_head")
        for at in figures
    )


def is_piece(cell: GridCell) -> bool:
    """True for a cell of figures alone, or of a part of one."""
    return _PIECE.fullmatch(squeeze(cell.text)) is not None


def find_money(cells: Sequence[GridCell]) -> tuple[Label, list[GridCell]] | None:
    """The label of money of a row that was torn, and the pieces of its figure."""
    pieces: list[GridCell] = []
    rest = [cell for cell in cells if not is_blank(cell.text)]
    while rest and is_piece(rest[-1]):
        pieces.insert(0, rest.pop())
    if not pieces or not rest:
        return None
    text = "".join(squeeze(cell.text) for cell in rest)
    label = find_inner_money(text)
    return (label, pieces) if label is not None else None


def find_name(cells: Sequence[GridCell]) -> tuple[str, list[GridCell]] | None:
    """What a row says beside 项目名称 inside of the same cell, and the cells that follow it."""
    for at, cell in enumerate(cells):
        flat = squeeze(cell.text)
        match = _NAME.match(flat)
        if match is None:
            continue
        said = flat[match.end() :]
        following = [c for c in cells[at + 1 :] if not is_blank(c.text)]
        return said, following
    return None

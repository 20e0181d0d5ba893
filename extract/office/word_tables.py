"""The cells of a Word table: which are merged, which are deleted, and which go over others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.office.word_package import W
from extract.office.word_styles import is_on, value_of

THROUGH = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
"""Elements that only stand around others: content controls, and what a tracked change inserted."""


@dataclass(frozen=True)
class WordCell:
    """A cell that is printed; None as its element for room that a row leaves free."""

    element: Any | None
    row_span: int
    column_span: int


@dataclass
class _Placed:
    element: Any | None
    column: int
    span: int
    goes_on: bool


def children_through(parent: Any, name: str) -> Iterator[Any]:
    """The children of a name, those in content controls and insertions too."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in THROUGH:
            yield from children_through(child, name)


def word_rows(table: Any) -> list[list[WordCell]]:
    """The rows of a table with their cells; rows that were deleted or are hidden are none."""
    rows = [_row(row) for row in children_through(table, "tr") if not _is_gone(row)]
    return [
        [
            WordCell(cell.element, _height(rows, at, cell), cell.span)
            for cell in row
            if not (cell.goes_on and _is_held(rows, at, cell))
        ]
        for at, row in enumerate(rows)
    ]


def _is_gone(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    return properties.find(f"{W}del") is not None or bool(is_on(properties, "hidden"))


def _row(row: Any) -> list[_Placed]:
    placed: list[_Placed] = []
    properties = row.find(f"{W}trPr")
    column = _count(value_of(properties, "gridBefore"), 0)
    if column:
        placed.append(_Placed(None, 0, column, False))
    for cell in children_through(row, "tc"):
        own = cell.find(f"{W}tcPr")
        span = _count(value_of(own, "gridSpan"), 1)
        beside = None if own is None else own.find(f"{W}hMerge")
        if beside is not None and beside.get(f"{W}val") != "restart" and placed:
            placed[-1].span += span
            column += span
            continue
        merge = None if own is None else own.find(f"{W}vMerge")
        goes_on = merge is not None and merge.get(f"{W}val") != "restart"
        placed.append(_Placed(cell, column, span, goes_on))
        column += span
    return placed


def _height(rows: list[list[_Placed]], at: int, cell: _Placed) -> int:
    end = at + 1
    if cell.element is not None and _may_grow(cell):
        while end < len(rows) and _below(rows[end], cell) is not None:
            end += 1
    return end - at


def _may_grow(cell: _Placed) -> bool:
    """True for a cell that begins a merged one (a stray rest of one begins it, too)."""
    own = cell.element.find(f"{W}tcPr")  # type: ignore[union-attr]
    return own is not None and own.find(f"{W}vMerge") is not None


def _is_held(rows: list[list[_Placed]], at: int, cell: _Placed) -> bool:
    """True for a cell that goes on with one above it."""
    if not at:
        return False
    above = next((c for c in rows[at - 1] if c.column == cell.column and c.span == cell.span), None)
    return above is not None and above.element is not None and _may_grow(above)


def _below(row: list[_Placed], cell: _Placed) -> _Placed | None:
    return next(
        (c for c in row if c.goes_on and c.column == cell.column and c.span == cell.span), None
    )


def _count(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else default

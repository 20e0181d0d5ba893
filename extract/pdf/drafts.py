"""A cell of a grid in the making: cut, joined and doubted before it is final."""

from __future__ import annotations

from dataclasses import dataclass

from extract.page import Box, GridCell
from extract.pdf.writing import Row


@dataclass(frozen=True, init=False)
class Draft:
    """A cell before it is final: its places, its box, its lines with their characters."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Row, ...]
    doubt: str = ""
    wrapped: bool = False

    def __init__(
        self,
        row: int,
        column: int,
        row_span: int,
        column_span: int,
        box: Box,
        lines: tuple[Row, ...],
        doubt: str = "",
        wrapped: bool = False,
    ) -> None:
        """Set all fields at once, as cells do: each of them is a draft first."""
        fields = self.__dict__
        fields["row"], fields["column"] = row, column
        fields["row_span"], fields["column_span"] = row_span, column_span
        fields["box"], fields["lines"] = box, lines
        fields["doubt"], fields["wrapped"] = doubt, wrapped

    @property
    def texts(self) -> list[str]:
        """The lines as text."""
        return [line.text for line in self.lines]


def finish_cell(draft: Draft) -> GridCell:
    """The cell as the rest of the reader sees it; a wrapped figure is one line."""
    lines = tuple([line.text for line in draft.lines])
    tops = tuple([line.box.y0 for line in draft.lines])
    if draft.wrapped:
        lines, tops = ("".join(lines),), tops[:1]
    return GridCell(
        row=draft.row,
        column=draft.column,
        row_span=draft.row_span,
        column_span=draft.column_span,
        lines=lines,
        box=draft.box,
        line_tops=tops,
        doubt=draft.doubt,
    )

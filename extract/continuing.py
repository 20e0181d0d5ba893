"""Columns of a table on a page that goes on without a header of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.codes import leading_code
from extract.columns import AMOUNT_ROLES, CODE_ROLES, Column
from extract.figures import is_amount
from extract.sheet import Part
from extract.vocabulary import Meaning

Edges = list[tuple[float, float]]


def fit_columns(columns: Sequence[Column], headed: Part, part: Part) -> tuple[list[Column], bool]:
    """The columns of the header of ``headed`` for ``part``: by number, else by place.

    The second value is False where more than one of them may stand over a column of the part: an
    upright ruling is missing on one of the two pages.
    """
    if headed.columns == part.columns:
        return list(columns), _are_alike(headed, part)
    edges = _edges(headed)
    fitted: list[Column] = []
    certain = True
    for number, (left, right) in enumerate(_edges(part)):
        held = [
            cell.text for row in part.rows for cell in row if cell.column == number and cell.lines
        ]
        wants_amounts = bool(held) and all(is_amount(text) for text in held)
        under = [
            columns[at]
            for at, (x0, x1) in enumerate(edges)
            if at < len(columns) and left - 1 <= (x0 + x1) / 2 <= right + 1
        ]
        fitting = [c for c in under if (c.role in AMOUNT_ROLES) is wants_amounts] or under
        if fitting:
            certain = certain and _is_one(fitting, held)
            fitted.append(replace(fitting[-1], number=number))
        else:
            fitted.append(Column(number, (), "text", Meaning(), known=False))
    return fitted, certain


def _is_one(fitting: Sequence[Column], held: Sequence[str]) -> bool:
    """True if the texts of a column go with one of those that fit, whichever it is.

    A code may stand in one column instead of three, and a total over code and name.
    """
    roles = {column.role for column in fitting}
    figures = [text for text in held if is_amount(text)]
    if any(not (roles & CODE_ROLES and text.isdigit()) for text in figures):
        return len({(column.role, column.path) for column in fitting}) == 1
    if len(held) > 1 and "name" in roles and roles & CODE_ROLES:
        return all(leading_code(text) for text in held)
    return True


def _are_alike(headed: Part, part: Part) -> bool:
    """True if columns of the same number lie over one another, or no ruling says where they lie."""
    first, second = headed.grid.box, part.grid.box
    ruled = headed.grid.origin == part.grid.origin == "lattice"
    if not ruled or first is None or second is None or first.x1 <= first.x0:
        return True
    scale = (second.x1 - second.x0) / (first.x1 - first.x0)
    return all(
        c < 0 or a < 0 or c - 1 <= second.x0 + ((a + b) / 2 - first.x0) * scale <= d + 1
        for (a, b), (c, d) in zip(_edges(headed), _edges(part), strict=True)
    )


def _edges(part: Part) -> Edges:
    """Left and right border of each column, from all cells that begin or end at it."""
    lefts, rights = [-1.0] * part.columns, [-1.0] * part.columns
    for cell in part.grid.cells:
        end = cell.column + cell.column_span - 1
        if cell.box is not None and end < part.columns:
            lefts[cell.column], rights[end] = cell.box.x0, cell.box.x1
    return list(zip(lefts, rights, strict=True))

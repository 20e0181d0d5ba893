"""The head of a form in text with spaces between cells: labels, and the values behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.figures import is_amount, parse_amount
from extract.forms.words import Label, find_label
from extract.plain.form_cells import Cell, join_soft
from extract.text import squeeze

_NAMES = frozenset({"project_name", "project_code"})
_MONEY = frozenset({"money", "money_head"})
_MONTH = re.compile(r"(?:1[0-2]|[1-9])月[底末份]?", re.ASCII)
_PLAN = re.compile(r"(?:资金|预算|经费|项目)*(?:支出|用款|使用|执行)(?:进度)?计划(?:\(.*\))?")

Pair = tuple[Cell, Cell | None]
"""A label with its value, None for a blank one; a text without a label has no value."""


def read_head(cells: Sequence[Cell], title: str = "") -> list[list[Pair]] | None:
    """Rows of labels with their values; None where one is not certain.

    The project must be named, in one piece, on the line of its label or, where it begins on the
    next one, with words of the ``title`` above the form. A figure must stand right behind a label
    of money, or below the months of a plan of expenditure (资金支出计划), which is cumulative and
    no amount of its own.
    """
    cells = _whole_labels(cells)
    rows: list[list[Pair]] = []
    total: Decimal | None = None
    at = 0
    while at < len(cells):
        cell = cells[at]
        at += 1
        label = find_label(cell.text)
        if _PLAN.fullmatch(squeeze(cell.text)):
            rows.append([(cell, None)])
            plan = _read_plan(cells, at, total)
            if plan is None:
                return None
            pairs, at = plan
            rows += [[pair] for pair in pairs]
            continue
        end = at
        while end < len(cells) and not _begins(cells[end], label):
            end += 1
        values = list(cells[at:end])
        if label is not None and label.field in _MONEY:
            figures = [value for value in values if is_amount(value.text)]
            if len(figures) > 1 or (figures and values[0] is not figures[0]):
                return None
            pair = (cell, figures[0] if figures else None)
            if figures and label.fund == "all":
                total = parse_amount(figures[0].text)
            if rows and rows[-1][0][1] is not None and _is_money(rows[-1][0][0]):
                rows[-1].append(pair)
            else:
                rows.append([pair])
            at += len(figures)
            continue
        if label is not None and label.field in _NAMES:
            values = _on_line(values)
            joined = join_soft([replace(values[0], is_soft=False), *values[1:]]) if values else []
            beside = bool(joined) and joined[0].line == cell.last
            if len(joined) != 1 or not (beside or squeeze(joined[0].text) in squeeze(title)):
                return None
            rows.append([(cell, joined[0])])
            at += len(values)
            continue
        if is_amount(cell.text):
            return None
        if label is not None and not label.said and values and not is_amount(values[0].text):
            rows.append([(cell, values[0])])
            at += 1
        else:
            rows.append([(cell, None)])
    named = any(_field(label) == "project_name" for row in rows for label, value in row if value)
    return rows if named else None


def _begins(cell: Cell, before: Label | None) -> bool:
    """True where a cell is a label, or the heading of a plan, and so no value."""
    if before is not None and before.field == "project_name" and not cell.is_indented:
        found = find_label(cell.text)
        return found is not None and found.field != "money_head"
    return find_label(cell.text) is not None or bool(_PLAN.fullmatch(squeeze(cell.text)))


def _on_line(cells: Sequence[Cell]) -> list[Cell]:
    """The first cells, as far as each begins on the line on which the one before it ends."""
    size = next(
        (at for at in range(1, len(cells)) if cells[at].line > cells[at - 1].last), len(cells)
    )
    return list(cells[:size])


def _field(cell: Cell) -> str:
    label = find_label(cell.text)
    return label.field if label is not None else ""


def _is_money(cell: Cell) -> bool:
    return _field(cell) in _MONEY


def _whole_labels(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, with two joined that are a label of money together.

    The first one is none alone, and the second one no more than its last word (`资金`).
    """
    joined: list[Cell] = []
    for cell in cells:
        if joined and find_label(joined[-1].text) is None and _field(cell) in ("", "money_head"):
            text = joined[-1].text + cell.text
            found = find_label(text)
            if found is not None and found.field == "money" and not found.said:
                joined[-1] = replace(joined[-1], text=text, last=cell.last)
                continue
        joined.append(cell)
    return joined


def _read_plan(
    cells: Sequence[Cell], at: int, total: Decimal | None
) -> tuple[list[Pair], int] | None:
    """The months of a plan with their figures; None where a figure's month is not certain.

    Blank months left no trace but a space. Figures fewer than months belong to the last ones if
    the first one's line begins with a space and the last one is the whole amount: what is spent
    is counted from the beginning of the year.
    """
    months: list[Cell] = []
    while at < len(cells) and _MONTH.fullmatch(squeeze(cells[at].text)):
        months.append(cells[at])
        at += 1
    figures: list[Cell] = []
    while at < len(cells) and is_amount(cells[at].text):
        figures.append(cells[at])
        at += 1
    missing = len(months) - len(figures)
    if not months or missing < 0:
        return None
    if missing and figures:
        values = [parse_amount(figure.text) or Decimal(0) for figure in figures]
        whole = figures[0].is_indented and values == sorted(values) and values[-1] == total
        if not whole:
            return None
    blanks: list[Cell | None] = [None] * missing
    return list(zip(months, [*blanks, *figures], strict=True)), at

"""Sheets of forms, named: which sheets are forms, and what each of their cells is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.figures import is_amount, is_blank
from extract.forms.columns import INDICATOR_FIELDS
from extract.forms.model import Form
from extract.forms.reader import read_forms
from extract.forms.words import find_head, find_label
from extract.rows import Labelled, Placed
from extract.sheet import Sheet
from extract.text import squeeze
from extract.vocabulary import Vocabulary

FAMILY = "form"
"""The family of the kinds of table that are forms."""

_LOOK_AHEAD = 30
"""Rows in which a sheet without a title must show that it is a form."""


@dataclass
class LabelledForms(Labelled):
    """A sheet of forms: its cells with their roles, and what the forms say."""

    forms: list[Form] = field(default_factory=list)


def is_form(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """True for a sheet whose kind is one of forms."""
    return vocabulary.kinds[sheet.kind].family == FAMILY


def find_form_kinds(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> None:
    """Give sheets without a title the kind of form that their own words show.

    A form prints 项目名称 and the classes of indicators; one with what was achieved is an
    evaluation. A sheet of indicators alone goes on with the form before it.
    """
    before = ""
    for sheet in sheets:
        if sheet.kind == "unknown" and not sheet.heading.title:
            sheet.kind = _kind_shown(sheet, before)
        before = sheet.kind if is_form(sheet, vocabulary) else ""


def _kind_shown(sheet: Sheet, before: str) -> str:
    fields: set[str] = set()
    labels: set[str] = set()
    rows = [row for part in sheet.parts for row in part.rows][:_LOOK_AHEAD]
    for cell in (cell for row in rows for cell in row if cell.text.strip()):
        head, label = find_head(cell.text), find_label(cell.text)
        fields |= {head.field} if head is not None else set()
        labels |= {label.field} if label is not None else set()
    classes = len(fields & INDICATOR_FIELDS)
    if classes < 2:
        return sheet.kind
    if "project_name" in labels and labels & {"money", "money_head"}:
        done = {"actual", "money_executed"} & fields
        return "self_evaluation" if done else "performance_target"
    return before or sheet.kind


def name_forms(sheet: Sheet) -> LabelledForms:
    """Read a sheet of forms; only money is an amount, all other figures are text."""
    forms = read_forms(sheet)
    money = {
        id(money.cell) for form in forms for money in form.money if money.pieces or not money.doubt
    }
    cells: list[Placed] = []
    row_no = 0
    for part in sheet.parts:
        for row in part.rows:
            row_no += 1
            for cell in row:
                if is_blank(cell.text):
                    role = "blank"
                elif id(cell) in money:
                    role = "amount"
                elif is_amount(cell.text):
                    role = "text"
                else:
                    known = find_label(cell.text) or find_head(cell.text)
                    role = "header" if known is not None and _is_whole(cell.text) else "text"
                cells.append(Placed(part.page_number, row_no, cell, role, None))
    return LabelledForms(sheet, [], cells, forms)


def _is_whole(text: str) -> bool:
    label = find_label(text)
    return (label is None or not label.said) and not any(c.isdigit() for c in squeeze(text))

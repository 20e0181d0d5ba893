"""Rows of the Parquet set for forms: their cells, the forms themselves, their indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.amounts import NO_WORDS, Words
from extract.cells import MONEY_LIMIT, NO_FIGURE, CellRow, Figure, Values, cell_places
from extract.figures import decimals, is_amount, parse_amount
from extract.forms.model import Form, Indicator, Money
from extract.forms.naming import LabelledForms
from extract.forms.target import Target, parse_target
from extract.page import FORM_ORIGIN, UNCERTAIN, GridCell
from extract.schema import Record
from extract.tables import Table
from extract.text import squeeze, trim
from extract.units import printed_unit
from extract.vocabulary import Vocabulary

_FIGURE = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)


def form_cell_rows(
    document_id: str, number: int, table: Table, labelled: LabelledForms, vocabulary: Vocabulary
) -> Iterator[CellRow]:
    """One row per printed cell of a sheet of forms; money carries its project and its words."""
    held: dict[int, tuple[str, Form, Money]] = {}
    for at, form in enumerate(labelled.forms, start=1):
        for money in form.money:
            held[id(money.cell)] = (_form_id(document_id, number, at), form, money)
    doubtful = {
        id(cell)
        for part in labelled.sheet.parts
        for cell in part.grid.cells
        if cell.doubt and (part.grid.origin == FORM_ORIGIN or cell.doubt == UNCERTAIN)
    }
    places = cell_places(document_id, number, table)
    for placed, place in zip(labelled.cells, places, strict=True):
        cell = placed.cell
        if id(cell) in held:
            yield place, _money(*held[id(cell)], table, vocabulary)
        elif id(cell) in doubtful:
            yield place, (*NO_FIGURE, *NO_WORDS, cell.doubt)
        else:
            yield place, None


def _money(form_id: str, form: Form, money: Money, table: Table, vocabulary: Vocabulary) -> Values:
    """Figure, words and doubt of an amount of a form."""
    unit = printed_unit(money.unit_text, vocabulary) if money.unit_text else ""
    unit = unit or table.unit
    doubt = _doubt(form, money, unit)
    figure = Figure(unit=unit or None, reading=money.reading)
    text = money.printed or money.cell.text
    found = _FIGURE.match(squeeze(text)) if not is_amount(text) else None
    bare = found[0] if found is not None else text
    if is_amount(bare) and not money.doubt:
        value = parse_amount(bare)
        if value is None or abs(value) >= MONEY_LIMIT or decimals(bare) > 6:
            value = None
            doubt = doubt or "unreadable_figure"
        figure = figure._replace(printed=trim(text), value=value, decimals=decimals(bare))
    words = Words(
        row_label=trim(money.row_label) or None,
        column_label=money.column_label or None,
        block_no=1,
        row_kind=money.row_kind,
        column_fund=money.fund,
        column_measure=money.measure,
        form_id=form_id,
        **(_project(form) if money.row_kind == "line" else {}),
    )
    return (*figure, *words, doubt)


def _doubt(form: Form, money: Money, unit: str) -> str | None:
    """Why an amount is not published, None if it is."""
    if money.doubt or (money.cell.doubt and not money.is_confirmed):
        return money.cell.doubt or money.doubt
    if not unit:
        return "unit_unknown"
    return "row_unknown" if money.row_kind == "line" and not form.project_name else None


def _project(form: Form) -> dict[str, str | None]:
    return {
        "project_code": form.said("project_code") or None,
        "project_name": form.project_name or None,
        "project_type": form.said("project_type") or form.said("project_nature") or None,
        "implementing_unit": form.said("implementing_unit") or None,
    }


def _form_id(document_id: str, number: int, at: int) -> str:
    return f"{document_id}:t{number}:f{at}"


def form_records(
    document_id: str, number: int, table: Table, labelled: LabelledForms
) -> Iterator[Record]:
    """One row per form."""
    ids = _cell_ids(document_id, number, labelled)
    for at, form in enumerate(labelled.forms, start=1):
        cells = [money.cell for money in form.money] + [i.cell for i in form.indicators]
        cell = form.cell or (cells[0] if cells else None)
        pages = [i.page_number for i in form.indicators]
        page = form.page_number if form.page_number is not None else next(iter(pages), None)
        yield {
            "form_id": _form_id(document_id, number, at),
            "document_id": document_id,
            "table_id": f"{document_id}:t{number}",
            "table_kind": table.kind,
            "page_number": page if page is not None else labelled.sheet.first_page,
            "cell_id": _id_of(cell, ids) if cell is not None else None,
            **_project(form),
            "goal_text": form.goal or None,
            "score": _small(form.score),
            "grade": form.said("grade") or None,
        }


def indicator_records(
    document_id: str, number: int, table: Table, labelled: LabelledForms
) -> Iterator[Record]:
    """One row per indicator and horizon."""
    ids = _cell_ids(document_id, number, labelled)
    for at, form in enumerate(labelled.forms, start=1):
        form_id = _form_id(document_id, number, at)
        for place, indicator in enumerate(form.indicators, start=1):
            target = Target() if indicator.torn else parse_target(indicator.target)
            yield {
                "indicator_id": f"{form_id}:i{place}",
                "form_id": form_id,
                "document_id": document_id,
                "table_id": f"{document_id}:t{number}",
                "table_kind": table.kind,
                "page_number": indicator.page_number,
                "cell_id": _id_of(indicator.cell, ids),
                "horizon": indicator.horizon,
                **_texts(indicator),
                "target_operator": target.operator,
                "target_value": target.value,
                "target_unit": target.unit,
                "weight": _small(indicator.weight),
                "score": _small(indicator.score),
            }


def _texts(indicator: Indicator) -> Record:
    return {
        "level_1": indicator.level_1 or None,
        "level_2": indicator.level_2 or None,
        "level_3": indicator.level_3 or None,
        "target_text": indicator.target or None,
        "actual_text": indicator.actual or None,
        "reason_text": indicator.reason or None,
    }


def _small(value: Decimal | None) -> Decimal | None:
    """A weight or score that is one: not longer than six decimals, not larger than a million."""
    if value is None or abs(value) > 10**6:
        return None
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= -6 else None


def _cell_ids(document_id: str, number: int, labelled: LabelledForms) -> dict[object, str]:
    ids: dict[object, str] = {}
    for placed in labelled.cells:
        cell = placed.cell
        cell_id = f"{document_id}:t{number}:r{placed.row_no}:c{cell.column + 1}"
        ids[id(cell)] = cell_id
        ids.setdefault((cell.row, cell.column, cell.lines[:1]), cell_id)
    return ids


def cell_id_of(
    document_id: str, number: int, labelled: LabelledForms, cell: GridCell
) -> str | None:
    """The id of a cell of a table of forms, by the number of the table in its document."""
    return _id_of(cell, _cell_ids(document_id, number, labelled))


def _id_of(cell: GridCell, ids: dict[object, str]) -> str | None:
    return ids.get(id(cell)) or ids.get((cell.row, cell.column, cell.lines[:1]))

"""Rows of the Parquet set: what was read, flat, with the words of the contract."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from extract.codes import NO_CODES, bracketed
from extract.columns import AMOUNT_ROLES, Column, conflicting_columns
from extract.figures import decimals, is_amount, money_among_words, parse_amount
from extract.identity import Identity
from extract.page import GridCell, Page
from extract.reading import Reading, Table
from extract.rows import Placed, Row
from extract.text import REMEMBERED, squeeze, trim
from extract.units import printed_unit
from extract.vocabulary import Meaning, Vocabulary

Record = dict[str, object]

MONEY_LIMIT = Decimal(10) ** 15
"""No printed amount is this large; with more than six decimals it is no amount either."""

_NO_BOX = (None, None, None, None)


def page_records(document_id: str, reading: Reading) -> Iterator[Record]:
    """One row per page, with its account of figures."""
    for page, balance in zip(reading.pages, reading.balances, strict=True):
        yield {
            "document_id": document_id,
            "page_number": page.number,
            "route": page.route,
            "width": page.width,
            "height": page.height,
            "is_table_page": balance.is_table_page,
            "figures_on_page": balance.on_page,
            "figures_in_cells": balance.in_cells,
            "figures_elsewhere": balance.elsewhere,
            "left_over": " ".join(balance.left_over),
            "second_reader": page.second_reader,
        }


def line_records(document_id: str, pages: tuple[Page, ...]) -> Iterator[Record]:
    """One row per line of text outside of tables."""
    number = 0
    for page in pages:
        for line in page.lines():
            number += 1
            x0, y0, x1, y1 = line.box or _NO_BOX
            yield {
                "line_id": f"{document_id}:l{number}",
                "document_id": document_id,
                "page_number": page.number,
                "line_no": number,
                "text": line.text,
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
            }


def document_record(document_id: str, sha256: str, size: int, reading: Reading | None) -> Record:
    """The row of the document itself; identity fields are NULL where not certain."""
    identity = reading.identity if reading else Identity()
    return {
        "document_id": document_id,
        "sha256": sha256,
        "media_type": reading.media_type if reading else None,
        "byte_size": size,
        "page_count": len(reading.pages) if reading else 0,
        "status": "quarantined" if reading is None or identity.missing() else "read",
        "document_kind": identity.document_kind,
        "fiscal_year": identity.fiscal_year,
        "scope": identity.scope,
        "region_code": identity.region_code,
        "agency_name": identity.agency_name,
        "identity_evidence": json.dumps(identity.evidence, ensure_ascii=False, sort_keys=True),
    }


def table_record(document_id: str, number: int, table: Table, vocabulary: Vocabulary) -> Record:
    """The row of a table."""
    sheet = table.labelled.sheet
    return {
        "table_id": f"{document_id}:t{number}",
        "document_id": document_id,
        "table_no": number,
        "table_kind": sheet.kind,
        "title": sheet.title or None,
        "unit": table.unit or None,
        "unit_text": table.unit_text or None,
        "fund": _table_fund(table, vocabulary),
        "first_page": sheet.first_page,
        "last_page": sheet.last_page,
        "note": " ".join(sheet.notes) or None,
    }


def _table_fund(table: Table, vocabulary: Vocabulary) -> str:
    title = squeeze(table.labelled.sheet.title)
    return vocabulary.table_fund(title) or vocabulary.kinds[table.kind].default_fund


_DIGIT = re.compile(r"[0-9]")


def cell_records(
    document_id: str, number: int, table: Table, identity: Identity, vocabulary: Vocabulary
) -> Iterator[Record]:
    """One row per printed cell of a table; amounts carry all that names them."""
    rows = {id(cell): (row, column) for row in table.labelled.rows for column, cell in row.amounts}
    conflicts = conflicting_columns(
        [
            [(column, squeeze(cell.text)) for column, cell in row.amounts if is_amount(cell.text)]
            for row in table.labelled.rows
        ]
    )
    for placed in table.labelled.cells:
        record = plain_cell(document_id, number, table, placed)
        found = rows.get(id(placed.cell))
        if placed.role == "amount":
            own = printed_unit(placed.column.unit, vocabulary) if placed.column else ""
            record |= _figure(placed.cell, own or table.unit)
        if found is not None:
            row, column = found
            if placed.role == "amount":
                record |= _amount(row, column, placed.cell, table, identity, vocabulary)
                if (column.block, column.number) in conflicts:
                    record["quarantine_reason"] = "column_unknown"
            elif column.role in AMOUNT_ROLES and _DIGIT.search(placed.cell.text):
                # with its words, for the person who may decide what figure it is
                record |= _amount(row, column, placed.cell, table, identity, vocabulary)
                record["unit"] = printed_unit(column.unit, vocabulary) or table.unit or None
                record["quarantine_reason"] = _why_unread(placed.cell)
        if placed.role in ("name", "text", "code") and money_among_words(placed.cell.text):
            record["quarantine_reason"] = placed.cell.doubt or "ambiguous_column"
        yield record


def plain_cell(document_id: str, number: int, table: Table, placed: Placed) -> Record:
    """What is true of any printed cell: its place, its text, its role."""
    page_number, row_no, cell, role, _ = placed
    table_id = f"{document_id}:t{number}"
    x0, y0, x1, y1 = cell.box or _NO_BOX
    column_no = cell.column + 1
    return {
        "cell_id": f"{table_id}:r{row_no}:c{column_no}",
        "document_id": document_id,
        "table_id": table_id,
        "table_no": number,
        "table_kind": table.labelled.sheet.kind,
        "page_number": page_number,
        "row_no": row_no,
        "column_no": column_no,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "text": trim(cell.text),
        "role": role,
    }


def _figure(cell: GridCell, unit: str) -> Record:
    """The figure itself, in the unit of its own column where that prints one, else of its table."""
    value = parse_amount(cell.text)
    if value is not None and (abs(value) >= MONEY_LIMIT or decimals(cell.text) > 6):
        value = None
    return {
        "printed": trim(cell.text),
        "value": value,
        "unit": unit or None,
        "decimals": decimals(cell.text),
        "reading": cell.reading,
        "quarantine_reason": _doubt(cell, value, unit),
    }


def _amount(
    row: Row,
    column: Column,
    cell: GridCell,
    table: Table,
    identity: Identity,
    vocabulary: Vocabulary,
) -> Record:
    """The words of an amount: its row, its column, its codes."""
    words = _words(row, column, table, identity, vocabulary)
    family = vocabulary.kinds[table.kind].family
    unknown = _is_unknown(row, column, family) or (
        family == "three_public" and _is_other_year(column, words["column_basis"], identity)
    )
    unknown = unknown or (
        not column.known
        and any(vocabulary.is_half_known(family, squeeze(text)) for text in column.path[-1:])
        and len([c for c in row.columns if c.role in AMOUNT_ROLES]) > 1
    )
    unknown = unknown or any(_SWALLOWED.search(text) for c in row.columns for text in c.path)
    doubt = "column_unknown" if unknown else None
    if row.row_kind == "count":
        doubt = "not_money"
    if _is_nameless(row, table, family, vocabulary):
        doubt = "row_unknown"
    if _spans_columns(row, cell) or any(money_among_words(text) for text in row.path):
        doubt = "ambiguous_column"
    return {
        **({"quarantine_reason": doubt} if doubt else {}),
        "row_label": row.label or None,
        "column_label": column.label or None,
        "block_no": column.block + 1,
        "row_kind": row.row_kind,
        "function_code": row.codes.function_code or None,
        "department_economic_code": row.codes.department_economic_code or None,
        "government_economic_code": row.codes.government_economic_code or None,
        "unit_code": row.codes.unit_code or None,
        **{name: word or None for name, word in words.items()},
        **_texts(row, vocabulary),
    }


def _doubt(cell: GridCell, value: Decimal | None, unit: str) -> str | None:
    if cell.doubt:
        return cell.doubt
    if len([line for line in cell.lines if is_amount(line)]) > 1:
        return "several_figures"
    if value is None:
        return "unreadable_figure"
    return None if unit else "unit_unknown"


def _why_unread(cell: GridCell) -> str:
    figures = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", " ".join(cell.lines))
    return cell.doubt or ("several_figures" if len(figures) > 1 else "unreadable_figure")


def _spans_columns(row: Row, cell: GridCell) -> bool:
    """True for a figure whose cell reaches over amount columns of different headers."""
    reach = range(cell.column, cell.column + cell.column_span)
    under = {c.path for c in row.columns if c.role in AMOUNT_ROLES and c.number in reach}
    return len(under) > 1


def _is_unknown(row: Row, column: Column, family: str) -> bool:
    """True for a column whose figures have no place among the words of its kind of table.

    A column that prints words no vocabulary knows is `other_printed` where its kind of table has
    such a word; a column without any header, or beside known ones where a fund or a year would be
    guessed, is not published. A lone column of amounts is the whole, whatever it is called.
    """
    if column.known:
        return False
    if not column.path and not row.path:
        return True
    others = [c for c in row.columns if c.role in AMOUNT_ROLES and c.number != column.number]
    if not others:
        return False
    if family == "three_public" and not _has_items(row):
        return True
    return not column.path or family in ("summary", "fiscal_summary", "project", "procurement")


_SWALLOWED = re.compile(r"[0-9](?:,[0-9]{3}|\.[0-9]{2})|预算数决算数", re.ASCII)
_ORDINAL = re.compile(r"[一二三四五六七八九十廿]{1,3}、")
_LONGEST_UNIT_CODE = 10


def _is_nameless(row: Row, table: Table, family: str, vocabulary: Vocabulary) -> bool:
    """True for a row of which nothing says for certain what its figures are.

    It has neither code nor label among others (a table of one row needs none: 支出预算总表, 三公),
    a label that is no known word among rows with codes, or the labels or codes of several rows
    that no ruling parts.
    """
    if family in ("summary", "fiscal_summary") and row.path:
        rest = vocabulary.ordinals.sub("", squeeze(row.path[-1]))
        return _ORDINAL.search(rest) is not None or _is_torn(row, table, vocabulary)
    if family in ("income", "expenditure") and len(row.codes.unit_code) > _LONGEST_UNIT_CODE:
        return True
    if row.codes != NO_CODES or family in ("project", "procurement"):
        return False
    rows = [other for other in table.labelled.rows if other.amounts]
    if row.path:
        lines = [other for other in rows if other.row_kind == "line"]
        coded = sum(1 for other in lines if other.codes != NO_CODES)
        return (
            family in ("income", "expenditure", "economic")
            and row.row_kind == "line"
            and row.meaning == Meaning()
            and coded * 2 > len(lines)
        )
    return len({other.number for other in rows}) > 1


def _is_torn(row: Row, table: Table, vocabulary: Vocabulary) -> bool:
    """True for a label that no word knows, without an ordinal where nearly all others have one.

    It is the rest of a label whose beginning stands in the row above.
    """
    if row.meaning != Meaning() or row.codes != NO_CODES or len(squeeze(row.path[-1])) > 4:
        return False
    block = row.columns[0].block
    labels = [r.path[-1] for r in table.labelled.rows if r.path and r.columns[0].block == block]
    numbered = sum(1 for text in labels if vocabulary.ordinals.match(squeeze(text)))
    return numbered * 2 > len(labels) and not vocabulary.ordinals.match(squeeze(row.path[-1]))


def _is_other_year(column: Column, basis: str, identity: Identity) -> bool:
    """True for a year before of which the header does not say if it was its budget or its final."""
    if column.meaning.basis or not basis.startswith("prior_year_"):
        return False
    final = identity.document_kind == "final_account"
    return re.search("决算|执行|实际" if final else "预算", column.label) is None


def _has_items(row: Row) -> bool:
    """True if the columns of a 三公 table are its items; else its rows are."""
    return any(column.meaning.item for column in row.columns)


def _words(
    row: Row, column: Column, table: Table, identity: Identity, vocabulary: Vocabulary
) -> dict[str, str]:
    family = vocabulary.kinds[table.kind].family
    meant, said = column.meaning, row.meaning
    component, source = meant.component, meant.source
    if said.component and component == "total":
        component = ""
    if row.side == "income" and not source and not said.source:
        source = "other_printed"
    if (
        family in ("expenditure", "summary", "fiscal_summary")
        and row.side == "expenditure"
        and not (component or said.component or source or row.codes.function_code)
    ):
        component = "other_printed"
    if family in ("expenditure", "economic") and not component and not source and not column.known:
        component = "other_printed"
    if (
        family == "income"
        and column.role == "amount"
        and not column.known
        and (not said.source or any(other.meaning.source for other in row.columns))
    ):
        source = "other_printed"
    if (
        family == "income"
        and source == "other_printed"
        and column.known
        and row.codes.function_code
        and sum(other.role == "amount" for other in row.columns) == 1
    ):
        source = "total"  # the lone column 金额 beside classes
    item = meant.item
    if family == "three_public" and not (item or meant.fund) and _has_items(row):
        item = "other_printed"
    basis = _basis(column, table.labelled.sheet.title, identity)
    measure = column.role if column.role in ("sme_reserved", "micro_reserved") else ""
    if family == "project" and basis == "final" and "预算" not in column.label:
        measure = "executed"
    return {
        "column_fund": meant.fund,
        "column_component": component,
        "column_source": source,
        "column_item": item,
        "column_basis": basis,
        "column_measure": measure,
        "row_fund": said.fund,
        "row_component": said.component,
        "row_source": said.source,
        "row_item": said.item,
    }


def _basis(column: Column, title: str, identity: Identity) -> str:
    """Budget or final of this year or the one before; by default what the document is.

    The column's own words come first, then those of the table's title.
    """
    own = "final" if identity.document_kind == "final_account" else "budget"
    said, printed_year = _said_by_title(title)
    basis = column.meaning.basis or said or own
    if basis.startswith("prior_year_"):
        return basis
    year = column.year or printed_year or identity.fiscal_year
    if column.prior or (year and identity.fiscal_year and year < identity.fiscal_year):
        return f"prior_year_{basis}"
    return basis


@lru_cache(maxsize=REMEMBERED)
def _said_by_title(title: str) -> tuple[str, int]:
    """What a title says last of budget or final, and of the year; '' and 0 where it does not."""
    flat = squeeze(title)
    words = re.findall("预算|决算", re.sub("(?:公共|基金|经营)预算", "", flat))
    years = re.findall(r"(20[0-9]{2})年", flat)
    said = {"预算": "budget", "决算": "final"}[words[-1]] if words else ""
    return said, int(years[-1]) if years else 0


def _texts(row: Row, vocabulary: Vocabulary) -> Record:
    code, name = bracketed(squeeze(row.texts.get("catalogue", "")))
    category = row.texts.get("category", "")
    goods = row.texts.get("goods", "")
    return {
        "line_no": row.texts.get("line_no") or None,
        "catalogue_code": code or None,
        "catalogue_name": (name if code else goods or name) or None,
        "category": _category(category, code, vocabulary),
        "project_code": row.texts.get("project_code") or None,
        "project_name": row.texts.get("project_name") or None,
        "project_type": row.texts.get("project_type") or None,
        "implementing_unit": row.texts.get("implementing_unit")
        or row.texts.get("unit_name")
        or None,
        "form_id": None,
    }


def _category(printed: str, code: str, vocabulary: Vocabulary) -> str | None:
    if printed in ("goods", "works", "services"):
        return printed
    found = vocabulary.first(vocabulary.categories, squeeze(printed)) if printed else None
    return found or (vocabulary.first(vocabulary.categories, code[:1]) if code else None)

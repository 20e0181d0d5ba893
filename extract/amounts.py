"""What names an amount: the words of its row and of its column, and the doubt about them.

A row's words are the same for all of its amounts, and a column's for nearly all of its rows: each
is asked for once.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from extract.codes import NO_CODES, bracketed
from extract.columns import AMOUNT_ROLES, Column
from extract.figures import money_among_words
from extract.identity import Identity
from extract.page import GridCell
from extract.rows import Row
from extract.tables import Table
from extract.text import REMEMBERED, squeeze
from extract.vocabulary import Meaning, Vocabulary

_SWALLOWED = re.compile(r"[0-9](?:,[0-9]{3}|\.[0-9]{2})|预算数决算数", re.ASCII)
_ORDINAL = re.compile(r"[一二三四五六七八九十廿]{1,3}、")
_LONGEST_UNIT_CODE = 10
_LONGEST_REST = 4
_BASIS = re.compile("预算|决算")
_OF_FUND = re.compile("(?:公共|基金|经营)预算")
_YEAR = re.compile(r"(20[0-9]{2})年")
_FINAL = re.compile("决算|执行|实际")
_BUDGET = re.compile("预算")


class Words(NamedTuple):
    """The words of an amount, in the order of the columns of the table `cell`."""

    row_label: str | None = None
    column_label: str | None = None
    block_no: int | None = None
    row_kind: str | None = None
    function_code: str | None = None
    department_economic_code: str | None = None
    government_economic_code: str | None = None
    unit_code: str | None = None
    column_fund: str | None = None
    column_component: str | None = None
    column_source: str | None = None
    column_item: str | None = None
    column_basis: str | None = None
    column_measure: str | None = None
    row_fund: str | None = None
    row_component: str | None = None
    row_source: str | None = None
    row_item: str | None = None
    line_no: str | None = None
    catalogue_code: str | None = None
    catalogue_name: str | None = None
    category: str | None = None
    project_code: str | None = None
    project_name: str | None = None
    project_type: str | None = None
    implementing_unit: str | None = None
    form_id: str | None = None


NO_WORDS = Words()

_Printed = tuple[str | None, ...]


class _OfColumn(NamedTuple):
    """Label and block of a column, its words, and the doubt about it."""

    place: tuple[str | None, int]
    words: _Printed
    doubt: str | None


class _OfRow(NamedTuple):
    """Label, codes and words of a row, the doubt about it; its columns, as they were asked for."""

    label: str | None
    codes: _Printed
    words: _Printed
    doubt: str | None
    columns: dict[int, _OfColumn]


class AmountWords:
    """The words of the amounts of one table."""

    def __init__(self, table: Table, identity: Identity, vocabulary: Vocabulary) -> None:
        self._table = table
        self._identity = identity
        self._vocabulary = vocabulary
        self._family = vocabulary.kinds[table.kind].family
        self._rows: dict[int, _OfRow] = {}
        self._columns: dict[object, dict[int, _OfColumn]] = {}

    def of(self, row: Row, column: Column, cell: GridCell) -> tuple[tuple[object, ...], str | None]:
        """The ``Words`` of an amount, and why it is not named for certain (None if it is)."""
        said = self._rows.get(id(row))
        if said is None:
            said = self._rows[id(row)] = self._read_row(row)
        meant = said.columns.get(id(column))
        if meant is None:
            meant = said.columns[id(column)] = self._read_column(row, column)
        words = (said.label, *meant.place, *said.codes, *meant.words, *said.words, None)
        doubt = said.doubt or meant.doubt
        if cell.column_span > 1 and _spans_columns(row, cell):
            doubt = "ambiguous_column"
        return words, doubt

    def _read_row(self, row: Row) -> _OfRow:
        codes, meaning = row.codes, row.meaning
        printed = (
            row.row_kind,
            codes.function_code,
            codes.department_economic_code,
            codes.government_economic_code,
            codes.unit_code,
        )
        words = (meaning.fund, meaning.component, meaning.source, meaning.item)
        # all of a row that the words of its columns depend on
        alike = (
            id(row.columns),
            row.side,
            meaning.component,
            meaning.source,
            bool(codes.function_code),
            bool(row.path),
        )
        return _OfRow(
            row.label or None,
            _or_none(printed),
            (*_or_none(words), *_or_none(_texts(row, self._vocabulary))),
            self._doubt_of_row(row),
            self._columns.setdefault(alike, {}),
        )

    def _read_column(self, row: Row, column: Column) -> _OfColumn:
        meant = column.meaning
        component, source = _component_and_source(row, column, self._family)
        item = meant.item
        if self._family == "three_public" and not (item or meant.fund) and _has_items(row):
            item = "other_printed"
        basis = _basis(column, self._table.labelled.sheet.title, self._identity)
        measure = column.role if column.role in ("sme_reserved", "micro_reserved") else ""
        if self._family == "project" and basis == "final" and "预算" not in column.label:
            measure = "executed"
        return _OfColumn(
            (column.label or None, column.block + 1),
            _or_none((meant.fund, component, source, item, basis, measure)),
            self._doubt_of_column(row, column, basis),
        )

    def _doubt_of_column(self, row: Row, column: Column, basis: str) -> str | None:
        unknown = (
            _is_unknown(row, column, self._family)
            or (self._family == "three_public" and _is_other_year(column, basis, self._identity))
            or self._is_half_known(row, column)
            or any(_SWALLOWED.search(text) for c in row.columns for text in c.path)
        )
        doubt = "column_unknown"
        return doubt if unknown else None

    def _is_half_known(self, row: Row, column: Column) -> bool:
        """True for a column of several whose unknown header holds a known one and more."""
        return (
            not column.known
            and bool(column.path)
            and self._vocabulary.is_half_known(self._family, squeeze(column.path[-1]))
            and len([c for c in row.columns if c.role in AMOUNT_ROLES]) > 1
        )

    def _doubt_of_row(self, row: Row) -> str | None:
        doubt = "not_money" if row.row_kind == "count" else None
        if self._is_nameless(row):
            doubt = "row_unknown"
        if any(money_among_words(text) for text in row.path):
            doubt = "ambiguous_column"
        return doubt

    def _is_nameless(self, row: Row) -> bool:
        """True for a row of which nothing says for certain what its figures are.

        It has neither code nor label among others (a table of one row needs none: 支出预算总表,
        三公), a label that is no known word among rows with codes, or the labels or codes of
        several rows that no ruling parts.
        """
        family = self._family
        if family in ("summary", "fiscal_summary") and row.path:
            rest = self._vocabulary.ordinals.sub("", squeeze(row.path[-1]))
            return _ORDINAL.search(rest) is not None or self._is_torn(row)
        if family in ("income", "expenditure") and len(row.codes.unit_code) > _LONGEST_UNIT_CODE:
            return True
        if row.codes != NO_CODES or family in ("project", "procurement"):
            return False
        if row.path:
            return (
                family in ("income", "expenditure", "economic")
                and row.row_kind == "line"
                and row.meaning == Meaning()
                and self._has_codes
            )
        return self._has_several_rows

    @cached_property
    def _has_codes(self) -> bool:
        """True if most lines of the table with amounts print a code."""
        rows = self._table.labelled.rows
        lines = [row for row in rows if row.amounts and row.row_kind == "line"]
        return sum(1 for row in lines if row.codes != NO_CODES) * 2 > len(lines)

    @cached_property
    def _has_several_rows(self) -> bool:
        return len({row.number for row in self._table.labelled.rows if row.amounts}) > 1

    def _is_torn(self, row: Row) -> bool:
        """True for a label that no word knows, without an ordinal where nearly all others have one.

        It is the rest of a label whose beginning stands in the row above. So is one that only
        together with the label of a row without figures above it is a known word.
        """
        if row.meaning != Meaning() or row.codes != NO_CODES:
            return False
        block = row.columns[0].block
        rows = [r for r in self._table.labelled.rows if r.path and r.columns[0].block == block]
        labels = [r.path[-1] for r in rows]
        ordinals = self._vocabulary.ordinals
        at = next(at for at, other in enumerate(rows) if other is row)
        if at and not rows[at - 1].amounts:
            joined = ordinals.sub("", squeeze(labels[at - 1] + labels[at]))
            known = self._vocabulary.row(row.side or "income", (joined,)) is not None
            if known or joined in self._vocabulary.classes:
                return True
        if len(squeeze(row.path[-1])) > _LONGEST_REST:
            return False
        numbered = sum(1 for text in labels if ordinals.match(squeeze(text)))
        return numbered * 2 > len(labels) and not ordinals.match(squeeze(row.path[-1]))


def _or_none(words: tuple[str, ...]) -> _Printed:
    return tuple([word or None for word in words])


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


def _is_other_year(column: Column, basis: str, identity: Identity) -> bool:
    """True for a year before of which the header does not say if it was its budget or its final."""
    if column.meaning.basis or not basis.startswith("prior_year_"):
        return False
    final = identity.document_kind == "final_account"
    return (_FINAL if final else _BUDGET).search(column.label) is None


def _has_items(row: Row) -> bool:
    """True if the columns of a 三公 table are its items; else its rows are."""
    return any(column.meaning.item for column in row.columns)


def _component_and_source(row: Row, column: Column, family: str) -> tuple[str, str]:
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
    return component, source


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
    words = _BASIS.findall(_OF_FUND.sub("", flat))
    years = _YEAR.findall(flat)
    said = {"预算": "budget", "决算": "final"}[words[-1]] if words else ""
    return said, int(years[-1]) if years else 0


def _texts(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Number of the line to implementing unit, as the row prints them ('' where it does not)."""
    texts = row.texts
    code, name = bracketed(squeeze(texts.get("catalogue", "")))
    goods = texts.get("goods", "")
    return (
        texts.get("line_no", ""),
        code,
        name if code else goods or name,
        _category(texts.get("category", ""), code, vocabulary),
        texts.get("project_code", ""),
        texts.get("project_name", ""),
        texts.get("project_type", ""),
        texts.get("implementing_unit") or texts.get("unit_name", ""),
    )


def _category(printed: str, code: str, vocabulary: Vocabulary) -> str:
    if printed in ("goods", "works", "services"):
        return printed
    found = vocabulary.first(vocabulary.categories, squeeze(printed)) if printed else None
    return found or (vocabulary.first(vocabulary.categories, code[:1]) if code else None) or ""

"""Rows that the pages are made of, as ``review.warehouse`` reads them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True)
class Disclosure:
    """A disclosure with the counts that the overview shows.

    ``broken`` counts checks that are findings, ``unusual`` broken habits, which are none.
    """

    disclosure_id: str
    agency_name: str
    region_name: str | None
    fiscal_year: int
    document_kind: str
    scope: str
    documents: int
    facts: int
    holds: int
    rounding: int
    broken: int
    unusual: int
    findings: int
    quarantined: int


@dataclass(frozen=True)
class Document:
    """A document; ``disclosure_id`` is None where its identity is not certain.

    ``said_by`` are the files of its folder that say of whom it is, where it does not itself.
    """

    document_id: str
    disclosure_id: str | None
    file_name: str
    page_count: int | None
    is_read: bool
    figures: int
    facts: int
    said_by: list[str]


@dataclass(frozen=True)
class Finding:
    """A row of `audit.finding` with the names of its disclosure and document."""

    finding_id: str
    kind: str
    severity: str
    disclosure_id: str | None
    document_id: str
    file_name: str
    page_number: int | None
    description: str
    description_en: str
    page_width: float | None
    page_height: float | None
    left_printed: str | None
    right_printed: str | None
    identity_ids: list[str]
    agency_name: str | None
    fiscal_year: int | None
    document_kind: str | None
    scope: str | None


@dataclass(frozen=True)
class Place:
    """A row of `audit.finding_place` and what stands there; boxes in points, or lines of a text.

    ``is_copy``: another document prints there what this finding is about.
    """

    finding_id: str
    side: str
    place_no: int
    document_id: str
    file_name: str
    page_number: int | None
    cell_id: str | None
    line_id: str | None
    printed: str | None
    is_suspect: bool
    is_copy: bool
    table_no: int | None
    table_kind: str | None
    table_title: str | None
    row_no: int | None
    column_no: int | None
    row_label: str | None
    column_label: str | None
    unit: str | None
    reading: str | None
    amount_yuan: Decimal | None
    line_text: str | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    page_width: float | None
    page_height: float | None


@dataclass(frozen=True)
class Check:
    """A broken row of `audit.identity_check`; of a blank side the amount is 0."""

    identity_id: str
    description: str
    description_en: str
    strength: str
    document_id: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    tolerance_yuan: Decimal | None
    cell_ids: list[str]
    blank_side: str | None


@dataclass(frozen=True)
class Rule:
    """A rule, why it must hold, and how often it was decided which way.

    ``reasons`` say why it did not apply, and how often.
    """

    identity_id: str
    description: str
    description_en: str
    strength: str
    reason: str
    reason_en: str
    since: date
    disclosure_id: str | None
    holds: int
    rounding: int
    broken: int
    not_applicable: int
    reasons: dict[str, int]


@dataclass(frozen=True)
class PrintedTable:
    """A table of a document."""

    table_id: str
    document_id: str
    table_no: int
    table_kind: str
    title: str | None
    unit_text: str | None
    first_page: int | None
    last_page: int | None
    figures: int
    facts: int
    quarantined: int


class Cell(NamedTuple):
    """A cell of a table as read; a tuple, because a warehouse has millions."""

    document_id: str
    cell_id: str
    table_id: str
    row_no: int
    column_no: int
    row_span: int
    column_span: int
    text: str
    role: str
    reading: str | None
    quarantine_reason: str | None


@dataclass(frozen=True)
class Quarantined:
    """A row of `audit.quarantine`, of a cell with what is known of it."""

    document_id: str
    disclosure_id: str | None
    file_name: str
    table_kind: str | None
    page_number: int | None
    cell_id: str | None
    reason: str
    detail: str | None
    table_id: str | None
    table_title: str | None
    row_no: int | None
    column_no: int | None
    row_label: str | None
    column_label: str | None
    printed: str | None


@dataclass(frozen=True)
class TextPart:
    """A landed cell or line of a text: where it stands in the file.

    In files that name their columns a cell has its table and how many columns it goes over.
    """

    place: str
    number: int
    order_no: float
    text: str
    table_id: str
    columns: int


@dataclass(frozen=True)
class Totals:
    """The figures at the head of the overview."""

    disclosures: int
    documents: int
    documents_unread: int
    pages: int
    figures: int
    facts: int
    rules: int
    rules_decided: int
    checks_decided: int
    quarantined: int


@dataclass(frozen=True)
class PersonalArea:
    """Where a page holds what the reader replaced by its mark."""

    document_id: str
    page_number: int
    x0: float
    y0: float
    x1: float
    y1: float

"""Rows of the Parquet set: what was read, flat, with the words of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator

from extract.identity import Identity
from extract.mentions import Mention
from extract.page import Page
from extract.reading import Reading
from extract.schema import Record
from extract.tables import Table
from extract.text import squeeze
from extract.vocabulary import Vocabulary

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
            "turns": page.turns,
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
                "confidence": line.confidence,
            }


def mention_records(document_id: str, mentions: tuple[Mention, ...]) -> Iterator[Record]:
    """One row per place at which the document names a table."""
    for number, mention in enumerate(mentions, start=1):
        yield {
            "mention_id": f"{document_id}:m{number}",
            "document_id": document_id,
            "page_number": mention.page_number,
            "line_id": f"{document_id}:l{mention.line_no}" if mention.line_no else None,
            "place": mention.place,
            "title": mention.title,
            "table_kind": mention.kind or "unknown",
        }


def status_of(reading: Reading | None) -> str:
    """`read`, or `quarantined` where the document or its identity is not certain."""
    return "quarantined" if reading is None or reading.identity.missing() else "read"


def document_record(document_id: str, sha256: str, size: int, reading: Reading | None) -> Record:
    """The row of the document itself; identity fields are NULL where not certain."""
    identity = reading.identity if reading else Identity()
    return {
        "document_id": document_id,
        "sha256": sha256,
        "media_type": reading.media_type if reading else None,
        "byte_size": size,
        "page_count": len(reading.pages) if reading else 0,
        "status": status_of(reading),
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

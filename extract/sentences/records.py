"""Rows of the Parquet set for what sentences state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.identity import Identity
from extract.rows import Labelled
from extract.sentences.model import Setting, Statement
from extract.sentences.prose import Paragraph
from extract.sentences.statements import state_paragraphs
from extract.text import squeeze

_SHORTEST_NAME = 4


def state_figures(
    printed: Sequence[Paragraph], tables: Sequence[Labelled], identity: Identity
) -> tuple[Statement, ...]:
    """The figures that the paragraphs of a document state; its tables give the names of items."""
    agency = squeeze(identity.agency_name) if identity.agency_name else ""
    setting = Setting(
        year=identity.fiscal_year,
        document_kind=identity.document_kind,
        agencies=(agency,) if agency else (),
        item_names=_item_names(tables),
    )
    return state_paragraphs(printed, setting)[0]


def _item_names(tables: Sequence[Labelled]) -> frozenset[str]:
    """Squeezed names of 项 in the tables; names that economic classes have too are left out."""
    items: set[str] = set()
    others: set[str] = set()
    for table in tables:
        for row in table.rows:
            name = squeeze(row.path[-1]) if row.path else ""
            if len(row.codes.function_code) == 7:
                items.add(name)
            else:
                others.add(name)
    return frozenset(name for name in items - others if len(name) >= _SHORTEST_NAME)


def statement_records(
    document_id: str, statements: Sequence[Statement]
) -> Iterator[dict[str, object]]:
    """One row per stated figure, in reading order; the columns of the table `statement`."""
    for number, statement in enumerate(statements, start=1):
        yield {
            "statement_id": f"{document_id}:s{number}",
            "document_id": document_id,
            "page_number": statement.page_number,
            "line_id": f"{document_id}:l{statement.line}",
            "topic": statement.topic,
            "measure": statement.measure,
            "basis_year": statement.year,
            "fund": statement.fund or None,
            "income_source": statement.source or None,
            "item": statement.item or None,
            "class_name": statement.names.class_name or None,
            "section_name": statement.names.section_name or None,
            "item_name": statement.names.item_name or None,
            "project_name": statement.project or None,
            "printed": statement.printed,
            "value": statement.value,
            "unit": statement.unit,
            "stated_text": statement.text,
            "section_no": statement.section,
            "is_whole_unread": statement.unread_whole,
        }

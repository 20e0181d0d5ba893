"""Rows of the Parquet set for remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.forms.naming import LabelledForms
from extract.forms.records import cell_id_of
from extract.remarks.breakdowns import read_breakdowns
from extract.remarks.class_names import read_class_names
from extract.remarks.denials import read_denials
from extract.remarks.goals import read_goals
from extract.remarks.model import Remark
from extract.rows import Labelled
from extract.schema import Record
from extract.sentences.prose import Paragraph


def remark_records(
    document_id: str, paragraphs: Sequence[Paragraph], tables: Sequence[Labelled]
) -> Iterator[Record]:
    """One row per remark: those of sentences in the order of print, then those of forms."""
    said = [*read_breakdowns(paragraphs), *read_class_names(paragraphs), *read_denials(paragraphs)]
    goals = list(read_goals(tables))
    for number, remark in enumerate(said, start=1):
        line_id = f"{document_id}:l{remark.line}"
        yield _record(document_id, number, remark) | {"line_id": line_id}
    for number, (table_no, remark) in enumerate(goals, start=len(said) + 1):
        table, cell = tables[table_no - 1], remark.cell
        assert isinstance(table, LabelledForms)
        yield _record(document_id, number, remark) | {
            "form_id": f"{document_id}:t{table_no}:f{remark.form}",
            "cell_id": cell_id_of(document_id, table_no, table, cell) if cell else None,
        }


def _record(document_id: str, number: int, remark: Remark) -> Record:
    return {
        "remark_id": f"{document_id}:m{number}",
        "document_id": document_id,
        "page_number": remark.page_number,
        "remark_kind": remark.kind,
        "group_no": remark.group,
        "name": remark.name,
        "code": remark.code or None,
        "operator": remark.operator,
        "printed": remark.printed,
        "value": remark.value,
        "unit": remark.unit or None,
        "remark_text": remark.text,
    }

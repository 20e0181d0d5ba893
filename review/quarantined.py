"""What is in quarantine, for people: cases by file, kind of table and reason, in both languages."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb
from markupsafe import Markup

from review.rows import Quarantined
from review.warehouse import read_rows
from review.words import both, find_words

_FILE = Path(__file__).resolve().parent / "details.csv"

MOST_CASES = 200
"""Cases of a group that the page of all lists; the page of the document lists every one."""


@dataclass(frozen=True)
class Group:
    """Cases of one document that share kind of table and reason; ``more`` are not in ``cases``."""

    first: Quarantined
    count: int
    cases: list[Quarantined]

    @property
    def more(self) -> int:
        """How many cases are listed on the page of the document only."""
        return self.count - len(self.cases)


def read_quarantine(connection: duckdb.DuckDBPyConnection) -> list[Quarantined]:
    """All that was not published, by file, page and cell."""
    return read_rows(
        connection,
        Quarantined,
        """
        select
            quarantine.document_id, document.disclosure_id,
            coalesce(document.file_name, quarantine.file_name, '') as file_name,
            quarantine.table_kind, quarantine.page_number, quarantine.cell_id,
            quarantine.reason, quarantine.detail, cell.table_id, printed_table.title as
            table_title, cell.row_no, cell.column_no, cell.row_label, cell.column_label,
            trim(cell.text) as printed
        from audit.quarantine as quarantine
        left join raw.cell as cell on quarantine.cell_id = cell.cell_id
        left join raw."table" as printed_table on cell.table_id = printed_table.table_id
        left join core.dim_document as document
            on quarantine.document_id = document.document_id
        order by file_name, quarantine.document_id, quarantine.page_number, cell.table_no,
            cell.row_no, cell.column_no, quarantine.reason
        """,
    )


def group_cases(rows: Sequence[Quarantined], every_one: bool = False) -> list[Group]:
    """Put the cases of one document, kind of table and reason together, in the order of files.

    Groups are cut after ``MOST_CASES`` cases, unless ``every_one`` is wanted.
    """
    keyed = sorted(enumerate(rows), key=lambda item: (item[1].file_name, _key(item[1]), item[0]))
    return [
        Group(own[0], len(own), own if every_one else own[:MOST_CASES])
        for _, group in groupby((row for _, row in keyed), key=_key)
        for own in [list(group)]
    ]


def _key(row: Quarantined) -> tuple[str, str, str, bool]:
    return (row.document_id, row.table_kind or "", row.reason, row.cell_id is None)


def case_words(row: Quarantined) -> Markup:
    """Say the case of a row: what its cell prints has columns of its own, so only other cases.

    The detail of `audit.quarantine` is one English line; ``details.csv`` has its Chinese form. A
    detail of no known form is shown as it is.
    """
    if row.cell_id is not None or not row.detail:
        return Markup()
    for pattern, zh in _details():
        found = pattern.fullmatch(row.detail)
        if found:
            return both(zh.format(*_named(found.groups())), row.detail)
    return both(row.detail, row.detail)


def _named(parts: Iterable[str]) -> list[str]:
    """Parts of a detail; names of fields in Chinese."""
    return ["、".join(find_words("field", word).zh for word in part.split(", ")) for part in parts]


@cache
def _details() -> list[tuple[re.Pattern[str], str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            (re.compile(row["pattern"], re.ASCII | re.DOTALL), row["zh"])
            for row in csv.DictReader(file)
        ]

"""Landing: one function from a file to a Parquet set, keyed by content, reader and vocabulary.

No shared state: it runs in worker processes, or on a cluster, as it is.
"""

from __future__ import annotations

import gc
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import pyarrow.parquet as pq

from extract.cells import CellRow, as_record, cell_rows
from extract.conservation import with_settled
from extract.doubtful_cells import settle_cells
from extract.errors import DocumentError
from extract.figures import money_among_words
from extract.forms.naming import LabelledForms
from extract.forms.records import form_cell_rows, form_records, indicator_records
from extract.identity import Identity
from extract.media_types import MEDIA_TYPES
from extract.page import Settled
from extract.parquet import Rows, write_set
from extract.reading import Reading, read_document
from extract.records import (
    document_record,
    line_records,
    mention_records,
    page_records,
    status_of,
    table_record,
)
from extract.remarks.records import remark_records
from extract.resolutions import candidates_of, resolution_records, settled_cells
from extract.scan.recogniser import recogniser_versions
from extract.schema import Record
from extract.sentences.records import statement_records
from extract.tables import Table
from extract.vocabulary import Vocabulary, load_vocabulary, vocabulary_fingerprint

FEWEST_FIGURES = 3
"""A table whose kind is not known counts as one of money with so many figures."""

SUPPORTED_SUFFIXES = frozenset(MEDIA_TYPES)
"""Endings of the files that are documents."""

BREAKING = frozenset({"text/plain", "text/markdown"})
"""Formats made from pages, whose figures may be damaged: others say which characters they print."""

NOTHING_DECIDED: Mapping[str, Identity] = MappingProxyType({})
"""Where no person has decided anything."""

_NO_RULE_FOR = (RuntimeError, ArithmeticError, LookupError, ValueError, TypeError)
"""What the reader, or a library below it, raises on a document that it has no rule for."""


@dataclass(frozen=True)
class Landed:
    """A document's Parquet set; ``reused`` if it was there already."""

    document_id: str
    directory: Path
    reused: bool
    quarantined: bool
    figures: int
    pages: int


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def reader_version() -> str:
    """A hash over the reader's own code and its recogniser: a set read by others is not reused.

    Of the code as it stood when this process first asked: that is what it runs.
    """
    digest = hashlib.sha256("".join(recogniser_versions()).encode())
    root = Path(__file__).resolve().parent
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def reader_key() -> str:
    """Reader and vocabulary, as they stand: the part of the key that is not content."""
    return f"{reader_version()}-{vocabulary_fingerprint()}"


def land_document(
    path: Path, cache_dir: Path, decided: Mapping[str, Identity] = NOTHING_DECIDED
) -> Landed:
    """Read a document into its Parquet set below ``cache_dir``, or find it there.

    ``decided`` has, by document id, the fields of an identity that a person decided. A set keeps
    the identity that the document says; only the words of its figures follow the decided one, so
    it is read again where these may differ.

    Bad input never raises: the set then says what is wrong with the document (status
    `quarantined`). OSError is raised where the cache cannot be written, MemoryError where a
    limit of the process is reached: another limit may read the document, so no set is kept.
    """
    sha256 = content_hash(path)
    document_id = sha256[:32]
    identity = decided.get(document_id)
    target = cache_dir / f"{document_id}-{reader_key()}-{path.suffix.lower().lstrip('.')}"
    if identity is not None and not _agrees(target, identity):
        target = target.with_name(f"{target.name}-{_short_hash(identity.telling())}")
    reused = target.is_dir()
    if not reused:
        cache_dir.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".landing-", dir=cache_dir))
        try:
            with _without_collector():
                rows, status, figures = _read(path, document_id, sha256, identity)
                write_set(rows, staging)
            _move(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    else:
        status, figures = _look_into(target)
    return Landed(
        document_id=document_id,
        directory=target,
        reused=reused,
        quarantined=status == "quarantined",
        figures=sum(figures),
        pages=len(figures),
    )


def _agrees(target: Path, decided: Identity) -> bool:
    """True if a set read without the decision has the words that it asks for."""
    if not any(decided.telling()):
        return True
    if not target.is_dir():
        return False
    columns = ["agency_name", "fiscal_year", "document_kind"]
    own = pq.ParquetFile(target / "document.parquet").read(columns).to_pylist()[0]
    wanted = zip((own[name] for name in columns), decided.telling(), strict=True)
    return all(value is None or read == value for read, value in wanted)


def _short_hash(fields: tuple[str | int | None, ...]) -> str:
    return hashlib.sha256(repr(fields).encode()).hexdigest()[:12]


def _look_into(directory: Path) -> tuple[str, list[int]]:
    """The document's status, and the figures in cells of each of its pages, of a finished set."""
    document = pq.ParquetFile(directory / "document.parquet").read(["status"])
    pages = pq.ParquetFile(directory / "page.parquet").read(["figures_in_cells"])
    return document["status"][0].as_py(), pages["figures_in_cells"].to_pylist()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Do without the search for cycles: what is read has none, and is looked through for nothing.

    Memory is given back by counting references; the search goes on where it was on before.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _move(staging: Path, target: Path) -> None:
    """Make the finished set appear at once; another process may have been faster."""
    try:
        staging.replace(target)
    except OSError:
        if not target.is_dir():
            raise


def _read(
    path: Path, document_id: str, sha256: str, decided: Identity | None
) -> tuple[Rows, str, list[int]]:
    """The rows of a document's set, its status, and the figures in cells of each page."""
    size = path.stat().st_size
    stamp: Record = {
        "reader_version": reader_version(),
        "vocabulary_hash": vocabulary_fingerprint(),
    }
    try:
        vocabulary = load_vocabulary()
        reading = read_document(path, vocabulary, decided)
    except DocumentError as error:
        rows = _refused(document_id, sha256, size, stamp, error.reason, error.detail)
        return rows, status_of(None), []
    except _NO_RULE_FOR as error:
        detail = f"{type(error).__name__}: {error}"
        rows = _refused(document_id, sha256, size, stamp, "reader_failed", detail)
        return rows, status_of(None), []
    rows = _records(document_id, sha256, size, stamp, reading, vocabulary)
    return rows, status_of(reading), [balance.in_cells for balance in reading.balances]


def _refused(
    document_id: str, sha256: str, size: int, stamp: Record, reason: str, detail: str
) -> Rows:
    return Rows(
        {
            "document": [document_record(document_id, sha256, size, None) | stamp],
            "quarantine": [_quarantine(document_id, reason, detail)],
        }
    )


def _quarantine(document_id: str, reason: str, detail: str, **place: object) -> Record:
    return {"document_id": document_id, "reason": reason, "detail": detail, **place}


def _records(
    document_id: str,
    sha256: str,
    size: int,
    stamp: Record,
    reading: Reading,
    vocabulary: Vocabulary,
) -> Rows:
    tables: list[Record] = []
    cells: list[CellRow] = []
    forms: list[Record] = []
    indicators: list[Record] = []
    settled: dict[str, Settled | None] = {}
    candidates: dict[str, tuple[str, ...]] = {}
    quarantine: list[Record] = []
    starts: list[int] = []
    missing = reading.identity.missing()
    if missing:
        quarantine.append(
            _quarantine(
                document_id,
                "identity_uncertain",
                f"not certain: {', '.join(missing)}; expected on the cover, in titles or labels",
            )
        )
    for number, table in enumerate(reading.tables, start=1):
        tables.append(table_record(document_id, number, table, vocabulary))
        labelled = table.labelled
        if isinstance(labelled, LabelledForms):
            printed = form_cell_rows(document_id, number, table, labelled, vocabulary)
            forms.extend(form_records(document_id, number, table, labelled))
            indicators.extend(indicator_records(document_id, number, table, labelled))
        else:
            printed = cell_rows(document_id, number, table, reading.settled, vocabulary)
        starts.append(len(cells))
        cells.extend(printed)
        settled.update(settled_cells(table, cells[starts[-1] :]))
        candidates.update(candidates_of(table, cells[starts[-1] :]))
    funds = {str(table["table_id"]): str(table["fund"]) for table in tables}
    evidence: dict[str, str] = {}
    pictures = {page.number for page in reading.pages if page.route == "scan"}
    if reading.media_type in BREAKING or pictures:
        kind = reading.settled.document_kind or ""
        pages = pictures if pictures else None
        found = settle_cells(cells, funds, vocabulary.kinds, kind, pages, candidates)
        cells, evidence = found.cells, found.evidence
        settled.update(found.settled)
        balances = (with_settled(balance, found.texts) for balance in reading.balances)
        reading = replace(reading, balances=tuple(balances))
    for table, (first, end) in zip(reading.tables, pairwise([*starts, len(cells)]), strict=True):
        if vocabulary.kinds[table.kind].facts:
            quarantine.extend(_doubtful(document_id, table, cells[first:end], evidence))
    quarantine += [
        _quarantine(
            document_id,
            "kind_unknown",
            f"no title says what this table is; it holds {figures} figures",
            table_kind=table.kind,
            page_number=table.labelled.sheet.first_page,
        )
        for table in reading.tables
        if table.kind == "unknown" and (figures := _count_money(table)) >= FEWEST_FIGURES
    ]
    for page in reading.pages:
        quarantine += [
            _quarantine(document_id, *notice, page_number=page.number) for notice in page.notices
        ]
        if page.route == "scan" and not (page.items or page.notices):
            quarantine.append(
                _quarantine(
                    document_id,
                    "scan_not_read",
                    "the page is a picture in which no text can be read; a table would be missing",
                    page_number=page.number,
                )
            )
    for balance in reading.balances:
        if balance.left_over:
            quarantine.append(
                _quarantine(
                    document_id,
                    "left_over",
                    f"figures in no cell: {' '.join(balance.left_over)}",
                    page_number=balance.page_number,
                )
            )
    records: dict[str, Iterable[Record]] = {
        "document": [document_record(document_id, sha256, size, reading) | stamp],
        "page": page_records(document_id, reading),
        "line": line_records(document_id, reading.pages),
        "table": tables,
        "statement": statement_records(document_id, reading.statements),
        "mention": mention_records(document_id, reading.mentions),
        "remark": remark_records(
            document_id, reading.paragraphs, [table.labelled for table in reading.tables]
        ),
        "form": forms,
        "indicator": indicators,
        "resolution": resolution_records(
            document_id,
            reading,
            settled,
            cells,
            funds,
            vocabulary,
        ),
        "quarantine": quarantine,
    }
    return Rows(records, cells)


def _doubtful(
    document_id: str, table: Table, cells: Sequence[CellRow], evidence: Mapping[str, str]
) -> Iterator[Record]:
    """The cells of a table that are not published: the last value of a row is the reason.

    ``evidence`` has what the rules say of the readings of a damaged figure, by cell id.
    """
    for cell in (as_record(row) for row in cells if row[1] and row[1][-1]):
        said = evidence.get(str(cell["cell_id"]), "")
        yield _quarantine(
            document_id,
            str(cell["quarantine_reason"]),
            f"read {cell['text']!r} in {table.labelled.sheet.title!r}, "
            f"row {cell['row_no']}, column {cell['column_no']}{said and f'; {said}'}",
            table_kind=table.kind,
            page_number=cell["page_number"],
            cell_id=cell["cell_id"],
        )


def _count_money(table: Table) -> int:
    """How many figures with separators a table holds, beside words or alone."""
    lines = (line for placed in table.labelled.cells for line in placed.cell.lines)
    return sum(len(money_among_words(line)) for line in lines)

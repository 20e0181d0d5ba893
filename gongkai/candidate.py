"""The candidate: a DuckDB file with schema `raw`, filled from the Parquet sets of the documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from pyarrow import dataset

from extract.media_types import MEDIA_TYPES
from extract.schema import TABLES
from gongkai import __version__
from gongkai.decisions import IDENTITY_FIELDS
from gongkai.documents import SourceFile, program_digest
from gongkai.landing import Reading
from gongkai.settling import NOTHING_SETTLED, Settled
from gongkai.sources import Origin
from publish.previous import PREVIOUS, load_previous

if TYPE_CHECKING:
    from extract.landing import Landed

NO_ORIGINS: Mapping[str, Origin] = MappingProxyType({})
"""Where no person has said where documents come from."""

_FILES_AT_ONCE = 500
"""Parquet files of one insert; each costs an open file."""


_SOURCE = pa.schema(
    [
        ("document_id", pa.string()),
        ("file_name", pa.string()),
        ("file_path", pa.string()),
        ("source_url", pa.string()),
        ("published_on", pa.date32()),
    ]
)
_RUN = pa.schema(
    [
        ("run_id", pa.string()),
        ("started_at", pa.timestamp("us")),
        ("finished_at", pa.timestamp("us")),
        ("documents_seen", pa.int32()),
        ("documents_read", pa.int32()),
        ("documents_reused", pa.int32()),
        ("documents_quarantined", pa.int32()),
        ("version", pa.string()),
    ]
)


_DECISION = pa.schema(
    [
        ("decision_id", pa.string()),
        ("content_id", pa.string()),
        ("document_id", pa.string()),
        ("file_path", pa.string()),
        ("what", pa.string()),
        ("place", pa.string()),
        ("printed", pa.string()),
        ("read_value", pa.string()),
        ("value", pa.string()),
        ("who", pa.string()),
        ("why", pa.string()),
        ("applied", pa.bool_()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("decided_in", pa.string()),
        ("line_number", pa.int32()),
    ]
)

_FOLDER_IDENTITY = pa.schema(
    [
        ("document_id", pa.string()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("folder", pa.string()),
        ("said_by", pa.list_(pa.string())),
    ]
)

_OWN = {
    "source": _SOURCE,
    "run": _RUN,
    "decision": _DECISION,
    "folder_identity": _FOLDER_IDENTITY,
    **PREVIOUS,
}
"""Tables of schema `raw` that a build writes itself, beside those of the Parquet sets."""

_SETTLED_CELLS = ("printed", "value", "unit", "decimals", "reading", "quarantine_reason")
_SETTLED_TABLES = ("unit",)
_SETTLED_DOCUMENTS = (*IDENTITY_FIELDS, "status")
_INHERITED = (*_SETTLED_DOCUMENTS, "identity_evidence")


@dataclass(frozen=True)
class Run:
    """A build that published, or is about to; times are UTC without zone.

    ``finished_at`` of the build under way is set when it publishes (``finish_run``); until then
    it equals ``started_at``.
    """

    run_id: str
    started_at: datetime
    finished_at: datetime
    documents_seen: int
    documents_read: int
    documents_reused: int
    documents_quarantined: int
    version: str


def start_run(run_id: str, started_at: datetime, readings: Sequence[Reading]) -> Run:
    """Describe the build under way from what became of its documents."""
    reused = sum(1 for reading in readings if reading.landed and reading.landed.reused)
    quarantined = sum(
        1 for reading in readings if reading.landed is None or reading.landed.quarantined
    )
    return Run(
        run_id=run_id,
        started_at=started_at,
        finished_at=started_at,
        documents_seen=len(readings),
        documents_read=len(readings) - reused,
        documents_reused=reused,
        documents_quarantined=quarantined,
        version=__version__,
    )


def load_candidate(
    path: Path,
    sources: Sequence[SourceFile],
    readings: Sequence[Reading],
    runs: Sequence[Run],
    *,
    settled: Settled = NOTHING_SETTLED,
    origins: Mapping[str, Origin] = NO_ORIGINS,
    warehouse: Path | None = None,
) -> None:
    """Write a new candidate at ``path`` whose schema `raw` holds the landed documents.

    ``sources`` gives `raw.source` a row per file, with its origin by relative path; ``runs`` is
    the history with this build last; ``settled`` is what people decided; ``warehouse`` is the
    published file to be replaced, from which the figures to compare with are loaded.
    A document that was lost (its reader crashed or took too long) becomes a quarantined document
    row and a quarantine row.
    """
    with duckdb.connect(str(path)) as connection:
        create_raw_tables(connection)
        landed = [reading.landed for reading in readings if reading.landed is not None]
        for name, schema in TABLES.items():
            for files in _parquet_files(landed, name):
                # DuckDB itself would take `*` and `[` in a path for a pattern.
                connection.register("landed", dataset.dataset(files, schema=schema))
                connection.execute(f'insert into raw."{name}" by name from landed')
                connection.unregister("landed")
        lost = [reading for reading in readings if reading.landed is None]
        _insert(connection, "document", [_lost_document(reading) for reading in lost])
        _insert(connection, "quarantine", [_lost_quarantine(reading) for reading in lost])
        _insert(connection, "source", [_source_row(source, origins) for source in sources])
        _insert(connection, "run", [asdict(run) for run in runs])
        _apply(connection, settled)
        if warehouse is not None:
            load_previous(connection, warehouse, program_digest())


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` with all its tables, empty."""
    connection.execute("create schema raw")
    for name, schema in {**TABLES, **_OWN}.items():
        connection.register("empty", schema.empty_table())
        connection.execute(f'create table raw."{name}" as from empty')
        connection.unregister("empty")


def _apply(connection: duckdb.DuckDBPyConnection, settled: Settled) -> None:
    """Put what people decided in the place of what was read, and out of the quarantine."""
    _insert(connection, "decision", settled.decisions)
    _update(connection, "document", "document_id", _SETTLED_DOCUMENTS, settled.documents)
    _update(connection, "document", "document_id", _INHERITED, settled.inherited)
    fields = [field for row in settled.inherited for field in row["folder_identity"]]
    _insert(connection, "folder_identity", fields)
    _update(connection, "table", "table_id", _SETTLED_TABLES, settled.tables)
    _update(connection, "cell", "cell_id", _SETTLED_CELLS, settled.cells)
    _release(connection, "cell_id", [r for r in settled.cells if r["quarantine_reason"] is None])
    for document in settled.documents:
        missing = ", ".join(document["missing"])
        connection.execute(
            "update raw.quarantine set detail = ?"
            " where document_id = ? and reason = 'identity_uncertain'",
            [f"not certain: {missing}; the rest is decided", document["document_id"]],
        )
    released = [{"document_id": document_id} for document_id in sorted(settled.released)]
    _release(connection, "document_id", released, "and reason = 'identity_uncertain'")


def _release(
    connection: duckdb.DuckDBPyConnection, key: str, rows: Sequence[dict[str, Any]], more: str = ""
) -> None:
    if not rows:
        return
    connection.register("released", _arrow(rows, [TABLES["quarantine"].field(key)]))
    connection.execute(
        f"delete from raw.quarantine where {key} in (select {key} from released) {more}"
    )
    connection.unregister("released")


def _update(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    key: str,
    columns: Sequence[str],
    rows: Sequence[dict[str, Any]],
) -> None:
    if not rows:
        return
    schema = TABLES[name]
    connection.register("settled", _arrow(rows, [schema.field(c) for c in (key, *columns)]))
    assignments = ", ".join(f'"{column}" = settled."{column}"' for column in columns)
    connection.execute(
        f'update raw."{name}" as landed set {assignments} from settled'
        f" where landed.{key} = settled.{key}"
    )
    connection.unregister("settled")


def finish_run(path: Path, run_id: str, finished_at: datetime) -> None:
    """Write the time of publication into the run of the candidate."""
    with duckdb.connect(str(path)) as connection:
        for table in ("raw.run", "audit.run"):
            connection.execute(
                f"update {table} set finished_at = ? where run_id = ?", [finished_at, run_id]
            )


def _parquet_files(landed: Sequence["Landed"], name: str) -> Iterator[list[str]]:
    files = [str(document.directory / f"{name}.parquet") for document in landed]
    for start in range(0, len(files), _FILES_AT_ONCE):
        yield files[start : start + _FILES_AT_ONCE]


def _insert(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[dict[str, Any]]
) -> None:
    if not rows:
        return
    schema = {**TABLES, **_OWN}[name]
    connection.register("rows_to_insert", _arrow(rows, schema))
    connection.execute(f'insert into raw."{name}" by name from rows_to_insert')
    connection.unregister("rows_to_insert")


def _arrow(rows: Sequence[dict[str, Any]], fields: Iterable[pa.Field]) -> pa.Table:
    return pa.table(
        {
            field.name: pa.array([row.get(field.name) for row in rows], field.type)
            for field in fields
        }
    )


def _source_row(source: SourceFile, origins: Mapping[str, Origin]) -> dict[str, Any]:
    origin = origins.get(source.relative_path, Origin())
    return {
        "document_id": source.document_id,
        "file_name": source.name,
        "file_path": source.relative_path,
        "source_url": origin.source_url,
        "published_on": origin.published_on,
    }


def _lost_document(reading: Reading) -> dict[str, Any]:
    source = reading.source
    return {
        "document_id": source.document_id,
        "sha256": source.sha256,
        "media_type": MEDIA_TYPES[source.path.suffix.lower()],
        "byte_size": source.path.stat().st_size,
        "status": "quarantined",
    }


def _lost_quarantine(reading: Reading) -> dict[str, Any]:
    return {
        "document_id": reading.source.document_id,
        "reason": reading.reason,
        "detail": reading.detail,
    }

"""Copies of landed documents with one thing changed in each, in one candidate that is judged once.

Every copy is a document, an agency and a disclosure of its own, so that copies say nothing about
each other. Hundreds of them cost one run of the models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from extract.schema import TABLES, Record
from gongkai.workspace import Workspace

_COPIED = {"document": "true", "page": "true", "table": "true", "cell": "role = 'amount'"}
_COPIED |= {"form": "true", "indicator": "true", "statement": "true", "quarantine": "true"}
_COPIED |= {"remark": "true"}
"""Tables of schema `raw` that a copy needs, and the rows of them."""

_IDS = (
    "document_id",
    "table_id",
    "cell_id",
    "form_id",
    "indicator_id",
    "statement_id",
    "remark_id",
)
_KEYS = {"cell": "cell_id", "statement": "statement_id"}


@dataclass(frozen=True)
class Copy:
    """What a copy is: whole documents, less the ``replaced`` rows of a table, plus ``rows``.

    ``table`` is `cell` or `statement`; ``rows`` are rows of it, with the ids of the originals.
    """

    document_ids: tuple[str, ...]
    table: str
    replaced: tuple[str, ...]
    rows: tuple[Record, ...]


def name_of_copy(original_id: str, number: int) -> str:
    """The id that a document, a cell or a statement has in the copy of a number."""
    return f"{original_id}#{number}"


def write_copies(originals: Workspace, target: Workspace, copies: Sequence[Copy]) -> None:
    """Fill the candidate of ``target`` with copies of ``originals``, numbered from 0."""
    with duckdb.connect(str(target.candidate)) as connection:
        connection.execute(f"attach '{originals.candidate}' as originals (read_only)")
        connection.execute("create schema raw")
        tables = connection.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'originals' and schema_name = 'raw'"
        ).fetchall()
        for (name,) in tables:
            connection.execute(f'create table raw."{name}" as from originals.raw."{name}" limit 0')
        connection.execute("insert into raw.run from originals.raw.run")
        _register(connection, "copies", _copied(copies))
        for name, condition in _COPIED.items():
            changed = [(number, copy) for number, copy in enumerate(copies) if copy.table == name]
            if changed:
                _register(connection, f"replaced_{name}", _replaced(name, changed))
            connection.execute(_copy(name, condition, bool(changed)))
            if changed:
                _register(connection, f"new_{name}", _new_rows(name, changed))
                connection.execute(
                    f'insert into raw."{name}" by name'
                    f" select {_columns(name, f'new_{name}', 'copy_no')} from new_{name}"
                )


def _register(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("rows_given", rows)
    connection.execute(f"create temporary table {name} as from rows_given")
    connection.unregister("rows_given")


def _copied(copies: Sequence[Copy]) -> pa.Table:
    pairs = [(one, number) for number, copy in enumerate(copies) for one in copy.document_ids]
    return pa.table(
        {
            "document_id": pa.array([document for document, _ in pairs], pa.string()),
            "copy_no": pa.array([number for _, number in pairs], pa.int32()),
        }
    )


def _replaced(name: str, changed: Sequence[tuple[int, Copy]]) -> pa.Table:
    pairs = [(one, number) for number, copy in changed for one in copy.replaced]
    return pa.table(
        {
            _KEYS[name]: pa.array([one for one, _ in pairs], pa.string()),
            "copy_no": pa.array([number for _, number in pairs], pa.int32()),
        }
    )


def _new_rows(name: str, changed: Sequence[tuple[int, Copy]]) -> pa.Table:
    rows = [row | {"copy_no": number} for number, copy in changed for row in copy.rows]
    return pa.Table.from_pylist(rows, TABLES[name].append(pa.field("copy_no", pa.int32())))


def _copy(name: str, condition: str, changed: bool) -> str:
    unchanged = f" anti join replaced_{name} using ({_KEYS[name]}, copy_no)" if changed else ""
    return (
        f'insert into raw."{name}" by name select {_columns(name, "one")} from'
        f' (select * from originals.raw."{name}" where {condition}) as one'
        f" inner join copies using (document_id){unchanged}"
    )


def _columns(name: str, source: str, left_out: str = "") -> str:
    """The columns of a table, with every id and the agency made those of the copy."""
    told_apart = [one for one in TABLES[name].names if one in _IDS]
    changes = [f"{source}.{one} || '#' || copy_no as {one}" for one in told_apart]
    if name == "document":
        changes.append(f"concat({source}.agency_name, copy_no) as agency_name")
    exclude = f" exclude ({left_out})" if left_out else ""
    return f"{source}.*{exclude} replace ({', '.join(changes)})"

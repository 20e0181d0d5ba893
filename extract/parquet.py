"""A Parquet set on disk: one file for each table, of the rows of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.cells import CellRow
from extract.schema import TABLES, Record

Columns = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Rows:
    """The rows of a document: records by their table, and its cells."""

    records: Mapping[str, Iterable[Record]]
    cells: Sequence[CellRow] = ()


def write_set(rows: Rows, directory: Path) -> None:
    """Write all tables into ``directory``; those without rows as well."""
    for name, schema in TABLES.items():
        if name == "cell":
            columns = _cell_columns(rows.cells, len(schema))
        else:
            columns = _columns(rows.records.get(name, ()), schema.names)
        written = _to_bytes(columns, schema) if columns else _empty(name)
        (directory / f"{name}.parquet").write_bytes(written)


def _columns(rows: Iterable[Record], names: Sequence[str]) -> Columns:
    return list(zip(*[map(row.get, names) for row in rows], strict=True))


def _cell_columns(rows: Sequence[CellRow], count: int) -> Columns:
    """The columns of cells; those of figures and words are filled where a cell has any."""
    columns: list[Sequence[object]] = list(zip(*[place for place, _ in rows], strict=True))
    at = [number for number, (_, rest) in enumerate(rows) if rest is not None]
    for values in zip(*[rest for _, rest in rows if rest is not None], strict=True):
        column: list[object] = [None] * len(rows)
        for number, value in zip(at, values, strict=True):
            column[number] = value
        columns.append(column)
    if rows and not at:
        columns += [[None] * len(rows)] * (count - len(columns))
    return columns


def _column(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    """Values as a column; many columns are the same in every row of a document, or empty."""
    first = values[0]
    if values[-1] != first or values.count(first) < len(values):
        return pa.array(values, type=kind)
    return pa.repeat(pa.scalar(first, kind), len(values))


def _to_bytes(columns: Columns, schema: pa.Schema) -> bytes:
    arrays = [_column(*one) for one in zip(columns, schema.types, strict=True)]
    return _to_file(pa.Table.from_arrays(arrays, schema=schema))


@cache
def _empty(name: str) -> bytes:
    """The file of a table without rows."""
    return _to_file(TABLES[name].empty_table())


def _to_file(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, use_dictionary=False, write_statistics=False)
    return bytes(sink.getvalue())

"""The tables of a published file as its own catalogue tells them, with the promises that hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from publish.promises import NOTHING_PROMISED, Promises

SCHEMAS = ("core", "marts", "audit", "meta")
"""The schemas that the contract promises to users; `raw` is exported on request."""

RAW = "raw"
"""What the readers landed; no model makes its tables, so nothing is promised of them."""


@dataclass(frozen=True)
class Column:
    """A column; ``data_type`` in DuckDB's words.

    ``required``: no row has NULL. ``has_blanks``: some row has an empty text. ``words``: the
    closed list of its values, empty where there is none.
    """

    name: str
    data_type: str
    comment: str
    required: bool = False
    has_blanks: bool = False
    unique: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Tell whether it holds text."""
        return self.data_type == "VARCHAR"

    @property
    def is_list(self) -> bool:
        """Tell whether it holds lists."""
        return self.data_type.endswith("[]")


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values all stand in the column ``field`` of ``table`` (its full name)."""

    column: str
    table: str
    field: str


@dataclass(frozen=True)
class Table:
    """A table with its rows counted.

    ``key``: columns that no two rows share, NULL being a value; empty where none are known.
    """

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]
    rows: int
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def full_name(self) -> str:
        """Schema and name, as in queries: ``core.fct_income``."""
        return f"{self.schema}.{self.name}"

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The key where none of its columns may be NULL, else nothing."""
        required = {column.name for column in self.columns if column.required}
        return self.key if set(self.key) <= required else ()

    @property
    def order(self) -> str:
        """What puts its rows into one order: the key, or all columns where there is none."""
        names = self.key or tuple(column.name for column in self.columns)
        return ", ".join(f"{quoted(name)} nulls first" for name in names)


def quoted(name: str) -> str:
    """Quote an identifier, for DuckDB and for any other database."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Quote a text, for DuckDB and for any other database."""
    return "'" + str(text).replace("'", "''") + "'"


def place(database: str, table: Table) -> str:
    """Name a table of an attached database for a query."""
    return f"{quoted(database)}.{quoted(table.schema)}.{quoted(table.name)}"


def read_catalogue(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    schemas: Sequence[str],
    promises: Mapping[str, Promises],
) -> tuple[list[Table], list[str]]:
    """Read the tables and views of an attached database, in the order of ``schemas``, then names.

    Returns them with the promises that their rows keep, and a line for each promise that they do
    not: the file may be of another version than the models.
    """
    broken: list[str] = []
    plain = [
        _Known(table, promises.get(table.name if schema != RAW else "", NOTHING_PROMISED))
        for schema in schemas
        for table in _tables(connection, database, schema)
    ]
    checked = [_check(connection, database, known, broken) for known in plain]
    by_name = {table.name: table for table in checked if table.schema != RAW}
    return [
        _refer(connection, database, table, known.promises, by_name, broken)
        for table, known in zip(checked, plain, strict=True)
    ], broken


@dataclass(frozen=True)
class _Known:
    table: Table
    promises: Promises


def _tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[Table]:
    found = connection.execute(
        "select table_name, comment from duckdb_tables() where database_name = $1 and"
        " schema_name = $2 union all select view_name, comment from duckdb_views()"
        " where database_name = $1 and schema_name = $2 order by 1",
        [database, schema],
    ).fetchall()
    columns: dict[str, list[Column]] = {name: [] for name, _ in found}
    for table, column, data_type, nullable, comment in connection.execute(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where database_name = ? and schema_name = ? order by table_name, column_index",
        [database, schema],
    ).fetchall():
        columns[table].append(Column(column, data_type, comment or "", required=not nullable))
    return [Table(schema, name, comment or "", tuple(columns[name]), 0) for name, comment in found]


def _check(
    connection: duckdb.DuckDBPyConnection, database: str, known: _Known, broken: list[str]
) -> Table:
    """Count the rows, and keep of the promises on the table itself those that hold."""
    table, promises = known.table, known.promises
    names = {column.name for column in table.columns}
    keys = [key for key in promises.keys if set(key) <= names]
    counts = ["count(*)"]
    for column in table.columns:
        name = quoted(column.name)
        counts.append(f"count({name})")
        counts.append(f"count(*) filter ({name} = '')" if column.is_text else "0")
    for key in keys:
        listed = ", ".join(map(quoted, key))
        # in a combination NULL is a value; a single column may have it more than once
        counts.append(f"count(distinct {listed if len(key) == 1 else f'row({listed})'})")
    row = connection.execute(f"select {', '.join(counts)} from {place(database, table)}").fetchone()
    assert row is not None  # an aggregate has one row
    rows, measured = row[0], iter(row[1:])
    filled, columns = {}, []
    for column in table.columns:
        filled[column.name], blanks = next(measured), next(measured)
        promised = column.required or column.name in promises.required
        if promised and filled[column.name] < rows:
            broken.append(f"{table.full_name}: {column.name} has NULL")
        columns.append(
            replace(
                column,
                required=promised and filled[column.name] == rows,
                has_blanks=blanks > 0,
                words=_words(connection, database, table, column, promises, broken),
            )
        )
    held, unique = [], set()
    for key, distinct in zip(keys, measured, strict=True):
        if distinct == rows:
            held.append(key)
        if len(key) == 1 and distinct == filled[key[0]]:
            unique.add(key[0])
        elif distinct != rows:
            broken.append(f"{table.full_name}: {', '.join(key)} is not unique")
    columns = [replace(column, unique=column.name in unique) for column in columns]
    return replace(table, rows=rows, columns=tuple(columns), key=_best_key(held, columns))


def _best_key(held: Sequence[tuple[str, ...]], columns: Sequence[Column]) -> tuple[str, ...]:
    """Take the first key without NULL, single columns before combinations; else the first."""
    required = {column.name for column in columns if column.required}
    return next((key for key in held if set(key) <= required), held[0] if held else ())


def _words(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: Table,
    column: Column,
    promises: Promises,
    broken: list[str],
) -> tuple[str, ...]:
    words = promises.words.get(column.name, ())
    if not words or not column.is_text:
        return ()
    listed = ", ".join(map(literal, words))
    other = connection.execute(
        f"select count(*) from {place(database, table)}"
        f" where {quoted(column.name)} not in ({listed})"
    ).fetchone()
    if other == (0,):
        return words
    broken.append(f"{table.full_name}: {column.name} has other words than its list")
    return ()


def _refer(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: Table,
    promises: Promises,
    by_name: Mapping[str, Table],
    broken: list[str],
) -> Table:
    """Add the references to exported tables that hold."""
    names = {column.name for column in table.columns}
    foreign_keys = []
    for reference in promises.references:
        target = by_name.get(reference.model)
        if target is None or reference.column not in names:
            continue
        # only what a key tells is a reference for other databases
        if not any(c.name == reference.field and c.unique for c in target.columns):
            continue
        lost = connection.execute(
            f"select count(*) from {place(database, table)} as referring"
            f" where {quoted(reference.column)} is not null and not exists (select 1"
            f" from {place(database, target)} as referred where"
            f" referred.{quoted(reference.field)} = referring.{quoted(reference.column)})"
        ).fetchone()
        if lost == (0,):
            foreign_keys.append(ForeignKey(reference.column, target.full_name, reference.field))
        else:
            broken.append(f"{table.full_name}: {reference.column} is not in {target.full_name}")
    return replace(table, foreign_keys=tuple(foreign_keys))

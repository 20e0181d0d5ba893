"""The tables as SQL that SQLite and PostgreSQL take as it is: `schema.sql`, then `data.sql`.

Databases differ in what a schema is, so a table is named by both: `core_fct_income`.
"""

import re
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TextIO

import duckdb

from expectations.visible import one_line
from publish.catalogue import Column, ForeignKey, Table, literal, quoted
from publish.errors import PublicationError
from publish.written import Row, text_rows

_ROWS_OF_A_STATEMENT = 200
_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "FLOAT": "double precision",
    "DOUBLE": "double precision",
    "TINYINT": "smallint",
    "UTINYINT": "smallint",
    "SMALLINT": "smallint",
    "USMALLINT": "integer",
    "INTEGER": "integer",
    "UINTEGER": "bigint",
    "BIGINT": "bigint",
    "UBIGINT": "numeric(20, 0)",
    "HUGEINT": "numeric(39, 0)",
}
_DECIMAL = re.compile(r"DECIMAL\(([0-9]+),([0-9]+)\)")
_BARE = re.compile(r"(DECIMAL|.*INT|BOOLEAN)")


def write_schema(path: Path, tables: Sequence[Table], head: str) -> None:
    """Write the tables with their keys and references; ``head`` becomes a comment of one line.

    Raises PublicationError for a type that has no equal there.
    """
    parts = [f"-- {one_line(head)}\n"]
    parts += [_create(table, references) for table, references in _in_order(tables)]
    path.write_text("\n".join(parts), encoding="utf-8")


def open_data(file: TextIO) -> None:
    """Begin `data.sql`: one transaction, so that it is loaded as a whole or not at all."""
    file.write("begin;\n")


def write_data(
    file: TextIO, connection: duckdb.DuckDBPyConnection, database: str, table: Table
) -> None:
    """Add the rows of a table to `data.sql`."""
    names = ", ".join(quoted(column.name) for column in table.columns)
    begin = f"insert into {quoted(flat_name(table.full_name))} ({names}) values\n"
    bare = [_BARE.match(column.data_type) is not None for column in table.columns]
    separator = begin
    for number, row in enumerate(text_rows(connection, database, table), start=1):
        file.write(separator + _values(row, bare))
        separator = ",\n"
        if number % _ROWS_OF_A_STATEMENT == 0:
            file.write(";\n")
            separator = begin
    if separator != begin:
        file.write(";\n")


def close_data(file: TextIO) -> None:
    """End `data.sql`; references are checked here."""
    file.write("commit;\n")


def flat_name(full_name: str) -> str:
    """Name a table in a database without schemas.

    >>> flat_name("core.fct_income")
    'core_fct_income'
    """
    return full_name.replace(".", "_", 1)


def sql_type(table: Table, column: Column) -> str:
    """Name the type of a column in standard SQL; lists become JSON in a text.

    Raises PublicationError for a type that has no equal there.
    """
    if column.is_list:
        return "text"
    if found := _DECIMAL.fullmatch(column.data_type):
        return f"numeric({found[1]}, {found[2]})"
    if column.data_type in _TYPES:
        return _TYPES[column.data_type]
    raise PublicationError(
        f"{table.full_name}.{column.name} has type {column.data_type}, which an export cannot hold"
    )


def _create(table: Table, references: Sequence[ForeignKey]) -> str:
    lines = []
    for column in table.columns:
        words = [quoted(column.name), sql_type(table, column)]
        if column.required:
            words.append("not null")
        if column.unique and table.primary_key != (column.name,):
            words.append("unique")
        lines.append((" ".join(words), column.comment))
    if table.primary_key:
        lines.append((f"primary key ({_names(table.primary_key)})", ""))
    for reference in references:
        target = f"{quoted(flat_name(reference.table))} ({quoted(reference.field)})"
        lines.append(
            (
                f"foreign key ({quoted(reference.column)}) references {target}"
                " deferrable initially deferred",
                "",
            )
        )
    body = []
    for number, (text, comment) in enumerate(lines, start=1):
        comma = "," if number < len(lines) else ""
        body.append(f"    {text}{comma}" + (f" -- {one_line(comment)}" if comment else ""))
    name = quoted(flat_name(table.full_name))
    head = f"-- {one_line(table.comment or table.full_name)}"
    return "\n".join([head, f"create table {name} (", *body, ");", ""])


def _in_order(tables: Sequence[Table]) -> Iterator[tuple[Table, list[ForeignKey]]]:
    """Put what is referred to first; a reference that runs in a circle is left out."""
    by_name = {table.full_name: table for table in tables}
    kept = {
        table.full_name: [key for key in table.foreign_keys if key.table in by_name]
        for table in tables
    }
    while True:
        graph = {
            # not as sets, whose order differs from run to run
            name: sorted(key.table for key in keys if key.table != name)
            for name, keys in kept.items()
        }
        try:
            order = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            # graphlib gives the circle with each name before the one that refers to it
            first, second = error.args[1][:2]
            kept[second] = [key for key in kept[second] if key.table != first]
            continue
        for name in order:
            yield by_name[name], kept[name]
        return


def _values(row: Row, bare: Sequence[bool]) -> str:
    cells = []
    for text, is_bare in zip(row, bare, strict=True):
        if text is None:
            cells.append("null")
        elif is_bare:
            cells.append(text)
        else:
            # PostgreSQL has no NUL in a text
            cells.append(literal(text.replace("\0", "\N{SYMBOL FOR NULL}")))
    return f"({', '.join(cells)})"


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))

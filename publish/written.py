"""Rows as text, for files that know nothing but text: exact decimals, ISO dates, lists as JSON."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from expectations.visible import visible
from publish.catalogue import Column, Table, place, quoted

_ROWS_AT_ONCE = 10_000
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[-+－＋]?[0-9０-９][0-9０-９.,．，]*[%％]?")

Row = tuple[str | None, ...]


def text_rows(connection: duckdb.DuckDBPyConnection, database: str, table: Table) -> Iterator[Row]:
    """Read a table in the order of its key, every value as text and NULL as None."""
    chosen = ", ".join(_as_text(column) for column in table.columns)
    result = connection.execute(
        f"select {chosen} from {place(database, table)} order by {table.order}"
    )
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _as_text(column: Column) -> str:
    name = quoted(column.name)
    if column.is_text:
        return name
    if column.is_list:
        return f"cast(to_json({name}) as varchar)"
    # a decimal keeps its digits, a date is ISO, a boolean `true` or `false`
    return f"cast({name} as varchar)"


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> Counter[str]:
    """Write a CSV file as RFC 4180 has it, in UTF-8, NULL as an empty field.

    What a spreadsheet would take for a formula, and characters that act instead of being seen,
    are written as ``cell_text`` tells. Returns how many cells of which column differ by that.
    """
    acting = [i for i, column in enumerate(columns) if column.is_text or column.is_list]
    times = [i for i, column in enumerate(columns) if column.data_type == "TIMESTAMP"]
    changed: Counter[str] = Counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for row in rows:
            cells = list(row)
            for i in acting:
                text = row[i]
                if text is not None and (shown := cell_text(text)) != text:
                    cells[i] = shown
                    changed[columns[i].name] += 1
            for i in times:
                text = row[i]
                cells[i] = text and f"{text.replace(' ', 'T')}Z"
            writer.writerow(cells)
    return changed


def cell_text(text: str) -> str:
    r"""Make a text safe for a spreadsheet or a terminal; one that acts nowhere stays as it is.

    A spreadsheet runs what begins with ``=``, ``+``, ``-``, ``@`` (also in full width) or with a
    tab or a line break: such a text gets an apostrophe in front. One that has both, apostrophes
    and such a sign, gets one more, so taking one away always gives the text back. A plain number
    and a sign that stands alone do nothing and stay. Control characters and marks that turn the
    direction of writing are written by their names.

    >>> cell_text("=1+1"), cell_text("-1,234.50"), cell_text("-"), cell_text("1\u202e2")
    ("'=1+1", '-1,234.50', '-', '1[U+202E]2')
    """
    shown = visible(text)
    if len(text) > 1 and _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{shown}"
    return shown

"""From any figure to its print: mart → fact → cell → page, for one id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from review.errors import ReviewError
from review.excerpt import Printed, as_printed
from review.picture_facts import read_personal_areas, read_turned_pages
from review.rows import PersonalArea
from review.visible import amount, one_line
from review.warehouse import read_text

_READINGS = {
    "printed": "as it stands there",
    "resolved": "settled by evidence, see audit.cell_resolution",
    "confirmed": "a person decided, see audit.decision",
}
_CODES = ("function_code", "department_economic_code", "government_economic_code")


@dataclass(frozen=True)
class Spot:
    """Where a figure is printed: a cell or a line (``kind``), with what is known of it.

    The box is in points from the upper left corner of the page, or in lines of a text.
    """

    kind: str
    place_id: str
    document_id: str
    files: list[str]
    sha256: str
    page_number: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    page_width: float | None
    page_height: float | None
    text: str
    described: str
    reading: str | None
    amount_yuan: Decimal | None


@dataclass(frozen=True)
class Fact:
    """A figure of a fact that comes from the place; ``figure`` is the column that has it."""

    table: str
    fact_id: str
    figure: str
    disclosure_id: str
    amount_yuan: Decimal | None
    is_current: bool
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A column of a mart row that has the amount of a fact, or that adds it up."""

    table: str
    column: str
    key: str
    amount_yuan: Decimal | None
    how: str


@dataclass(frozen=True)
class Chain:
    """All of it, with the lines of a text or the personal areas of a page for its picture."""

    spot: Spot
    facts: list[Fact]
    answers: list[Answer]
    lines: list[Printed]
    personal: list[PersonalArea]
    turns: int | None = None


def follow(connection: duckdb.DuckDBPyConnection, wanted: str) -> Chain:
    """Follow a cell_id, a line_id or the key of a fact to its print.

    A fact with several places (shares reserved, amounts of a project) is followed to its own.
    Raises ReviewError when no cell, line or fact has the id.
    """
    places = connection.execute(
        "select coalesce(cell_id, line_id) from audit.fact_place where fact_id = ?"
        " and coalesce(cell_id, line_id) is not null order by fact_table, place_no limit 1",
        [wanted],
    ).fetchone()
    place = str(places[0]) if places else wanted
    spot = _cell(connection, place) or _line(connection, place)
    if spot is None:
        raise ReviewError(
            f"no cell, line or fact has the id {one_line(wanted)[:80]!r};"
            " ids stand in the columns cell_id, line_id and the keys of the facts"
        )
    facts = _facts(connection, place)
    return Chain(
        spot=spot,
        facts=facts,
        # rows of a mart that have no key of their own to show say the same
        answers=list(
            dict.fromkeys(answer for fact in facts for answer in _answers(connection, fact))
        ),
        lines=_text(connection, spot),
        personal=[
            area
            for area in read_personal_areas(connection)
            if (area.document_id, area.page_number) == (spot.document_id, spot.page_number)
        ],
        turns=read_turned_pages(connection).get((spot.document_id, spot.page_number or 0)),
    )


def chain_lines(chain: Chain) -> Iterator[str]:
    """Say the chain line by line, for a terminal: nothing that a document prints acts on it."""
    for answer in chain.answers:
        yield f"mart  {answer.table}: {answer.column} {amount(answer.amount_yuan)} yuan"
        yield f"      {answer.how}; row {one_line(answer.key)}"
    for fact in chain.facts:
        said = f" {amount(fact.amount_yuan)} yuan" if fact.amount_yuan is not None else ""
        current = "" if fact.is_current else ", not current"
        yield f"fact  core.{fact.table} {fact.fact_id}: {fact.figure}{said}{current}"
    if not chain.facts:
        yield "fact  none comes from here"
    spot = chain.spot
    yield f"{spot.kind}  {spot.place_id}: {one_line(spot.described)}"
    yield f"      printed {one_line(spot.text)[:200]!r}"
    if spot.reading:
        yield f"      reading: {spot.reading} ({_READINGS.get(spot.reading, 'as the cell says')})"
    if spot.amount_yuan is not None:
        yield f"      {amount(spot.amount_yuan)} yuan"
    where = f"page {spot.page_number}" if spot.page_number else "a document without pages"
    yield f"page  {one_line(', '.join(spot.files))}: {where}"
    if spot.page_number and spot.x0 is not None:
        box = " ".join(f"{side:.1f}" for side in (spot.x0, spot.y0, spot.x1, spot.y1) if side)
        yield f"      box {box} of {spot.page_width:.1f} x {spot.page_height:.1f} points"


def _cell(connection: duckdb.DuckDBPyConnection, cell_id: str) -> Spot | None:
    rows = _dictionaries(
        connection,
        """
        select trace.*, document.sha256
        from trace($1) as trace
        inner join raw.document as document on trace.document_id = document.document_id
        """,
        [cell_id],
    )
    if not rows:
        return None
    row = rows[0]
    table = row["table_title"] or row["table_kind"]
    labels = f" ({row['row_label']})" if row["row_label"] else ""
    column = f" ({row['column_label']})" if row["column_label"] else ""
    return _spot(
        row,
        "cell",
        row["cell_id"],
        f"table {row['table_no']} {table}, row {row['row_no']}{labels},"
        f" column {row['column_no']}{column}",
    )


def _line(connection: duckdb.DuckDBPyConnection, line_id: str) -> Spot | None:
    rows = _dictionaries(
        connection,
        """
        select
            line.*, document.sha256, page.width as page_width, page.height as page_height,
            cast(null as varchar) as reading, cast(null as decimal(18, 2)) as amount_yuan,
            (select list(file_path order by file_path) from raw.source as source
                where source.document_id = line.document_id) as file_names
        from raw.line as line
        inner join raw.document as document on line.document_id = document.document_id
        left join raw.page as page
            on line.document_id = page.document_id and line.page_number = page.page_number
        where line.line_id = $1
        """,
        [line_id],
    )
    if not rows:
        return None
    return _spot(rows[0], "line", rows[0]["line_id"], f"line {rows[0]['line_no']} as landed")


def _spot(row: Mapping[str, Any], kind: str, place_id: str, described: str) -> Spot:
    return Spot(
        kind=kind,
        place_id=place_id,
        document_id=row["document_id"],
        files=row["file_names"] or [],
        sha256=row["sha256"],
        page_number=row["page_number"],
        x0=row["x0"],
        y0=row["y0"],
        x1=row["x1"],
        y1=row["y1"],
        page_width=row["page_width"],
        page_height=row["page_height"],
        text=row["text"] or "",
        described=described,
        reading=row["reading"],
        amount_yuan=row["amount_yuan"],
    )


def _facts(connection: duckdb.DuckDBPyConnection, place: str) -> list[Fact]:
    found = _dictionaries(
        connection,
        "select * from audit.fact_place where cell_id = $1 or line_id = $1"
        " order by fact_table, fact_id, place_no",
        [place],
    )
    return [
        Fact(
            row["fact_table"],
            row["fact_id"],
            row["figure"],
            row["disclosure_id"],
            row["amount_yuan"],
            row["is_current"],
            _codes(connection, row["fact_table"], row["fact_id"]),
        )
        for row in found
    ]


def _codes(connection: duckdb.DuckDBPyConnection, table: str, fact_id: str) -> tuple[str, ...]:
    """The classes of an expenditure: marts add it up by them, and nothing else."""
    if not table.startswith("fct_expenditure_"):
        return ()
    key = _columns(connection, "core", table)[0]
    rows = _dictionaries(connection, f'select * from core."{table}" where "{key}" = $1', [fact_id])
    return tuple(str(row[code]) for row in rows for code in _CODES if row.get(code))


def _answers(connection: duckdb.DuckDBPyConnection, fact: Fact) -> Iterator[Answer]:
    """Mart rows of the fact's disclosure with its amount, or with a class that its code is in."""
    if fact.amount_yuan is None or not fact.is_current:
        return
    marts = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
    ).fetchall()
    for (table,) in marts:
        columns = _columns(connection, "marts", table)
        if "disclosure_id" not in columns:
            continue
        rows = _dictionaries(
            connection,
            f'select * from marts."{table}" where disclosure_id = $1',
            [fact.disclosure_id],
        )
        for row in rows:
            yield from _answers_of(f"marts.{table}", row, fact)


def _answers_of(table: str, row: Mapping[str, Any], fact: Fact) -> Iterator[Answer]:
    key = ", ".join(
        str(row[column]) for column in ("dimension", "code", "name", "fund") if row.get(column)
    )
    code = str(row.get("code") or "")
    if code and not any(own.startswith(code) for own in fact.codes):
        return
    for column, value in row.items():
        if not column.endswith("_yuan") or value is None:
            continue
        if value == fact.amount_yuan:
            yield Answer(table, column, key or fact.disclosure_id, value, "has this amount")
        elif code and column == "amount_yuan":
            yield Answer(table, column, key, value, "is about a class that this one is in")


def _text(connection: duckdb.DuckDBPyConnection, spot: Spot) -> list[Printed]:
    if spot.page_number is not None:
        return []
    return [as_printed(part) for part in read_text(connection, spot.document_id)]


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
        " order by column_index",
        [schema, table],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _dictionaries(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]
) -> list[dict[str, Any]]:
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

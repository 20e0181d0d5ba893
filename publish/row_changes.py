"""What differs from an earlier publication, row by row, in every table of an export.

The earlier one is an export of it, or its file. Rows are the same when their key is; a table
without a key, or whose key named several rows of the earlier one, is compared by whole rows, which
are counted and not listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from publish.catalogue import Column, Table, literal, place, quoted
from publish.earlier import BEFORE, Earlier

_OF_THE_BUILD = ("audit.change", "audit.run", "audit.validation", "meta.publication")
"""Tables about the publication itself: they differ every time."""

CHANGES = Table(
    schema="export",
    name="changes",
    comment=(
        "One row per row that was added or is gone, and per value that changed (变动), against the"
        " publication named in `since`; rows of tables without a key are counted in `rows`."
    ),
    columns=(
        Column("since", "VARCHAR", "Id of the earlier publication.", required=True),
        Column("table", "VARCHAR", "Table with its schema.", required=True),
        Column(
            "kind",
            "VARCHAR",
            "What happened.",
            required=True,
            words=("added", "changed", "gone"),
        ),
        Column("key", "VARCHAR", "Key of the row, as JSON; empty where the table has none."),
        Column("column", "VARCHAR", "The column whose value changed; empty for whole rows."),
        Column("before", "VARCHAR", "Its value in the earlier publication."),
        Column("after", "VARCHAR", "Its value now."),
        Column("reason", "VARCHAR", "Why: words of docs/changes.md and docs/export.md."),
        Column("document_id", "VARCHAR", "Document that the row is from, where it is from one."),
        Column("rows", "BIGINT", "Number of rows: 1 where the table has a key.", required=True),
    ),
    rows=0,
)


_LISTED = f"memory.{CHANGES.full_name}"


@dataclass(frozen=True)
class TableChange:
    """How many rows of a table differ, and why."""

    table: str
    rows_before: int
    rows_now: int
    added: int
    changed: int
    gone: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RowChanges:
    """What differs from the publication ``since``, by table.

    ``columns``: columns and tables that only one of the two has, a line each.
    """

    since: str
    tables: tuple[TableChange, ...]
    columns: tuple[str, ...]


def compare(
    connection: duckdb.DuckDBPyConnection, database: str, tables: Sequence[Table], earlier: Earlier
) -> RowChanges:
    """Compare the tables with the earlier publication; the rows lie in table ``CHANGES``.

    It is in the memory of the connection. Only tables of both publications
    are compared row by row; a table that only one of them has is named in ``columns``.
    """
    columns = ", ".join(f"{quoted(c.name)} {c.data_type}" for c in CHANGES.columns)
    connection.execute(f"create schema memory.{CHANGES.schema}")
    connection.execute(f"create table {_LISTED} ({columns}, disclosure_id varchar)")
    compared = [table for table in tables if table.full_name in earlier.tables]
    drift = [f"{t.full_name}: new table" for t in tables if t.full_name not in earlier.tables]
    schemas = {table.schema for table in tables}
    now = {table.full_name for table in tables}
    drift += [
        f"{name}: table gone"
        for name in sorted(earlier.tables - now)
        if name.split(".", 1)[0] in schemas
    ]
    for table in compared:
        names = _columns(connection, table)
        own = [column.name for column in table.columns]
        drift += [f"{table.full_name}.{name}: new column" for name in own if name not in names]
        drift += [f"{table.full_name}.{name}: column gone" for name in names if name not in own]
        shared = [name for name in own if name in names]
        if table.key and set(table.key) <= set(shared) and _was_key(connection, table):
            _compare_by_key(connection, database, table, shared, earlier)
        else:
            _compare_whole(connection, database, table, shared, earlier)
    _explain(connection, database, earlier)
    counted = [_count(connection, database, table) for table in compared]
    return RowChanges(earlier.publication_id, tuple(counted), tuple(drift))


def _columns(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = ? and schema_name = ?"
        " and table_name = ? order by column_index",
        [BEFORE, table.schema, table.name],
    ).fetchall()
    return [name for (name,) in rows]


def _was_key(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Whether the key told the rows of the earlier table apart, too: models may have changed."""
    key = ", ".join(map(quoted, table.key))
    twice = f"select 1 from {place(BEFORE, table)} group by {key} having count(*) > 1 limit 1"
    return not connection.execute(twice).fetchall()


def _compare_by_key(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: Table,
    shared: Sequence[str],
    earlier: Earlier,
) -> None:
    joined = " and ".join(
        f"now.{quoted(name)} is not distinct from before.{quoted(name)}" for name in table.key
    )
    key = ", ".join(
        f"{literal(name)}, coalesce(cast(now.{quoted(name)} as varchar),"
        f" cast(before.{quoted(name)} as varchar))"
        for name in table.key
    )
    pairs = ", ".join(
        f"{{'name': {literal(name)}, 'before': cast(before.{quoted(name)} as varchar),"
        f" 'after': cast(now.{quoted(name)} as varchar)}}"
        for name in shared
        if name not in table.key
    )
    connection.execute(
        f"""
        insert into {_LISTED} by name
        with joined as (
            select
                now.is_there as is_now,
                before.is_there as is_before,
                json_object({key}) as key,
                list_filter(
                    [{pairs}], lambda pair: pair.before is distinct from pair.after
                ) as differing,
                {_either(shared, "document_id")} as document_id,
                {_either(shared, "disclosure_id")} as disclosure_id
            from (select *, true as is_there from {place(database, table)}) as now
            full outer join (select *, true as is_there from {place(BEFORE, table)}) as before
                on {joined}
        ),
        listed as (
            select
                case when is_before is null then 'added' else 'gone' end as kind,
                key, document_id, disclosure_id, null as column_name, null as before, null as after
            from joined
            where is_now is null or is_before is null
            union all by name
            select
                'changed' as kind, key, document_id, disclosure_id,
                pair.name as column_name, pair.before as before, pair.after as after
            from (
                select key, document_id, disclosure_id, unnest(differing) as pair
                from joined
                where is_now and is_before
            )
        )
        select
            ? as since, ? as "table", kind, cast(key as varchar) as key, column_name as "column",
            before, after, document_id, disclosure_id, 1 as "rows"
        from listed
        """,
        [earlier.publication_id, table.full_name],
    )


def _either(shared: Sequence[str], name: str) -> str:
    return f"coalesce(now.{name}, before.{name})" if name in shared else "cast(null as varchar)"


def _compare_whole(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: Table,
    shared: Sequence[str],
    earlier: Earlier,
) -> None:
    chosen = ", ".join(map(quoted, shared))
    sides = {
        "added": (place(database, table), place(BEFORE, table)),
        "gone": (place(BEFORE, table), place(database, table)),
    }
    document = "document_id" if "document_id" in shared else "cast(null as varchar)"
    for kind, (one, other) in sides.items():
        connection.execute(
            f'insert into {_LISTED} by name select ? as since, ? as "table", ? as kind,'
            f' {document} as document_id, count(*) as "rows" from (select {chosen} from {one}'
            f" except all select {chosen} from {other}) group by all having count(*) > 0",
            [earlier.publication_id, table.full_name, kind],
        )


def _explain(connection: duckdb.DuckDBPyConnection, database: str, earlier: Earlier) -> None:
    """Give every change its reason: of its document, of its disclosure, of the program."""
    reasons = _document_reasons(database, earlier)
    connection.execute(f"create temp table document_reason as {reasons}")
    connection.execute(
        f"""
        create temp table disclosure_reason as
        select held.disclosure_id, string_agg(distinct reason.reason, ' ' order by reason.reason)
            as reason
        from (
            select document_id, disclosure_id from {quoted(database)}.core.dim_document
            union select document_id, disclosure_id from {BEFORE}.core.dim_document
        ) as held
        inner join document_reason as reason on held.document_id = reason.document_id
        where held.disclosure_id is not null
        group by held.disclosure_id
        """
    )
    program = _program_changed(connection, database)
    fallback = (
        "'models_changed'"
        if program
        else (
            "case when exists (select 1 from document_reason) then 'follows' else 'unexplained' end"
        )
    )
    listed = ", ".join(map(literal, _OF_THE_BUILD))
    connection.execute(
        f"""
        update {_LISTED} as listed set reason = case
            when "table" in ({listed}) then 'publication'
            else coalesce(
                (select reason from document_reason as of_document
                where of_document.document_id = listed.document_id),
                (select reason from disclosure_reason as of_disclosure
                where of_disclosure.disclosure_id = listed.disclosure_id),
                {fallback}
            )
        end
        """
    )


def _document_reasons(database: str, earlier: Earlier) -> str:
    """Select a document and its reasons in words of `audit.change`, several with spaces between.

    Where the build compared with the same earlier publication, the reasons are what it found;
    else they are told from the documents alone.
    """
    if "core.dim_document" not in earlier.tables:
        return "select null::varchar as document_id, null::varchar as reason where false"
    return f"""
        with found as (
            select unnest([document_id, previous_document_id]) as document_id, reason
            from {quoted(database)}.audit.change
            where since = {literal(earlier.publication_id)}
        ),
        compared as (
            select
                coalesce(now.document_id, before.document_id) as document_id,
                case
                    when before.document_id is null then 'new_document'
                    when now.document_id is null then 'document_gone'
                    when now.reader_version is distinct from before.reader_version
                        then 'reader_changed'
                end as reason
            from {quoted(database)}.core.dim_document as now
            full outer join {BEFORE}.core.dim_document as before
                on now.document_id = before.document_id
            where not exists (select 1 from found)
        )
        select document_id, string_agg(distinct reason, ' ' order by reason) as reason
        from (select * from found union all select * from compared)
        where document_id is not null and reason is not null
        group by document_id
    """


def _program_changed(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    digests = []
    for side in (quoted(database), BEFORE):
        found = connection.execute(f"select * from {side}.meta.publication")
        names = [name for name, *_ in found.description or ()]
        row = found.fetchone() or ()
        digests.append(dict(zip(names, row, strict=False)).get("program_digest"))
    return digests[0] != digests[1]


def _count(connection: duckdb.DuckDBPyConnection, database: str, table: Table) -> TableChange:
    counted = dict(
        connection.execute(
            f"""
            select kind, sum("rows") from (
                -- a row with several values that changed is one row
                select distinct on (kind, key, coalesce(key, document_id)) kind, "rows"
                from {_LISTED} where "table" = ?
            ) group by kind
            """,
            [table.full_name],
        ).fetchall()
    )
    reasons = connection.execute(
        f"select distinct unnest(string_split(reason, ' ')) from {_LISTED}"
        ' where "table" = ? order by 1',
        [table.full_name],
    ).fetchall()
    before = connection.execute(f"select count(*) from {place(BEFORE, table)}").fetchone()
    return TableChange(
        table=table.full_name,
        rows_before=before[0] if before else 0,
        rows_now=table.rows,
        added=int(counted.get("added", 0)),
        changed=int(counted.get("changed", 0)),
        gone=int(counted.get("gone", 0)),
        reasons=tuple(reason for (reason,) in reasons),
    )

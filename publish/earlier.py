"""The publication that an export is compared with: an export of it, or its file."""

import glob
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from publish.catalogue import literal, quoted
from publish.checksums import SUMS, damaged_files
from publish.errors import PublicationError
from publish.published import read_published

BEFORE = "before"
"""The name under which the earlier publication is attached."""


@dataclass(frozen=True)
class Earlier:
    """The earlier publication, attached as ``BEFORE``; its tables by full name."""

    publication_id: str
    tables: frozenset[str]


def is_export(directory: Path) -> bool:
    """Tell whether a directory is an export."""
    return (directory / "publication.json").is_file() and (directory / SUMS).is_file()


def publication_of(directory: Path) -> dict[str, Any]:
    """Read what an export says of itself; empty where there is none."""
    if not is_export(directory):
        return {}
    try:
        described = json.loads((directory / "publication.json").read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return described if isinstance(described, dict) else {}


def find_earlier(target: Path, others: Iterable[Path], publication_id: str) -> Path | None:
    """Find the export to compare with: the one to be replaced, else the last of ``others``.

    Ids begin with the time of the build, so the order of ids is that of publications.
    """
    held = publication_of(target).get("publication_id")
    if held is not None and held != publication_id:
        return target
    ids = {path: str(publication_of(path).get("publication_id", "")) for path in others}
    before = [path for path, found in ids.items() if "" < found < publication_id]
    return max(before, key=lambda path: (ids[path], path), default=None)


def attach_earlier(connection: duckdb.DuckDBPyConnection, path: Path) -> Earlier:
    """Attach an earlier publication: the directory of an export, or a published file.

    Raises PublicationError when it is neither, or cannot be read.
    """
    if path.is_dir():
        return _attach_export(connection, path)
    published = read_published(path)
    if published is None:
        raise PublicationError(f"{path} does not exist; name an export or a published file")
    connection.execute(f"attach {literal(path)} as {BEFORE} (read_only)")
    return Earlier(published.publication_id, _tables(connection))


def _attach_export(connection: duckdb.DuckDBPyConnection, directory: Path) -> Earlier:
    if not is_export(directory):
        raise PublicationError(f"{directory} is not an export of gongkai")
    for name in damaged_files(directory):
        if name.startswith("data/"):
            raise PublicationError(
                f"the earlier export {directory} is damaged ({name} is not what was written);"
                " move it away or name another with --earlier"
            )
    connection.execute(f"attach ':memory:' as {BEFORE}")
    for file in sorted((directory / "data").glob("*.parquet")):
        schema, name = file.stem.split(".", 1)
        connection.execute(f"create schema if not exists {BEFORE}.{quoted(schema)}")
        escaped = glob.escape(str(file))
        connection.execute(
            f"create view {BEFORE}.{quoted(schema)}.{quoted(name)} as"
            f" select * from read_parquet({literal(escaped)})"
        )
    row = connection.execute(f"select publication_id from {BEFORE}.meta.publication").fetchone()
    if row is None:
        raise PublicationError(f"{directory} does not say which publication it is")
    return Earlier(row[0], _tables(connection))


def _tables(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    rows = connection.execute(
        "select distinct schema_name || '.' || table_name from duckdb_columns()"
        f" where database_name = '{BEFORE}'"
    ).fetchall()
    return frozenset(name for (name,) in rows)

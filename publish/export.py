"""A publication as files that need no DuckDB: Parquet, CSV, a data package, SQL, what changed.

    data/core.fct_income.parquet, .csv   every table of the exported schemas
    datapackage.json                     the CSV files, described
    schema.sql, data.sql                 the same for other databases
    changes.csv, CHANGES.md              against an earlier publication
    publication.json, README.md, SHA256SUMS

The published file is only read. The directory is written under another name and then put in the
place of an earlier export. The same publication, compared with the same earlier one, gives the
same bytes.
"""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from publish.catalogue import RAW, SCHEMAS, Table, literal, place, read_catalogue
from publish.checksums import SUMS, damaged_files, read_sums, sha256, write_sums
from publish.data_package import DataFile, Package, Source, package_text
from publish.earlier import attach_earlier, find_earlier, is_export, publication_of
from publish.errors import PublicationError
from publish.export_pages import changes_text, readme_text
from publish.promises import read_promises
from publish.publication import publications_directory
from publish.published import explain_failures, read_published
from publish.replacing import replace_directory
from publish.row_changes import CHANGES, RowChanges, compare
from publish.sql_dump import close_data, open_data, write_data, write_schema
from publish.written import text_rows, write_csv

DIRECTORY = "export"
"""Name of the default target, in the publication's directory."""

_NOW = "now"


@dataclass(frozen=True)
class ExportSettings:
    """What is exported and to where.

    ``target``: None for the directory of the publication beside the file. ``earlier``: an export
    or a published file to compare with; None for the export at the target, else the last one
    beside the file. ``with_raw``: schema `raw`, too.
    """

    warehouse: Path
    target: Path | None = None
    earlier: Path | None = None
    with_raw: bool = False


@dataclass(frozen=True)
class Exported:
    """What an export is. ``size`` in bytes.

    ``is_new``: false where it was there already. ``changed_cells``: cells of CSV files that are
    not the text itself. ``broken``: promises of the models that the rows do not keep.
    ``changes``: None where there was nothing to compare with.
    """

    directory: Path
    publication_id: str
    is_new: bool
    tables: int = 0
    rows: int = 0
    size: int = 0
    changed_cells: int = 0
    broken: tuple[str, ...] = ()
    changes: RowChanges | None = None


Report = Callable[[str, int, int], None]
"""Called for every table that is written: its name, its number, how many there are."""


def export_publication(settings: ExportSettings, report: Report) -> Exported:
    """Write an export.

    Raises PublicationError when there is no published file or it cannot be read, when the target
    is something else than an export, or cannot be written; OSError or duckdb.Error when the disk
    is full.
    """
    warehouse = settings.warehouse
    published = read_published(warehouse)
    if published is None:
        raise PublicationError(f"{warehouse} does not exist; build it: make build")
    with duckdb.connect() as connection:
        with explain_failures(warehouse):
            connection.execute(f"attach {literal(warehouse)} as {_NOW} (read_only)")
            package = _package(connection)
        # one thread writes the same bytes every time
        connection.execute("set threads = 1")
        area = publications_directory(warehouse)
        target = settings.target or area / package.publication_id / DIRECTORY
        schemas = (*SCHEMAS, RAW) if settings.with_raw else SCHEMAS
        if _is_there(target, package, schemas) and settings.earlier is None:
            return Exported(target, package.publication_id, is_new=False)
        earlier = settings.earlier or find_earlier(
            target, area.glob(f"*/{DIRECTORY}"), package.publication_id
        )
        with _replacing(target) as partial:
            spill = partial / ".spill"
            connection.execute(f"set temp_directory = {literal(spill)}")
            exported = _write(connection, partial, package, schemas, earlier, report)
            shutil.rmtree(spill, ignore_errors=True)
            size = write_sums(partial)
    return Exported(
        directory=target,
        publication_id=package.publication_id,
        is_new=True,
        tables=len(exported.files),
        rows=sum(file.table.rows for file in exported.files),
        size=size,
        changed_cells=sum(sum(file.changed.values()) for file in exported.files),
        broken=exported.broken,
        changes=exported.changes,
    )


@dataclass(frozen=True)
class _Written:
    files: list[DataFile]
    broken: tuple[str, ...]
    changes: RowChanges | None


def _package(connection: duckdb.DuckDBPyConnection) -> Package:
    rows = connection.execute(
        "select publication_id, contract_version, program_version, published_at"
        f" from {_NOW}.meta.publication"
    ).fetchall()
    if len(rows) != 1:
        raise PublicationError(f"meta.publication has {len(rows)} rows, expected 1")
    publication_id, contract_version, program_version, published_at = rows[0]
    sources = connection.execute(
        f"select file_name, document_id, source_url from {_NOW}.core.dim_document"
        " order by file_name, document_id"
    ).fetchall()
    return Package(
        publication_id=publication_id,
        contract_version=contract_version,
        program_version=program_version,
        created=published_at,
        sources=[Source(*row) for row in sources],
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    directory: Path,
    package: Package,
    schemas: Sequence[str],
    earlier: Path | None,
    report: Report,
) -> _Written:
    tables, broken = read_catalogue(connection, _NOW, schemas, read_promises())
    data = directory / "data"
    data.mkdir()
    head = f"gongkai, publication {package.publication_id}"
    write_schema(directory / "schema.sql", tables, head)
    files = []
    with (directory / "data.sql").open("w", encoding="utf-8", newline="\n") as dump:
        open_data(dump)
        for number, table in enumerate(tables, start=1):
            report(table.full_name, number, len(tables))
            _write_parquet(data / f"{table.full_name}.parquet", connection, table)
            path = data / f"{table.full_name}.csv"
            changed = write_csv(path, table.columns, text_rows(connection, _NOW, table))
            files.append(_data_file(directory, path, table, changed))
            write_data(dump, connection, _NOW, table)
        close_data(dump)
    changes = None
    if earlier is not None:
        with explain_failures(earlier):
            attached = attach_earlier(connection, earlier)
        changes = compare(connection, _NOW, tables, attached)
    path = directory / "changes.csv"
    changed = write_csv(path, CHANGES.columns, _change_rows(connection, changes))
    listed = [*files, _data_file(directory, path, CHANGES, changed)]
    texts = {
        "datapackage.json": package_text(package, listed),
        "publication.json": _publication_text(package, schemas, files, changes),
        "README.md": readme_text(package, files),
        "CHANGES.md": changes_text(package.publication_id, changes),
    }
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
    return _Written(files, tuple(broken), changes)


def _write_parquet(path: Path, connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.execute(
        f"copy (select * from {place(_NOW, table)} order by {table.order})"
        f" to {literal(path)} (format parquet, compression zstd)"
    )


def _change_rows(
    connection: duckdb.DuckDBPyConnection, changes: RowChanges | None
) -> Iterator[tuple[str | None, ...]]:
    if changes is None:
        return iter(())
    return text_rows(connection, "memory", CHANGES)


def _data_file(directory: Path, path: Path, table: Table, changed: Counter[str]) -> DataFile:
    return DataFile(
        table=table,
        path=path.relative_to(directory).as_posix(),
        size=path.stat().st_size,
        sha256=sha256(path),
        changed=changed,
    )


def _publication_text(
    package: Package,
    schemas: Sequence[str],
    files: Sequence[DataFile],
    changes: RowChanges | None,
) -> str:
    described = {
        "publication_id": package.publication_id,
        "published_at": _iso(package.created),
        "contract_version": package.contract_version,
        "program_version": package.program_version,
        "compared_with": changes.since if changes else None,
        "schemas": list(schemas),
        "rows": {file.table.full_name: file.table.rows for file in files},
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _iso(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"


def _is_there(target: Path, package: Package, schemas: Sequence[str]) -> bool:
    """Tell whether the target is this very export, whole."""
    described = publication_of(target)
    return (
        described.get("publication_id") == package.publication_id
        and described.get("program_version") == package.program_version
        and described.get("schemas") == list(schemas)
        and not list(damaged_files(target))
    )


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give the directory to write into; raises PublicationError where that cannot be."""
    _refuse_other(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent) as probe:
            probe.write(b"0")
    except OSError as error:
        raise PublicationError(
            f"EXPORT {target} cannot be written: {error.strerror or error}"
        ) from error
    with replace_directory(target) as partial:
        yield partial


def _refuse_other(target: Path) -> None:
    advice = "name another EXPORT"
    if not target.exists():
        return
    if not target.is_dir():
        raise PublicationError(f"{target} is a file; {advice}")
    if not any(target.iterdir()):
        return
    if not is_export(target):
        raise PublicationError(f"{target} has files and is not an export of gongkai; {advice}")
    own = {SUMS, *read_sums(target)}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_file() and name not in own:
            raise PublicationError(
                f"{target} holds {name}, which is not of the export; move it away or {advice}"
            )

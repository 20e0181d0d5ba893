"""From a validated candidate to a publication: complete beside the old one, then one replace.

    gongkai.duckdb                          what users open
    gongkai.publications/<id>/              side products of a publication (Data Docs, results)
    gongkai.publications/current -> <id>    pointer to the directory of the file above

A publication is written under other names, flushed to disk, and only then takes the place of the
old one by renaming, so a reader sees the old warehouse or the new one, and a reader that has the
old one open keeps it.
"""

import glob
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from publish.catalogue import literal
from publish.replacing import flush, flush_tree, uninterrupted

CONTRACT_VERSION = "1"
STORAGE_VERSION = "v1.2.0"
"""DuckDB 2.0 would write a format that clients of DuckDB 1.x cannot open; this one they can."""

_KEPT_PUBLICATIONS = 3
_PARTIAL = ".partial"


@dataclass(frozen=True)
class Publication:
    """What `meta.publication` says of a publication; ``published_at`` is UTC without zone.

    ``sources``: relative path and document id of every file that was published.
    ``program_digest``: digest of code, models and vocabulary.
    """

    publication_id: str
    published_at: datetime
    program_version: str
    fingerprint: str
    sources: Sequence[tuple[str, str]]
    program_digest: str = ""


def publications_directory(warehouse: Path) -> Path:
    """Name the directory that keeps the side products of the publications of a warehouse."""
    return warehouse.with_name(f"{warehouse.stem}.publications")


def open_side_products(warehouse: Path, publication_id: str) -> Path:
    """Make the directory in which a publication's side products are written before it is public."""
    directory = publications_directory(warehouse) / f"{publication_id}{_PARTIAL}"
    directory.mkdir(parents=True)
    return directory


def publish(candidate: Path, warehouse: Path, publication: Publication) -> None:
    """Publish ``candidate`` at ``warehouse`` together with its side products.

    The side products are those in the directory that ``open_side_products`` made. When anything
    fails before the replace, the published file is as it was.
    """
    publications = publications_directory(warehouse)
    partial = publications / f"{publication.publication_id}{_PARTIAL}"
    final = publications / publication.publication_id
    staged = warehouse.with_name(f".{warehouse.name}.{publication.publication_id}{_PARTIAL}")
    try:
        _write_side_summary(partial, publication)
        _copy_database(candidate, staged, publication)
        flush_tree(partial)
        flush(staged)
        with uninterrupted():
            partial.rename(final)
            staged.replace(warehouse)
            flush(warehouse.parent)
            _point(publications, final)
            flush(publications)
    except BaseException:
        staged.unlink(missing_ok=True)
        staged.with_name(staged.name + ".wal").unlink(missing_ok=True)
        raise
    _remove_old(publications, final)


def clear_leftovers(warehouse: Path, published_id: str | None) -> None:
    """Remove what a build that was killed left beside the warehouse; call with the lock held.

    A build that died between its two renames left the pointer behind the file; it is set right.
    """
    for path in warehouse.parent.glob(f".{glob.escape(warehouse.name)}.*{_PARTIAL}*"):
        path.unlink(missing_ok=True)
    publications = publications_directory(warehouse)
    for path in publications.glob(f"*{_PARTIAL}"):
        shutil.rmtree(path, ignore_errors=True)
    if published_id is not None:
        directory = publications / published_id
        pointer = publications / "current"
        if directory.is_dir() and pointer.resolve() != directory.resolve():
            _point(publications, directory)


def _copy_database(candidate: Path, staged: Path, publication: Publication) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(candidate)} as candidate (read_only)")
        connection.execute(
            f"attach {literal(staged)} as published (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute("copy from database candidate to published")
        connection.execute("create schema published.meta")
        connection.execute(
            "create table published.meta.publication ("
            " publication_id varchar not null, published_at timestamp not null,"
            " contract_version varchar not null, program_version varchar not null,"
            " fingerprint varchar not null, source_count integer not null,"
            " sources varchar not null, program_digest varchar not null)"
        )
        for column, comment in _COMMENTS.items():
            place = (
                f"column published.meta.publication.{column}"
                if column
                else ("table published.meta.publication")
            )
            connection.execute(f"comment on {place} is '{comment}'")
        connection.execute(
            "insert into published.meta.publication values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                publication.publication_id,
                publication.published_at,
                CONTRACT_VERSION,
                publication.program_version,
                publication.fingerprint,
                len(publication.sources),
                _sources_json(publication),
                publication.program_digest,
            ],
        )
        connection.execute("checkpoint published")
        connection.execute("detach published")


_COMMENTS = {
    "": "只有一行：本文件是哪次发布。 / One row: the publication that this file is.",
    "publication_id": (
        "发布编号；附属产品在同名目录中。"
        " / Id of the publication; its side products lie in a directory of this name."
    ),
    "published_at": "发布时间，UTC。 / Time of publication, UTC.",
    "contract_version": (
        "本文件遵守的数据约定版本。 / Version of the warehouse contract that the file keeps."
    ),
    "program_version": "构建本文件的程序版本。 / Version of gongkai that built the file.",
    "fingerprint": (
        "决定内容的文件、代码和词表的摘要。"
        " / Digest of the documents, the code and the vocabulary that decided the content."
    ),
    "source_count": (
        "DOCUMENTS 下找到的文件数。 / Number of files that were found below DOCUMENTS."
    ),
    "sources": (
        "文件的 JSON 列表：file_path（相对于 DOCUMENTS）和 document_id。"
        " / JSON list of the files: file_path (relative to DOCUMENTS) and document_id."
    ),
    "program_digest": (
        "仅代码、模型和词表的摘要。 / Digest of the code, the models and the vocabulary alone."
    ),
}


def _sources_json(publication: Publication) -> str:
    rows = [{"file_path": path, "document_id": key} for path, key in publication.sources]
    return json.dumps(rows, ensure_ascii=False)


def _write_side_summary(directory: Path, publication: Publication) -> None:
    summary = {
        "publication_id": publication.publication_id,
        "published_at": publication.published_at.isoformat(timespec="seconds") + "Z",
        "contract_version": CONTRACT_VERSION,
        "program_version": publication.program_version,
        "fingerprint": publication.fingerprint,
        "source_count": len(publication.sources),
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    (directory / "publication.json").write_text(text, encoding="utf-8")


def _point(publications: Path, directory: Path) -> None:
    pointer = publications / f"current{_PARTIAL}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(directory.name, target_is_directory=True)
    pointer.replace(publications / "current")


def _remove_old(publications: Path, current: Path) -> None:
    # Ids begin with the time, so the order of names is the order of publication.
    others = sorted(
        path
        for path in publications.iterdir()
        if path.is_dir() and not path.is_symlink() and path != current
    )
    for path in others[: max(0, len(others) - (_KEPT_PUBLICATIONS - 1))]:
        shutil.rmtree(path, ignore_errors=True)

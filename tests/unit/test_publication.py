"""Publishing: one replace, all or nothing, and never over somebody else's file."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from publish import publication as module
from publish.errors import PublicationError
from publish.publication import (
    Publication,
    clear_leftovers,
    open_side_products,
    publications_directory,
    publish,
)
from publish.published import read_published

SOURCES = [("部门/一.pdf", "a" * 32)]


def make_candidate(path: Path, value: int = 1) -> Path:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema core")
        connection.execute("create table core.fct (amount_yuan decimal(18, 2) not null)")
        connection.execute("comment on column core.fct.amount_yuan is '金额'")
        connection.execute("insert into core.fct values (?)", [value])
    return path


def publish_one(tmp_path: Path, number: int) -> Path:
    warehouse = tmp_path / "公开 warehouse.duckdb"
    candidate = make_candidate(tmp_path / "candidate.duckdb", number)
    key = f"2026010{number}T000000Z-abc"
    side = open_side_products(warehouse, key)
    (side / "report.json").write_text("{}")
    publish(
        candidate,
        warehouse,
        Publication(key, datetime(2026, 1, number), "0.1.0", f"print {number}", SOURCES),
    )
    return warehouse


def test_file_and_directory_carry_the_same_id(tmp_path: Path) -> None:
    warehouse = publish_one(tmp_path, 1)
    published = read_published(warehouse)
    assert published is not None
    assert published.publication_id == "20260101T000000Z-abc"
    assert published.fingerprint == "print 1"
    current = publications_directory(warehouse) / "current"
    assert current.resolve().name == published.publication_id
    assert (current / "report.json").exists()
    assert json.loads((current / "publication.json").read_text())["publication_id"] == (
        published.publication_id
    )


def test_the_copy_keeps_constraints_comments_and_storage_of_older_clients(tmp_path: Path) -> None:
    warehouse = publish_one(tmp_path, 1)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select amount_yuan from core.fct").fetchone() == (1,)
        assert connection.execute(
            "select comment, is_nullable from duckdb_columns() where table_name = 'fct'"
        ).fetchone() == ("金额", False)
        tags = connection.execute(
            "select tags from duckdb_databases() where not internal"
        ).fetchone()
        assert tags is not None
        assert "v1.2.0" in str(tags[0])
        row = connection.execute(
            "select contract_version, source_count, sources from meta.publication"
        ).fetchone()
        assert row is not None
        assert row[:2] == ("1", 1)
        assert json.loads(row[2]) == [{"file_path": "部门/一.pdf", "document_id": "a" * 32}]


def test_the_last_three_publications_are_kept(tmp_path: Path) -> None:
    for number in range(1, 6):
        warehouse = publish_one(tmp_path, number)
    kept = sorted(p.name for p in publications_directory(warehouse).iterdir())
    assert kept == [*(f"2026010{n}T000000Z-abc" for n in (3, 4, 5)), "current"]


def test_a_failure_before_the_replace_leaves_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = publish_one(tmp_path, 1)
    before = warehouse.read_bytes()

    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "flush", fail)
    with pytest.raises(OSError, match="No space"):
        publish_one(tmp_path, 2)
    monkeypatch.undo()
    assert warehouse.read_bytes() == before
    clear_leftovers(warehouse, "20260101T000000Z-abc")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "candidate.duckdb",
        "公开 warehouse.duckdb",
        "公开 warehouse.publications",
    ]
    assert sorted(p.name for p in publications_directory(warehouse).iterdir()) == [
        "20260101T000000Z-abc",
        "current",
    ]


def test_a_pointer_that_was_left_behind_is_set_right(tmp_path: Path) -> None:
    publish_one(tmp_path, 1)
    warehouse = publish_one(tmp_path, 2)
    pointer = publications_directory(warehouse) / "current"
    pointer.unlink()
    pointer.symlink_to("20260101T000000Z-abc")
    clear_leftovers(warehouse, "20260102T000000Z-abc")
    assert pointer.resolve().name == "20260102T000000Z-abc"


def test_nothing_published_is_none(tmp_path: Path) -> None:
    assert read_published(tmp_path / "none.duckdb") is None


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_text("a letter" * 1000)
    with pytest.raises(PublicationError, match="not a DuckDB file"):
        read_published(path)


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = make_candidate(tmp_path / "own.duckdb")
    with pytest.raises(PublicationError, match="not a warehouse of gongkai"):
        read_published(path)

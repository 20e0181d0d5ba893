"""One build of all shared documents under meaningless names, and the figures read by eye."""

import csv
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.build.conftest import run_build

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = (".pdf", ".txt", ".md")


def read_golden(name: str) -> list[dict[str, str]]:
    """Return the rows of a golden file, column by name."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


DOCUMENTS = {row["document"]: row for row in read_golden("documents")}


def find_documents(shared: Path) -> dict[str, Path]:
    """Return where each golden document is, by the hash of its content."""
    found = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for path in sorted((shared / "disclosures").rglob("*"))
        if path.suffix.lower() in ENDINGS
    }
    missing = [name for name, row in DOCUMENTS.items() if row["sha256"] not in found]
    assert not missing, f"not below {shared}: {missing}"
    return {row["sha256"]: found[row["sha256"]] for row in DOCUMENTS.values()}


@pytest.fixture(scope="session")
def published(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build the shared documents, and hand out a connection that only reads."""
    root = tmp_path_factory.mktemp("documents")
    (root / "in" / "deep").mkdir(parents=True)
    for number, (_, path) in enumerate(sorted(find_documents(shared).items())):
        folder = root / "in" / "deep" if number % 2 else root / "in"
        shutil.copyfile(path, folder / f"{number:04d}{path.suffix}")
    result = run_build(root / "in", root / "out.duckdb")
    assert result.returncode in (0, 3), result.stdout + result.stderr
    with duckdb.connect(str(root / "out.duckdb"), read_only=True) as connection:
        yield connection


def document_id(document: str) -> str:
    """Return the id of a golden document: the first half of the hash of its content."""
    return DOCUMENTS[document]["sha256"][:32]


def ask(
    connection: duckdb.DuckDBPyConnection, sql: str, *values: object
) -> list[dict[str, object]]:
    """Return the rows of a query, column by name."""
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

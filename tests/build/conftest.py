"""One build of a small, difficult corpus, shared by the tests that look at it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pypdf import PdfReader, PdfWriter

from extract.landing import content_hash
from publish.publication import Publication, open_side_products, publish
from review.site import Source, write_site
from tests.build.windows import CHROMIUM

PROJECT = Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted((PROJECT / "corpus").glob("*.pdf"))
HOSTILE = "<script>alert(1)</script>\u202e=1+1\x1b[31m<b>粗</b>"
SEEN = "<script>alert(1)</script>[U+202E]=1+1␛[31m<b>粗</b>"


def run_build(
    documents: Path, warehouse: Path, *more: str, project: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, and return what it said and its exit status."""
    return subprocess.run(
        build_command(documents, warehouse, *more),
        cwd=project,
        env=build_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=1800,
        check=False,
    )


def build_command(documents: Path, warehouse: Path, *more: str) -> list[str]:
    """Return the command line of a build."""
    program = [sys.executable, "-m", "gongkai", "build"]
    return [*program, "--documents", str(documents), "--warehouse", str(warehouse), *more]


def build_environment() -> dict[str, str]:
    """Return an environment without what pytest or a coverage tool put there."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}


def query(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the published file, as a client that only reads."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def make_bad_documents(directory: Path) -> list[str]:
    """Write documents that no reader can read, and return their names."""
    directory.mkdir(parents=True)
    sample = SAMPLES[0].read_bytes()
    (directory / "空.pdf").write_bytes(b"")
    (directory / "空 同.pdf").write_bytes(b"")
    (directory / "blank.txt").write_text("\n \n\n", encoding="utf-8")
    (directory / "broken.pdf").write_bytes(sample[: len(sample) // 3])
    (directory / "rubbish.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    (directory / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (directory / "binary.txt").write_bytes(bytes(range(256)) * 40)
    locked = PdfWriter(clone_from=PdfReader(SAMPLES[0]))
    locked.encrypt(user_password="秘密", algorithm="AES-256")
    locked.write(directory / "locked.pdf")
    return sorted(path.name for path in directory.iterdir())


@dataclass(frozen=True)
class Built:
    """A published warehouse, with what its build said."""

    documents: Path
    warehouse: Path
    bad: list[str]
    status: int
    output: str
    errors: str


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build two samples under meaningless names, one of them twice, beside unreadable files."""
    if len(SAMPLES) < 2:
        pytest.fail("the corpus has fewer than two sample documents")
    root = tmp_path_factory.mktemp("构建 build")
    documents = root / "文件 documents"
    (documents / "深 处").mkdir(parents=True)
    shutil.copy(SAMPLES[0], documents / "0001.pdf")
    shutil.copy(SAMPLES[0], documents / "深 处" / "0001 副本.PDF")
    shutil.copy(SAMPLES[1], documents / "深 处" / "2'3.pdf")
    (documents / "notes.ppt").write_text("not ours")
    bad = make_bad_documents(documents / "bad")
    # names that a pattern, an address or a quotation would take amiss
    warehouse = root / "仓库 100% [a]*'s $x" / "公开.duckdb"
    result = run_build(documents, warehouse)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    return Built(documents, warehouse, bad, result.returncode, result.stdout, result.stderr)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample documents as `make build` does, and return where they are published."""
    root = tmp_path_factory.mktemp("samples")
    result = run_build(PROJECT / "corpus", root / "warehouse" / "gongkai.duckdb")
    assert result.returncode == 0, result.stdout + result.stderr
    return root / "warehouse" / "gongkai.duckdb"


@dataclass(frozen=True)
class Site:
    """Review pages of a small warehouse with findings of our own; ids by what they are about."""

    warehouse: Path
    directory: Path
    sum_id: str
    hostile_id: str
    bare_id: str
    disclosure_id: str
    document_id: str
    paths: dict[str, Path]
    documents: Path


@pytest.fixture(scope="session")
def site(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Write the pages of the built warehouse, with findings about cells that it really has."""
    root = tmp_path_factory.mktemp("review")
    warehouse = root / "w.duckdb"
    shutil.copy(built.warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        document_id, disclosure_id, cells = _cells(connection)
        connection.execute("delete from audit.finding_place; delete from audit.finding")
        _add_finding(connection, "sum", document_id, disclosure_id, cells, "high", "和不相等")
        _add_finding(connection, "hostile", document_id, disclosure_id, cells, "low", HOSTILE)
        for number in range(70):
            _add_finding(
                connection, f"more{number}", document_id, disclosure_id, cells[:1], "medium", "另"
            )
        connection.execute(
            "update audit.finding set page_number = 1, finding_id = $1 where finding_id = $2",
            [_finding("bare"), _finding("more0")],
        )
        connection.execute(
            "delete from audit.finding_place where finding_id = ?", [_finding("more0")]
        )
        connection.execute(
            "update raw.cell set row_label = $1,"
            " text = case when cell_id = $2 then $1 else text end where cell_id in ($2, $3)",
            [HOSTILE, cells[1][0], cells[0][0]],
        )
        connection.execute(
            "insert into audit.quarantine by name select $1 as document_id, $2 as file_name,"
            " 'left_over' as reason, $2 as detail, null as cell_id"
            " union all select $1, $2, 'split_figure', $2, $3",
            [document_id, HOSTILE, cells[1][0]],
        )
    paths = {content_hash(path)[:32]: path for path in SAMPLES}
    write_site(
        warehouse,
        root / "site",
        Source("20260101T000000Z-test", datetime(2026, 1, 1), paths),
        root / "cache",
    )
    return Site(
        warehouse,
        root / "site",
        _finding("sum"),
        _finding("hostile"),
        _finding("bare"),
        disclosure_id,
        document_id,
        paths,
        built.documents,
    )


def _finding(name: str) -> str:
    return name.encode().hex().ljust(32, "0")


def _cells(connection: duckdb.DuckDBPyConnection) -> tuple[str, str, list[tuple[str, str]]]:
    rows = connection.execute(
        "select fact.document_id, fact.disclosure_id, cell.cell_id, trim(cell.text)"
        " from audit.fact_place as fact inner join raw.cell as cell on fact.cell_id = cell.cell_id"
        " where length(cell.text) > 5 and fact.fact_table in"
        " ('fct_income', 'fct_expenditure_function')"
        " order by fact.document_id, cell.page_number, cell.cell_id"
    ).fetchall()
    chosen = [row for row in rows if row[0] == rows[0][0]]
    picked = [chosen[0], chosen[len(chosen) // 2], chosen[-1]]
    return picked[0][0], picked[0][1], [(cell, text) for _, _, cell, text in picked]


def _add_finding(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    document_id: str,
    disclosure_id: str,
    cells: list[tuple[str, str]],
    severity: str,
    said: str,
) -> None:
    connection.execute(
        "insert into audit.finding by name select $1 as finding_id, 'source_contradiction' as kind,"
        " $2 as severity, $3 as disclosure_id, $4 as document_id,"
        " $5 as description, concat('in English ', $5) as description_en,"
        " $6 as left_printed, $7 as right_printed, cast([] as varchar[]) as identity_ids,"
        " cast([] as varchar[]) as cell_ids",
        [_finding(name), severity, disclosure_id, document_id, said, cells[0][1], cells[-1][1]],
    )
    for number, (cell_id, text) in enumerate(cells):
        connection.execute(
            "insert into audit.finding_place by name select $1 as finding_id,"
            " $2 as side, $3 as place_no, document_id, page_number, cell_id,"
            " cast(null as varchar) as line_id, $4 as printed, false as is_suspect"
            " from raw.cell where cell_id = $5",
            [_finding(name), "right" if number else "left", max(number, 1), text, cell_id],
        )


def first_row(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> tuple[Any, ...]:
    """Ask for one row; a test fails when there is none."""
    row = connection.execute(sql, list(values)).fetchone()
    assert row is not None
    return row


@pytest.fixture
def altered(built: Built, tmp_path: Path) -> Path:
    """Copy the published file, for a test to change."""
    path = tmp_path / "altered.duckdb"
    shutil.copy(built.warehouse, path)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


def make_candidate(warehouse: Path, candidate: Path, schemas: tuple[str, ...]) -> Path:
    """Copy the tables of some schemas of a published file: something that can be published."""
    with duckdb.connect(str(candidate)) as connection:
        path = str(warehouse).replace("'", "''")
        connection.execute(f"attach '{path}' as published (read_only)")
        for schema in schemas:
            connection.execute(f"create schema {schema}")
            tables = connection.execute(
                "select table_name from duckdb_tables()"
                " where database_name = 'published' and schema_name = ?",
                [schema],
            )
            for (table,) in tables.fetchall():
                connection.execute(
                    f"create table {schema}.{table} as from published.{schema}.{table}"
                )
    return candidate


def publish_again(candidate: Path, warehouse: Path, publication_id: str) -> None:
    """Take the publishing step of a build alone; `audit.run` says the publication's id as well."""
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("update audit.run set version = ?", [publication_id])
    open_side_products(warehouse, publication_id)
    publish(
        candidate,
        warehouse,
        Publication(
            publication_id=publication_id,
            published_at=datetime(2026, 1, 1),
            program_version=publication_id,
            fingerprint=publication_id,
            sources=[],
        ),
    )

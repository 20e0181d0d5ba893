"""One build of a small, difficult corpus, shared by the tests that look at it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from pypdf import PdfReader, PdfWriter

PROJECT = Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted((PROJECT / "corpus").glob("*.pdf"))


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
        timeout=600,
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
    (documents / "notes.xls").write_text("not ours")
    bad = make_bad_documents(documents / "bad")
    # names that a pattern, an address or a quotation would take amiss
    warehouse = root / "仓库 100% [a]*'s $x" / "公开.duckdb"
    result = run_build(documents, warehouse)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    return Built(documents, warehouse, bad, result.returncode, result.stdout, result.stderr)

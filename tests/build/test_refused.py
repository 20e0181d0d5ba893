"""Builds that publish nothing: one line, exit 1, and the published file as it was."""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from tests.build.conftest import (
    PROJECT,
    SAMPLES,
    Built,
    build_command,
    build_environment,
    make_bad_documents,
    run_build,
)


@pytest.fixture
def changed(built: Built, tmp_path: Path) -> Iterator[Path]:
    """Return documents that differ from the published ones, and prove that nothing else changed."""
    before = built.warehouse.read_bytes()
    pointer = built.warehouse.with_name("公开.publications") / "current"
    target = pointer.readlink()
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(SAMPLES[0], documents / "another name.pdf")
    yield documents
    assert built.warehouse.read_bytes() == before
    assert pointer.readlink() == target
    assert sorted(path.name for path in built.warehouse.parent.iterdir()) == [
        ".gongkai",
        "公开.duckdb",
        "公开.publications",
    ]
    workspace = built.warehouse.parent / ".gongkai" / built.warehouse.name
    assert not list(workspace.glob("candidate*"))


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 1, result.stdout + result.stderr
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("gongkai: ")
    for word in words:
        assert word in lines[0]


def test_a_directory_without_documents(changed: Path, built: Built, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "table.ppt").write_text("x")
    refused(run_build(tmp_path / "empty", built.warehouse), "no documents", "(1 file of")


def test_a_directory_that_does_not_exist(changed: Path, built: Built, tmp_path: Path) -> None:
    refused(run_build(tmp_path / "没有", built.warehouse), "没有", "does not exist")


def test_documents_of_which_none_can_be_read(changed: Path, built: Built, tmp_path: Path) -> None:
    names = make_bad_documents(tmp_path / "bad")
    # two of them have the same bytes, and a content is read once
    refused(
        run_build(tmp_path / "bad", built.warehouse),
        f"none of the {len(names) - 1} documents could be read",
    )


@pytest.mark.parametrize(
    "place",
    ["/proc/nowhere/w.duckdb", "{file}/w.duckdb", "{directory}", "{directory}/a?b/w.duckdb"],
)
def test_a_warehouse_that_cannot_be_written(changed: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "directory").mkdir()
    path = Path(place.format(file=tmp_path / "file", directory=tmp_path / "directory"))
    refused(run_build(changed, path), "WAREHOUSE", str(path))


def test_a_file_that_is_not_ours_is_never_replaced(changed: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.duckdb"
    letter.write_text("a letter " * 1000)
    refused(run_build(changed, letter), "not a DuckDB file")
    assert letter.read_text() == "a letter " * 1000
    own = tmp_path / "own.duckdb"
    with duckdb.connect(str(own)) as connection:
        connection.execute("create table mine (a integer)")
    before = own.read_bytes()
    refused(run_build(changed, own), "not a warehouse of gongkai")
    assert own.read_bytes() == before


def test_a_second_build_at_the_same_time(changed: Path, built: Built) -> None:
    lock = built.warehouse.parent / ".gongkai" / built.warehouse.name / "lock"
    with FileLock(lock):
        refused(run_build(changed, built.warehouse), "another build")


@pytest.fixture
def without_cache(built: Built) -> Iterator[None]:
    """Put the cache aside, so that documents are landed again."""
    cache = built.warehouse.parent / ".gongkai" / built.warehouse.name / "cache"
    aside = cache.rename(cache.with_name("aside"))
    yield
    shutil.rmtree(cache)
    aside.rename(cache)


@pytest.mark.parametrize("kilobytes", [2, 700])
@pytest.mark.usefixtures("without_cache")
def test_a_disk_that_fills(changed: Path, built: Built, kilobytes: int) -> None:
    """A limit on the size of a file is what a full disk looks like to the writer.

    The small one bites while documents are landed, the large one in the candidate.
    """

    def limit() -> None:
        size = kilobytes * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    result = subprocess.run(
        build_command(changed, built.warehouse),
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=limit,
        timeout=300,
        check=False,
    )
    refused(result, "disk is full")


def test_an_interrupt_leaves_nothing_behind(changed: Path, built: Built) -> None:
    process = subprocess.Popen(
        build_command(changed, built.warehouse),
        cwd=PROJECT,
        env=build_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        # a shell that runs the tests in the background has its children ignore the signal
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("building the models"):
            break
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.split() == ["gongkai:", "interrupted;", "nothing", "published"]


@pytest.fixture
def copied_project(tmp_path: Path) -> Path:
    """Copy the program, so that a test can put a mistake into it."""
    copy = tmp_path / "project"
    copy.mkdir()
    for name in (
        "extract",
        "seeds",
        "models",
        "macros",
        "expectations",
        "publish",
        "review",
        "gongkai",
    ):
        shutil.copytree(PROJECT / name, copy / name)
    for name in ("dbt_project.yml", "profiles.yml", "requirements.lock"):
        shutil.copy(PROJECT / name, copy / name)
    return copy


def test_a_broken_promise_keeps_the_published_file(
    changed: Path, built: Built, copied_project: Path
) -> None:
    """A model that multiplies by ten is caught by the comparison of facts with cells."""
    model = copied_project / "models" / "core" / "fct_income.sql"
    text = model.read_text(encoding="utf-8")
    assert text.rstrip().endswith("select * from final")
    wrong = "select * replace (cast(amount_yuan * 10 as decimal(18, 2)) as amount_yuan) from final"
    model.write_text(text.rstrip().removesuffix("select * from final") + wrong, encoding="utf-8")
    refused(
        run_build(changed, built.warehouse, project=copied_project),
        "validation failed",
        "core.fct_income",
        "amount_is_the_print_in_yuan",
        "first: ",
        "index.html",
    )


def test_models_that_do_not_build(changed: Path, built: Built, copied_project: Path) -> None:
    model = copied_project / "models" / "staging" / "stg_document.sql"
    model.write_text("select no_such_column from {{ source('raw', 'document') }}")
    refused(
        run_build(changed, built.warehouse, project=copied_project),
        "dbt: ",
        "stg_document",
        "dbt-output.log",
    )

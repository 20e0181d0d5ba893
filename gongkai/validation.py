"""Validating the candidate: the expectations run in a process of their own and leave a report."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from expectations.report import Report, read_report
from expectations.visible import one_line
from gongkai.documents import PROJECT
from gongkai.errors import BuildError, disk_full, mentions_full_disk
from gongkai.processes import last_words, run_logged
from gongkai.workspace import Workspace
from publish.published import read_published

if TYPE_CHECKING:
    from rich.console import Console

HOLDS = 0
MUST_BROKEN = 1
WORTH_KNOWING_BROKEN = 3

_REPORT_LEFT = "validated"


def validate_candidate(workspace: Workspace, directory: Path) -> Report:
    """Validate the candidate, with the report and Data Docs in ``directory``.

    The results become rows of `audit.validation` in the candidate.
    Raises BuildError in one line (the rule, how many rows break it, the first of them, where the
    report is) when a promise of our own does not hold; the report is then kept in the workspace.
    """
    report = _run_expectations(workspace, workspace.candidate, directory)
    broken = report.broken("must")
    if broken:
        kept = workspace.rejected
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(directory, kept)
        others = f" (and {len(broken) - 1} more rules)" if len(broken) > 1 else ""
        raise BuildError(
            f"validation failed: {broken[0].describe()}{others};"
            f" report: {kept / 'data_docs' / 'index.html'}"
        )
    record_validation(workspace.candidate, report)
    return report


def record_validation(candidate: Path, report: Report) -> None:
    """Write the outcomes of a report into `audit.validation` of the candidate, in their order."""
    rows = [
        (
            f"{outcome.suite}.{outcome.name}",
            outcome.suite,
            outcome.name,
            outcome.grade,
            outcome.chinese,
            outcome.says,
            # an expectation on a whole table counts no rows
            0 if outcome.holds else outcome.rows,
            outcome.example if outcome.error is None else outcome.error,
            outcome.holds,
        )
        for outcome in report.outcomes
    ]
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("delete from audit.validation")
        if rows:
            connection.executemany(
                "insert into audit.validation (validation_id, suite, expectation, grade,"
                " description, description_en, broken_rows, first_broken, success)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )


def validate_published(console: "Console", warehouse: Path) -> int:
    """Run all suites on the published file ``warehouse``, and print a short table.

    Returns 0 when all expectations hold, 3 when only what is worth knowing is broken, 1 when a
    promise of our own is. Report and Data Docs are left in the workspace of the warehouse, or in a
    temporary directory where that cannot be written.
    Raises BuildError or PublicationError in one line when the file cannot be read.
    """
    if warehouse.is_dir():
        raise BuildError(f"WAREHOUSE {warehouse} is a directory; name a file in it")
    if read_published(warehouse) is None:
        raise BuildError(f"{warehouse} does not exist; build it: make build")
    missing = _missing_tables(warehouse)
    if missing:
        others = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise BuildError(
            f"{warehouse} has no {missing[0]}{others}: another version of the program wrote it;"
            " make build writes it anew"
        )
    workspace = Workspace(warehouse)
    directory = _make_directory(workspace)
    with tempfile.TemporaryDirectory() as scratch:
        # a name that an address can hold, whatever the file is called
        link = Path(scratch) / "warehouse.duckdb"
        link.symlink_to(warehouse)
        report = _run_expectations(workspace, link, directory)
    _print_report(console, report)
    console.print(f"report: {directory / 'data_docs' / 'index.html'}")
    if report.broken("must"):
        return MUST_BROKEN
    return WORTH_KNOWING_BROKEN if report.broken("worth_knowing") else HOLDS


def _missing_tables(warehouse: Path) -> list[str]:
    """Name the tables that this version publishes and the file has not."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        held = {
            f"{schema}.{name}"
            for schema, name in connection.execute(
                "select schema_name, table_name from duckdb_tables()"
            ).fetchall()
        }
    published = {
        f"{schema}.{path.stem}"
        for schema in ("core", "marts", "audit")
        for path in (PROJECT / "models" / schema).glob("*.sql")
    }
    return sorted(published - held)


def _run_expectations(workspace: Workspace, database: Path, directory: Path) -> Report:
    log = _log_file(workspace, directory)
    command = [sys.executable, "-m", "expectations", str(database), str(directory)]
    status = run_logged(command, log, {"PYTHONWARNINGS": "ignore"})
    if status != 0:
        if mentions_full_disk(log.read_text(encoding="utf-8", errors="replace")):
            raise disk_full(workspace.directory)
        raise BuildError(f"the validation could not run: {last_words(log)}; log: {log}")
    return read_report(directory)


def _log_file(workspace: Workspace, directory: Path) -> Path:
    name = "expectations-output.log"
    return workspace.logs / name if workspace.logs.is_dir() else directory / name


def _make_directory(workspace: Workspace) -> Path:
    directory = workspace.directory / _REPORT_LEFT
    try:
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="gongkai-validated-"))
    return directory


def _print_report(console: "Console", report: Report) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    table.add_column("suite")
    for title in ("rules", "hold", "worth knowing", "must broken"):
        table.add_column(title, justify="right")
    for suite in dict.fromkeys(outcome.suite for outcome in report.outcomes):
        outcomes = [outcome for outcome in report.outcomes if outcome.suite == suite]
        broken = [outcome.effective_grade for outcome in outcomes if not outcome.holds]
        table.add_row(
            suite,
            str(len(outcomes)),
            str(len(outcomes) - len(broken)),
            str(broken.count("worth_knowing") or ""),
            str(broken.count("must") or ""),
        )
    console.print(table)
    for grade, title in (("worth_knowing", "worth knowing"), ("must", "must, broken")):
        for outcome in report.broken(grade):
            console.print(f"{title}: {one_line(outcome.describe())}")

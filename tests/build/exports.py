"""Running an export and reading what it wrote, as the tests of it do."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from tests.build.conftest import PROJECT, build_environment


def run_export(
    warehouse: Path, *more: str | Path, seed: str = "1", **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    program = [sys.executable, "-m", "gongkai", "export", "--warehouse", str(warehouse)]
    return subprocess.run(
        [*program, *map(str, more)],
        cwd=PROJECT,
        env={**build_environment(), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        **settings,
    )


def export(warehouse: Path, target: Path, *more: str | Path) -> Path:
    result = run_export(warehouse, "--to", target, *more)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def change(warehouse: Path, *statements: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def query_parquet(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"from read_parquet(?) {sql}", [str(path)]).fetchall()


def descriptor(directory: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((directory / "datapackage.json").read_text("utf-8"))
    return described


def resource_of(directory: Path, name: str) -> dict[str, Any]:
    [found] = [item for item in descriptor(directory)["resources"] if item["name"] == name]
    assert isinstance(found, dict)
    return found


def as_given(cell: str) -> str:
    """Take the apostrophe away, as the README of an export says."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell


def errors_of(package: Path) -> list[str]:
    """Hold a package with all its data against the validator; list what it finds."""
    from frictionless import validate

    report = validate(str(package))
    found = [error.message for task in report.tasks for error in task.errors]
    return [*(error.message for error in report.errors), *found]

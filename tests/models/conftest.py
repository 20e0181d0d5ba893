"""A throw-away dbt project that sees the macros of ours."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_DBT = "import sys; from dbt.cli.main import cli; sys.exit(cli())"


def run_dbt(directory: Path, project: Path, *arguments: str) -> dict[str, str]:
    """Run dbt on ``project`` with its files in ``directory``; return the status of each node.

    Hooks that run before the first node are none.
    """
    target = directory / "target"
    process = subprocess.run(
        [
            sys.executable,
            "-c",
            _DBT,
            "--no-version-check",
            "--log-path",
            str(directory / "logs"),
            *arguments,
            "--project-dir",
            str(project),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(target),
        ],
        env={**os.environ, "GONGKAI_CANDIDATE": str(directory / "scratch.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    report = target / "run_results.json"
    assert report.exists(), process.stdout + process.stderr
    results = json.loads(report.read_text("utf-8"))["results"]
    return {
        _name(result["unique_id"]): result["status"]
        for result in results
        if not result["unique_id"].startswith("operation.")
    }


def _name(unique_id: str) -> str:
    """`model.project.name`, `test.project.name.hash` or `unit_test.project.model.name`."""
    parts = unique_id.split(".")
    return parts[3] if parts[0] == "unit_test" else parts[2]


def write_project(directory: Path, models: Mapping[str, str], properties: str) -> Path:
    """Write a dbt project with ``models`` (name to SQL) and one YAML of ``properties``."""
    project = directory / "project"
    (project / "models").mkdir(parents=True)
    shutil.copytree(PROJECT / "macros", project / "macros")
    (project / "dbt_project.yml").write_text(
        "name: scratch\nversion: '1.0.0'\nconfig-version: 2\nprofile: gongkai\n"
        "flags: {send_anonymous_usage_stats: false}\n",
        encoding="utf-8",
    )
    for name, sql in models.items():
        (project / "models" / f"{name}.sql").write_text(sql, encoding="utf-8")
    (project / "models" / "properties.yml").write_text(properties, encoding="utf-8")
    return project

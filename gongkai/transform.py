"""Running dbt on the candidate, in a process of its own."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gongkai.documents import PROJECT
from gongkai.errors import BuildError, disk_full, mentions_full_disk
from gongkai.processes import last_words, run_logged
from gongkai.workspace import Workspace

_DBT = "import sys; from dbt.cli.main import cli; sys.exit(cli())"


def run_dbt(workspace: Workspace, models: Sequence[str] = ()) -> None:
    """Load the seeds, build the models and run their tests on the candidate.

    Given ``models``, only these are built, with all that they need, and no test runs.
    Raises BuildError in one line (the node that failed, its message, where the log is) when dbt
    does not end well.
    """
    log = workspace.logs / "dbt-output.log"
    arguments = [
        "build",
        # they test the models on rows of their own, not this candidate
        "--exclude-resource-type",
        "unit_test",
        *(("test", "--select", *(f"+{model}" for model in models)) if models else ()),
    ]
    status = _call_dbt(arguments, workspace.candidate, workspace.target, log)
    if status == 0:
        return
    text = log.read_text(encoding="utf-8", errors="replace")
    if mentions_full_disk(text):
        raise disk_full(workspace.directory)
    failure = _first_failure(workspace.target) or last_words(log)
    raise BuildError(f"dbt: {failure}; nothing published, log: {log}")


def write_model_pages(database: Path, scratch: Path) -> Path:
    """Write dbt's documentation of all models as one page below ``scratch``, and return its path.

    ``database`` is opened for writing: a copy of a published file, never the file itself.
    Raises BuildError in one line when dbt does not end well.
    """
    target, log = scratch / "target", scratch / "dbt-output.log"
    if _call_dbt(["docs", "generate", "--static"], database, target, log) != 0:
        raise BuildError(f"dbt: {last_words(log)}; nothing written")
    return target / "static_index.html"


def _call_dbt(arguments: Sequence[str], database: Path, target: Path, log: Path) -> int:
    """Run dbt on ``database`` with all that it writes in ``target``; returns its exit status."""
    command = [
        sys.executable,
        "-c",
        _DBT,
        "--no-use-colors",
        "--no-send-anonymous-usage-stats",
        "--no-version-check",
        "--log-path",
        str(log.parent),
        *arguments,
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        "--target-path",
        str(target),
    ]
    environment = {
        "GONGKAI_CANDIDATE": str(database),
        "GONGKAI_TARGET_DIR": str(target),
        "DO_NOT_TRACK": "1",
    }
    return run_logged(command, log, environment)


def _first_failure(target: Path) -> str | None:
    try:
        report: dict[str, Any] = json.loads((target / "run_results.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    failed = [
        result
        for result in report["results"]
        if result["status"] in ("error", "fail", "runtime error")
    ]
    if not failed:
        return None
    first = failed[0]
    name = first["unique_id"].split(".")[2]
    message = " ".join((first.get("message") or first["status"]).split())[:300]
    others = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    return f"{name}: {message}{others}"

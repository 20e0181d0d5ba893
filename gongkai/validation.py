"""Validating the candidate: the expectations run in a process of their own and leave a report."""

import shutil
import sys
from pathlib import Path

from expectations.report import Report, read_report
from gongkai.errors import BuildError, disk_full, mentions_full_disk
from gongkai.processes import last_words, run_logged
from gongkai.workspace import Workspace


def validate_candidate(workspace: Workspace, directory: Path) -> Report:
    """Validate the candidate, with the report and Data Docs in ``directory``.

    Raises BuildError in one line (the rule, how many rows break it, the first of them, where the
    report is) when a promise of our own does not hold; the report is then kept in the workspace.
    """
    log = workspace.logs / "expectations-output.log"
    command = [sys.executable, "-m", "expectations", str(workspace.candidate), str(directory)]
    status = run_logged(command, log, {"PYTHONWARNINGS": "ignore"})
    if status != 0:
        if mentions_full_disk(log.read_text(encoding="utf-8", errors="replace")):
            raise disk_full(workspace.directory)
        raise BuildError(f"the validation could not run: {last_words(log)}; log: {log}")
    report = read_report(directory)
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
    return report

"""Programs that a build runs beside itself, with all that they say in a log."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai.documents import PROJECT


def run_logged(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> int:
    """Run a program in the project's directory and return its exit status.

    ``environment`` is added to ours; standard output and error go to ``log``. When the build is
    interrupted, the program ends with it.
    """
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            return process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def last_words(log: Path) -> str:
    """Return the last line that a program wrote, which is where most say why they failed."""
    text = log.read_text(encoding="utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it ended without a word"

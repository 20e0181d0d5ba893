"""Runs every linter, says what each found, and ends with 1 if any found something."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_BIN = Path(sys.executable).parent
_LINTERS: dict[str, Sequence[str]] = {
    "ruff": (str(_BIN / "ruff"), "check", "--quiet", "."),
    "ruff format": (str(_BIN / "ruff"), "format", "--check", "--quiet", "."),
    "mypy": (str(_BIN / "mypy"), "--no-error-summary"),
    "import-linter": (str(_BIN / "lint-imports"),),
    "sqlfluff": (str(_BIN / "sqlfluff"), "lint", "--nocolor", "--disable-progress-bar", "models"),
    "dbt YAML": (sys.executable, "scripts/check_yaml.py"),
}


def main() -> int:
    """Run the linters one after the other."""
    broken = []
    for name, command in _LINTERS.items():
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        print(f"{name}: {'ok' if result.returncode == 0 else 'found something'}", flush=True)
        if result.returncode != 0:
            print(result.stdout, flush=True)
            broken.append(name)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

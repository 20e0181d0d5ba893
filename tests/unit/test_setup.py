"""Setting up on a machine that lacks something: one clear line each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("sh", "cksum", "cat", "grep", "tail", "tee", "awk", "rm")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a clone with a lock file, and a directory of programs without any Python."""
    clone = tmp_path / "a clone"
    (clone / "scripts").mkdir(parents=True)
    shutil.copy(PROJECT / "scripts" / "setup.sh", clone / "scripts" / "setup.sh")
    (clone / "requirements.lock").write_text("")
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (programs / tool).symlink_to(found)
    return clone


def add_python(machine: Path, version: str, has_venv: bool = True) -> None:
    """Add a `python3` that claims a version and has, or lacks, the module venv."""
    numbers = ", ".join(version.split(".")[:2])
    script = machine.parent / "bin" / "python3"
    script.write_text(
        "#!/bin/sh\n"
        f'[ "$1" = --version ] && {{ echo "Python {version}"; exit 0; }}\n'
        'case "$2" in *"import venv"*) exit ' + ("0" if has_venv else "1") + " ;; esac\n"
        f'exec "{sys.executable}" -c "import sys; sys.version_info = ({numbers}, 0); $2"\n'
    )
    script.chmod(0o755)


def set_up(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "scripts/setup.sh", "requirements.lock"],
        cwd=machine,
        env={"PATH": str(machine.parent / "bin"), "HOME": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )


def refused(machine: Path, words: str) -> None:
    result = set_up(machine)
    assert result.returncode == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("gongkai: ")
    assert words in lines[0]


def test_no_python(machine: Path) -> None:
    refused(machine, "no Python found; install Python 3.11, 3.12 or 3.13")


@pytest.mark.parametrize("version", ["3.10.9", "3.14.0", "2.7.18"])
def test_a_python_of_another_version(machine: Path, version: str) -> None:
    add_python(machine, version)
    refused(machine, f"Python {version} found, but Python 3.11, 3.12 or 3.13 is needed")


def test_a_python_without_venv(machine: Path) -> None:
    add_python(machine, "3.11.9", has_venv=False)
    refused(machine, "Python 3.11.9 has no venv module")


def test_an_environment_that_is_ready_is_left_alone(machine: Path) -> None:
    programs = machine / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    lock = (machine / "requirements.lock").read_bytes()
    sums = subprocess.run(["cksum"], input=lock, capture_output=True, check=True)
    (machine / ".venv" / "installed-requirements.lock").write_bytes(sums.stdout)
    result = set_up(machine)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_lock_files_pin_by_hash_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dashboard.lock", "requirements-dev.lock"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "index-url" not in text
        assert "http" not in text

"""A directory takes the place of another as a whole, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publish.replacing import replace_directory


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_the_new_one_takes_the_place(tmp_path: Path) -> None:
    target = tmp_path / "data"
    target.mkdir()
    (target / "old").write_text("old")
    with replace_directory(target) as partial:
        (partial / "deep").mkdir()
        (partial / "deep" / "new").write_text("new")
        assert names(target) == ["old"]
    assert names(target) == ["deep"]
    assert names(tmp_path) == ["data"]


@pytest.mark.parametrize("failure", [OSError("no space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there(tmp_path: Path, failure: BaseException) -> None:
    target = tmp_path / "data"
    target.mkdir()
    (target / "old").write_text("old")
    with pytest.raises(type(failure)), replace_directory(target) as partial:
        (partial / "new").write_text("new")
        raise failure
    assert names(target) == ["old"]
    assert names(tmp_path) == ["data"]


def test_what_killed_processes_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    target = tmp_path / "data [1]"
    mine = {
        f".data [1].{os.getppid()}.partial",  # at work
        ".data [1].notes.partial",
        f".other.{ended.pid}.partial",
        f".data 1.{ended.pid}.partial",
    }
    for name in (*mine, f".data [1].{ended.pid}.partial"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")
    with replace_directory(target):
        pass
    assert set(names(tmp_path)) == {target.name, *mine}

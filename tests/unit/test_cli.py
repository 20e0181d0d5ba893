"""The command line: whatever happens, one line and the right exit status."""

import sys
from pathlib import Path
from typing import NoReturn

import pytest

from extract.errors import GongkaiError
from gongkai import build, cli


def run_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: BaseException | int) -> int:
    def build_warehouse(settings: build.BuildSettings) -> int:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(build, "build_warehouse", build_warehouse)
    warehouse = str(tmp_path / "w" / "g.duckdb")
    monkeypatch.setattr(sys, "argv", ["gongkai", "build", "--warehouse", warehouse])
    return cli.run()


@pytest.mark.parametrize("status", [0, 3])
def test_the_status_of_a_build_is_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int
) -> None:
    assert run_with(monkeypatch, tmp_path, status) == status


def test_an_error_of_ours_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_with(monkeypatch, tmp_path, GongkaiError("没有文件\nat all")) == 1
    assert capsys.readouterr().err == "gongkai: 没有文件 at all\n"


def test_an_unexpected_error_is_one_line_that_names_its_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_with(monkeypatch, tmp_path, ZeroDivisionError("意外")) == 1
    error = capsys.readouterr().err
    assert error.startswith("gongkai: unexpected ZeroDivisionError; nothing published")
    assert len(error.splitlines()) == 1
    log = Path(error.strip().rsplit(" ", 1)[-1])
    assert log.is_relative_to(tmp_path / "w" / ".gongkai")
    assert "ZeroDivisionError: 意外" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_full_disk_is_named_wherever_it_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> NoReturn:
        try:
            raise OSError(28, "No space left on device")
        except OSError as cause:
            raise RuntimeError("copying failed") from cause

    with pytest.raises(RuntimeError) as caught:
        fail()
    assert run_with(monkeypatch, tmp_path, caught.value) == 1
    assert "the disk is full" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_with(monkeypatch, tmp_path, KeyboardInterrupt()) == 130
    assert "interrupted; nothing published" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["build", "-h"]])
def test_help_is_everywhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai", *arguments])
    assert cli.run() == 0
    assert "Usage:" in capsys.readouterr().out


def test_a_wrong_option_is_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai", "build", "--nonsense"])
    assert cli.run() == 2
    assert "--nonsense" in capsys.readouterr().err

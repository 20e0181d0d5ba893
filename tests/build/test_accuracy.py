"""The scores of a build: a right warehouse is all right, a tampered one is found out."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from accuracy.answers import load_keys
from accuracy.comparison import compare
from tests.build.conftest import PROJECT, SAMPLES, Built, build_environment


@pytest.fixture
def tampered(built: Built, tmp_path: Path) -> Path:
    """Return a copy of the warehouse in which one income figure is a yuan larger."""
    copy = tmp_path / "copy.duckdb"
    shutil.copy(built.warehouse, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "update core.fct_income set amount_yuan = amount_yuan + 1 where income_id ="
            " (select min(income_id) from core.fct_income where table_kind = 'income')"
        )
    return copy


def test_every_sample_has_an_answer_key() -> None:
    documents = {key.document for key in load_keys().values()}
    # the key of a scan is that of its print
    assert {path.stem.removesuffix("-scan") for path in SAMPLES} <= documents


def test_a_build_is_all_right(built: Built) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        scores = compare(connection, load_keys())
    assert {score.document for score in scores} == {path.stem for path in SAMPLES[:2]}
    assert sum(score.golden for score in scores) > 1000
    assert [score for score in scores if score.missed or score.wrong] == []


def test_a_wrong_figure_is_missed_and_wrong(tampered: Path) -> None:
    with duckdb.connect(str(tampered), read_only=True) as connection:
        scores = compare(connection, load_keys())
    faulty = [score for score in scores if score.missed or score.wrong]
    assert [(s.table_kind, len(s.missed), len(s.wrong)) for s in faulty] == [("income", 1, 1)]
    assert faulty[0].wrong[0].amount_yuan - faulty[0].missed[0].amount_yuan == 1


def test_the_command_lists_every_fault(tampered: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "accuracy", "compare", "--warehouse", str(tampered)],
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith(("missed:", "wrong:"))]
    assert [line.split(":")[0] for line in lines] == ["missed", "wrong"]
    assert [line for line in lines if "fct_income" not in line or not line.endswith(" yuan")] == []

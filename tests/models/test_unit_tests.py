"""The dbt unit tests of the models, on an empty `raw` schema."""

from pathlib import Path

import duckdb
import yaml

from gongkai.candidate import create_raw_tables
from tests.models.conftest import PROJECT, run_dbt


def declared() -> set[str]:
    files = (PROJECT / "models").rglob("_unit_tests*.yml")
    return {
        test["name"]
        for path in files
        for test in yaml.safe_load(path.read_text("utf-8"))["unit_tests"]
    }


def test_every_unit_test_of_the_models_passes(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "scratch.duckdb")) as connection:
        create_raw_tables(connection)
    built = run_dbt(
        tmp_path, PROJECT, "build", "--empty", "--resource-type", "seed", "--resource-type", "model"
    )
    assert set(built.values()) == {"success"}
    results = run_dbt(tmp_path, PROJECT, "test", "--select", "test_type:unit")
    passed = {name for name, status in results.items() if status == "pass"}
    assert results.keys() == passed
    assert len(passed) == len(declared())

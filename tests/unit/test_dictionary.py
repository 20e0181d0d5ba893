"""The committed data dictionary is the one that the YAML gives, and the YAML is complete."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from gongkai.candidate import create_raw_tables
from gongkai.dictionary import PAGE, dictionary, doc_blocks, landed_tables, resolved

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = sorted((PROJECT / "seeds").rglob("*.csv"))
PUBLISHED = [
    path
    for schema in ("core", "marts", "audit")
    for path in (PROJECT / "models" / schema).glob("*.sql")
]


# `中文。 / English.`: first a sentence in Chinese, then the same in English
_BOTH = re.compile(r".*[\u4e00-\u9fff].*。 / (?=[A-Z`])[^。]*[A-Za-z]{2}")
_GRAIN = re.compile(r"每行一.+。 / One row per ")


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == dictionary(), "run python -m gongkai.dictionary"


def test_a_description_that_calls_no_block_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "columns.md").write_text("{% docs known %}\nKnown.\n{% enddocs %}\n")
    (tmp_path / "core" / "some.yml").write_text(
        "models: [{name: some, description: \"{{ doc('unknown') }}\", columns: []}]"
    )
    with pytest.raises(KeyError, match="unknown"):
        dictionary(tmp_path)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_every_column_of_a_seed_is_described_and_typed(seed: Path) -> None:
    with seed.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    content = yaml.safe_load(seed.with_suffix(".yml").read_text("utf-8"))["seeds"][0]
    assert content["name"] == seed.stem
    assert [column["name"] for column in content["columns"]] == header
    assert list(content["config"]["column_types"]) == header
    assert all(column["description"] for column in content["columns"])


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda path: path.stem)
def test_every_published_model_states_its_grain(model: Path) -> None:
    content = yaml.safe_load(model.with_suffix(".yml").read_text("utf-8"))["models"][0]
    assert content["name"] == model.stem
    assert _GRAIN.match(content["description"])
    assert all(column["description"] and column["data_type"] for column in content["columns"])


@pytest.mark.parametrize(
    "text", ["金额，元。 / Amount in yuan.", "以 ` / ` 连接。 / Joined by ` / `."]
)
def test_a_text_in_both_languages_passes(text: str) -> None:
    assert _BOTH.match(text)


@pytest.mark.parametrize(
    "text", ["Amount (金额) in yuan.", "金额，元。", "金额 / amount", "Amount. / 金额。"]
)
def test_a_text_in_one_language_does_not_pass(text: str) -> None:
    assert not _BOTH.match(text)


DESCRIBED = sorted(
    path
    for folder in ("models", "seeds")
    for path in (PROJECT / folder).rglob("*.yml")
    if "unit_tests" not in path.stem and path.stem != "exposures"
)


def descriptions(path: Path) -> Iterator[tuple[str, str]]:
    """Name and description of every table of a YAML, and of every column."""
    content = yaml.safe_load(path.read_text("utf-8"))
    landed = [table for source in content.get("sources", []) for table in source["tables"]]
    for table in [*content.get("models", []), *content.get("seeds", []), *landed]:
        yield table["name"], table["description"]
        for column in table["columns"]:
            yield f"{table['name']}.{column['name']}", column["description"]


@pytest.mark.parametrize("path", DESCRIBED, ids=lambda path: path.stem)
def test_every_table_and_column_is_described_in_chinese_and_english(path: Path) -> None:
    blocks = doc_blocks()
    texts = [(name, resolved(text, blocks)) for name, text in descriptions(path)]
    assert len(texts) > 1
    assert [(name, text) for name, text in texts if not _BOTH.match(text)] == []


def test_what_is_landed_is_described_column_by_column() -> None:
    """The YAML of schema `raw` has the tables, columns and types that a candidate gets."""
    with duckdb.connect() as connection:
        create_raw_tables(connection)
        landed: dict[str, list[tuple[str, str]]] = {}
        for table, column, data_type in connection.execute(
            "select table_name, column_name, lower(data_type) from duckdb_columns()"
            " where schema_name = 'raw' order by table_name, column_index"
        ).fetchall():
            landed.setdefault(table, []).append((column, data_type))
    assert landed == {
        table["name"]: [(column["name"], column["data_type"]) for column in table["columns"]]
        for table in landed_tables()
    }

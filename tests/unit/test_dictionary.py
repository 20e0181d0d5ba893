"""The committed data dictionary is the one that the YAML gives, and the YAML is complete."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from gongkai.dictionary import PAGE, dictionary

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


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda path: path.stem)
def test_every_table_and_column_is_described_in_chinese_and_english(model: Path) -> None:
    page = PAGE.read_text("utf-8")
    section = page[page.index(f".{model.stem}\n") :].split("\n### ")[0].split("\n## ")[0]
    texts = [
        section.split("\n\n")[1],
        *re.findall(r"^\| `\w+`(?: \?)? \| .*? \| (.*) \|$", section, re.M),
    ]
    assert len(texts) > 3
    assert [text for text in texts if not _BOTH.match(text)] == []

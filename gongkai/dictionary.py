"""The data dictionary, written from the YAML of the models: ``python -m gongkai.dictionary``."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gongkai.documents import PROJECT

PAGE = PROJECT / "docs" / "dictionary.md"
"""The committed page; a test compares it with ``dictionary()``."""

CHAPTERS = {
    "core": "Dimensions and facts",
    "marts": "Ready answers",
    "audit": "Checks, findings, quarantine",
}
"""The schemas that a user may rely on, and what they are for."""

_RAW = "What the readers landed, cell by cell"

_HEAD = """\
# Data dictionary

Every table that a user of the warehouse may rely on, with its columns. Written from the YAML of the
models by `python -m gongkai.dictionary`; the same texts are the comments in the database.
Amounts are in yuan; a column of amounts ends in `_yuan`. `?` marks a column that may be NULL.
"""
_DOC_BLOCK = re.compile(r"{%\s*docs\s+(\w+)\s*%}\s*(.*?)\s*{%\s*enddocs\s*%}", re.S)
_DOC_CALL = re.compile(r"{{\s*doc\('(\w+)'\)\s*}}")


def dictionary(models: Path = PROJECT / "models") -> str:
    """Return the page in Markdown for the YAML below ``models``.

    A chapter per schema, `raw` last, a section per table: its grain, then a row per column with
    type, description and the words that it may hold.

    Raises KeyError when a description calls a doc block that does not exist.
    """
    blocks = doc_blocks(models)
    lines = [_HEAD]
    for schema, title in CHAPTERS.items():
        lines.append(f"## {schema}: {title}\n")
        for model in published_models(schema, models):
            lines += _section(schema, model, blocks)
    lines.append(f"## raw: {_RAW}\n")
    for table in landed_tables(models):
        lines += _section("raw", table, blocks)
    return "\n".join(lines).rstrip() + "\n"


def doc_blocks(models: Path = PROJECT / "models") -> dict[str, str]:
    """Read the texts that descriptions share, by name: every ``columns.md`` below ``models``."""
    return {
        name: text
        for path in sorted(models.rglob("columns.md"))
        for name, text in _DOC_BLOCK.findall(path.read_text("utf-8"))
    }


def published_models(schema: str, models: Path = PROJECT / "models") -> Iterator[dict[str, Any]]:
    """Read what the YAML below ``models`` says of the tables of a schema, by file name."""
    for path in sorted((models / schema).glob("*.yml")):
        yield from yaml.safe_load(path.read_text("utf-8")).get("models", [])


def landed_tables(models: Path = PROJECT / "models") -> Iterator[dict[str, Any]]:
    """Read what the YAML below ``models`` says of the tables of schema `raw`, file by file."""
    for path in sorted((models / "staging").glob("_raw_*.yml")):
        for source in yaml.safe_load(path.read_text("utf-8"))["sources"]:
            yield from source["tables"]


def resolved(text: str, blocks: dict[str, str]) -> str:
    """Return a description with the texts that it calls; KeyError for one that does not exist."""
    return _DOC_CALL.sub(lambda call: blocks[call[1]], text)


def _section(schema: str, model: dict[str, Any], blocks: dict[str, str]) -> Iterator[str]:
    yield f"### {schema}.{model['name']}\n"
    yield _cell_text(model["description"], blocks) + "\n"
    yield "| column | type | what it holds |"
    yield "|---|---|---|"
    for column in model["columns"]:
        tests = column.get("data_tests", [])
        mark = "" if "not_null" in tests else " ?"
        text = _cell_text(column["description"], blocks)
        words = _words(tests)
        if words:
            text += " Words: " + ", ".join(f"`{word}`" for word in words) + "."
        yield f"| `{column['name']}`{mark} | {column['data_type']} | {text} |"
    yield ""


def _cell_text(text: str, blocks: dict[str, str]) -> str:
    return resolved(text, blocks).replace("|", "\\|")


def _words(tests: list[Any]) -> list[str]:
    for test in tests:
        if isinstance(test, dict) and "accepted_values" in test:
            values: list[str] = test["accepted_values"]["arguments"]["values"]
            return values
    return []


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()

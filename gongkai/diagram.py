"""The diagram of tables and keys, from the YAML of the models: ``python -m gongkai.diagram``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.dictionary import CHAPTERS, published_models
from gongkai.documents import PROJECT

PAGE = PROJECT / "docs" / "er.md"
"""The committed page; a test compares it with ``diagrams()``."""

_HEAD = """\
# Tables and keys / 表和键

Which table leads to which, and by what column. Drawn from the tests in the YAML of the models by
`python -m gongkai.diagram`: each line is a relationship that every build tests. The file itself
declares no keys. Shown are keys (`PK`, together where there are several), columns that lead
elsewhere (`FK`) and amounts; every column is in the [data dictionary](dictionary.md).

Beyond the lines: `cell_id` is a key of `raw.cell` and `line_id` of `raw.line`, wherever they stand;
`audit.fact_place` leads from every fact (`fact_table`, `fact_id`) to both.
"""
_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True)
class _Link:
    """A relationship that a test holds: ``columns`` of ``table`` lead to one row of ``to``.

    ``always`` says that every row has one, ``once`` that no two rows have the same.
    """

    table: str
    columns: str
    to: str
    always: bool
    once: bool


def diagrams(models: Path = PROJECT / "models") -> str:
    """Return the page in Markdown: one Mermaid diagram per schema of the YAML below ``models``.

    A table of another schema to which a line leads is drawn by its name alone.
    """
    lines = [_HEAD]
    for schema, title in CHAPTERS.items():
        lines += [f"## {schema}: {title}\n", "```mermaid", "erDiagram"]
        tables = list(published_models(schema, models))
        for table in tables:
            lines += _drawn_links(table)
        for table in tables:
            lines += _drawn_table(table)
        lines.append("```\n")
    return "\n".join(lines).rstrip() + "\n"


def _drawn_links(table: dict[str, Any]) -> Iterator[str]:
    for link in _links(table):
        one = "||" if link.always else "|o"
        many = "o|" if link.once else "o{"
        yield f'    {link.to} {one}--{many} {link.table} : "{link.columns}"'


def _drawn_table(table: dict[str, Any]) -> Iterator[str]:
    keys = _keys(table)
    foreign = {column for link in _links(table) for column in link.columns.split(", ")}
    yield f"    {table['name']} {{"
    for column in table["columns"]:
        name = column["name"]
        marks = [mark for mark, held in (("PK", name in keys), ("FK", name in foreign)) if held]
        if marks or name.endswith("_yuan"):
            kind = re.sub(r"\W+", "_", column["data_type"]).strip("_")
            yield f"        {kind} {name} {', '.join(marks)}".rstrip()
    yield "    }"


def _keys(table: dict[str, Any]) -> set[str]:
    """Find the key: the first column that is unique, else the first unique combination."""
    for column in table["columns"]:
        if "unique" in column.get("data_tests", []):
            return {column["name"]}
    for name, arguments in _tests(table):
        if name == "unique_combination":
            return set(arguments["columns"])
    return set()


def _links(table: dict[str, Any]) -> Iterator[_Link]:
    for column in table["columns"]:
        tests = column.get("data_tests", [])
        for name, arguments in _tests(column):
            if name == "relationships":
                yield _Link(
                    table["name"],
                    column["name"],
                    _REF.findall(arguments["to"])[0],
                    always="not_null" in tests,
                    once="unique" in tests,
                )
    for name, arguments in _tests(table):
        if name == "economic_codes_known":
            yield _Link(table["name"], arguments["code_column"], "dim_economic", False, False)


def _tests(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for test in described.get("data_tests", []):
        if isinstance(test, dict):
            for name, content in test.items():
                if isinstance(content, dict):
                    yield name, content.get("arguments", {})


def main() -> None:
    """Write the page."""
    PAGE.write_text(diagrams(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Parts of an export: promises of the models, cells, the order of tables in a dump."""

import csv
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.catalogue import Column, ForeignKey, Table
from publish.data_package import FISCAL_TYPES, package_type
from publish.errors import PublicationError
from publish.export_pages import REASONS
from publish.promises import MODELS, Reference, read_promises
from publish.sql_dump import sql_type, write_schema
from publish.written import cell_text, write_csv
from tests.conftest import PROJECT

YAML = """
models:
  - name: fact
    columns:
      - name: key
        data_tests: [not_null, unique]
      - name: word
        data_tests:
          - accepted_values:
              arguments: {values: [a, b]}
          - not_null:
              config: {where: "key > 1"}
      - name: other
        data_tests:
          - relationships:
              arguments: {to: ref('dim'), field: id}
          - unique:
              config: {severity: warn}
    data_tests:
      - unique_combination:
          name: of_its_own
          arguments: {columns: [word, other]}
"""


def test_promises_are_the_tests_of_every_row(tmp_path: Path) -> None:
    (tmp_path / "fact.yml").write_text(YAML, encoding="utf-8")
    promises = read_promises(tmp_path)["fact"]
    assert promises.required == {"key"}
    assert promises.keys == (("key",), ("word", "other"))
    assert promises.references == (Reference("other", "dim", "id"),)
    assert promises.words == {"word": ("a", "b")}


def test_every_fact_has_a_key_and_leads_to_its_disclosure() -> None:
    facts = {name: p for name, p in read_promises(MODELS).items() if name.startswith("fct_")}
    assert len(facts) > 5
    for name, promises in facts.items():
        assert len(promises.keys[0]) == 1, name
        targets = [reference.model for reference in promises.references]
        assert "dim_disclosure" in targets, name


@given(st.text(alphabet="'=+-@\t\n\r＝＋－＠1.,%aé中\x1b\u202e\0 ", max_size=8))
def test_a_cell_acts_nowhere_and_can_be_had_back(text: str) -> None:
    cell = cell_text(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", cell)
    if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell):
        # as it is only what computes nothing: a sign alone, or a plain number
        assert cell == text
        assert len(text) == 1 or re.fullmatch(r"[-+－＋][0-9.,%]+", text)
    if text.isprintable():
        back = cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell
        assert back == text


def test_lists_and_times_of_a_csv_file(tmp_path: Path) -> None:
    columns = [Column("a", "VARCHAR[]", ""), Column("b", "TIMESTAMP", ""), Column("c", "DATE", "")]
    rows = [('["x","y"]', "2024-02-03 04:05:06.5", "2024-02-03"), (None, None, None)]
    assert write_csv(tmp_path / "x.csv", columns, rows) == {}
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["a", "b", "c"],
            ['["x","y"]', "2024-02-03T04:05:06.5Z", "2024-02-03"],
            ["", "", ""],
        ]


def table(name: str, *references: str) -> Table:
    return Table(
        schema="core",
        name=name,
        comment="One row\nper thing; drop table x;",
        columns=(
            Column("id", "INTEGER", "", required=True, unique=True),
            *(Column(other, "INTEGER", "") for other in references),
        ),
        rows=0,
        key=("id",),
        foreign_keys=tuple(ForeignKey(other, f"core.{other}", "id") for other in references),
    )


def test_what_is_referred_to_comes_first_and_a_circle_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    write_schema(path, [table("a", "b", "a"), table("b", "c"), table("c", "b")], "head\nselect 1;")
    text = path.read_text("utf-8")
    order = re.findall(r'^create table "core_(\w+)"', text, re.M)
    assert order.index("b") < order.index("a")
    seen: set[str] = set()
    for statement in text.split("create table ")[1:]:
        own = statement.split('"')[1]
        seen.add(own)
        assert set(re.findall(r'references "(\w+)"', statement)) <= seen
    # a to b, a to itself, and one of the two between b and c
    assert text.count("foreign key") == 3
    connection = sqlite3.connect(":memory:")
    connection.executescript(text)
    connection.close()


def test_a_type_without_an_equal_is_refused() -> None:
    column = Column("when", "INTERVAL", "")
    for name_of_type in (sql_type, package_type):
        with pytest.raises(PublicationError, match=r"core\.a\.when has type INTERVAL"):
            name_of_type(table("a"), column)


def test_fiscal_types_name_columns_that_there_are() -> None:
    named = set(re.findall(r"^\| `(\w+)`", (PROJECT / "docs" / "dictionary.md").read_text(), re.M))
    with FISCAL_TYPES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["column"] for row in rows if not row["constant"]} <= named
    assert all(row["column_type"] or row["phase"] for row in rows)


def test_the_reasons_of_an_export_are_those_of_the_audit_and_two_more() -> None:
    words = read_promises(MODELS)["change"].words["reason"]
    assert set(REASONS) == {*words, "follows", "publication"}

"""The committed diagram is the one that the YAML gives, and says what the tests hold."""

import re
from pathlib import Path

from gongkai.diagram import PAGE, diagrams

YAML = """
models:
  - name: fact
    columns:
      - {name: fact_id, data_type: varchar, data_tests: [not_null, unique]}
      - name: thing_id
        data_type: varchar
        data_tests:
          - not_null
          - relationships: {arguments: {to: ref('thing'), field: thing_id}}
      - name: other_id
        data_type: varchar
        data_tests:
          - unique
          - relationships: {arguments: {to: ref('other'), field: other_id}}
      - {name: amount_yuan, data_type: "decimal(18,2)"}
      - {name: label, data_type: varchar}
  - name: thing
    columns:
      - {name: kind, data_type: varchar}
      - {name: number, data_type: integer}
    data_tests:
      - unique_combination: {arguments: {columns: [kind, number]}}
"""


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == diagrams(), "run python -m gongkai.diagram"


def test_links_keys_and_amounts_are_drawn(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "some.yml").write_text(YAML, encoding="utf-8")
    drawn = diagrams(tmp_path).split("erDiagram\n")[1].split("```")[0]
    assert [line.strip() for line in drawn.splitlines()] == [
        'thing ||--o{ fact : "thing_id"',
        'other |o--o| fact : "other_id"',
        "fact {",
        "varchar fact_id PK",
        "varchar thing_id FK",
        "varchar other_id FK",
        "decimal_18_2 amount_yuan",
        "}",
        "thing {",
        "varchar kind PK",
        "integer number PK",
        "}",
    ]


def test_every_fact_leads_to_its_disclosure_and_every_table_has_a_key() -> None:
    page = PAGE.read_text("utf-8")
    tables = dict(re.findall(r"^    (\w+) \{\n(.*?)^    \}", page, re.M | re.S))
    facts = [name for name in tables if name.startswith("fct_")]
    assert len(facts) > 8
    for fact in facts:
        assert f'dim_disclosure ||--o{{ {fact} : "disclosure_id"' in page
    without = {name for name, columns in tables.items() if " PK" not in columns}
    # rows of these two have no key of their own: cases that may repeat, and pages
    assert without <= {"quarantine", "page_conservation"}

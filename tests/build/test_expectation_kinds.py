"""Our own expectations: each has a table that breaks it and one that keeps it; what pages show."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.report import Outcome, read_report
from tests.build.conftest import PROJECT, build_environment
from tests.build.windows import browsing

HOSTILE = "=1+1<script>alert(1)</script><img src=x onerror=alert(2)>$x {batch}\x1b[31m\u202e&amp;"
SEEN = "=1+1<script>alert(1)</script><img src=x onerror=alert(2)>$x {batch}␛[31m[U+202E]&amp;"

# The names are those of expectations that have their Chinese.
RULES: dict[str, tuple[str, str, dict[str, object]]] = {
    "parts": ("classes_make_the_total", "ExpectPartsToSumToTotal", {"word": "component"}),
    "tables": (
        "summary_agrees_with_expenditure",
        "ExpectTablesToAgree",
        {"left": "summary", "right": "expenditure", "word": "component"},
    ),
    "cells": ("fact_has_its_cell", "ExpectEveryFigureToHaveACell", {}),
    "coverage": ("floor_of_rows", "ExpectCoverage", {"share": 0.9}),
}
MUST = {"cells", "coverage"}

PROGRAM = """
import json, sys
from pathlib import Path
from expectations import kinds
from expectations.grades import must, worth_knowing
from expectations.suites import TableSuite
from expectations.validate import validate

suites = []
for table, (name, kind, words, blocks) in json.loads(sys.argv[3]).items():
    grade = must if blocks else worth_knowing
    suites.append(
        TableSuite("core", table, (grade(name, "It holds", getattr(kinds, kind), **words),))
    )
validate(Path(sys.argv[1]), Path(sys.argv[2]), suites)
"""

SCHEMA = """
create schema raw; create schema core; create schema seeds; create schema audit;
create table raw.cell (cell_id varchar, document_id varchar, table_kind varchar, role varchar,
    printed varchar, decimals integer, unit varchar, row_no integer, column_no integer,
    quarantine_reason varchar);
create table core.dim_document (document_id varchar, disclosure_id varchar, file_name varchar);
create table audit.finding (disclosure_id varchar, kind varchar);
create table seeds.table_kind (table_kind varchar, family varchar);
"""

FACT = """create table core.{name} (cell_id varchar, disclosure_id varchar, document_id varchar,
    table_kind varchar, level varchar, fund varchar, component varchar, row_label varchar,
    amount_yuan decimal(18, 2), amount_printed varchar, page_number integer, is_current boolean)"""


@dataclass(frozen=True)
class Figure:
    """A printed figure; ``fact`` and ``cell`` are what either says, None where it is missing."""

    fact: str | None
    cell: str | None
    level: str = "class"
    table_kind: str = "expenditure"
    page: int = 6


def total(printed: str, table_kind: str = "expenditure", page: int = 6) -> Figure:
    return Figure(printed, printed, "total", table_kind, page)


def part(printed: str) -> Figure:
    return Figure(printed, printed)


TABLES = {
    # three figures of two digits: 0.015 is rounding, so 0.01 too much is kept and 0.02 is not
    "parts_kept": (part("1.00"), part("2.00"), total("3.01")),
    "parts_broken": (part("1.00"), part("2.00"), total("3.02")),
    "tables_kept": (total("3.01", "summary", 4), total("3.02")),
    "tables_broken": (total("3.01", "summary", 4), total("3.05")),
    "cells_kept": (part("1.00"),),
    "cells_broken": (Figure("1.00", None), Figure("2.00", "2.20"), part("3.00")),
    "coverage_kept": (*(part("1.00"),) * 9, Figure(None, "1.00")),
    "coverage_broken": (*(part("1.00"),) * 8, Figure(None, "1.00"), Figure(None, "2.00")),
}


def rule_of(table: str) -> tuple[str, str, dict[str, object], bool]:
    """Return name, class and words of the rule on a table, and whether it blocks."""
    rule = table.split("_")[0]
    name, kind, words = RULES[rule]
    more = {"family": table} if rule == "coverage" else {}
    return name, kind, {**words, **more}, rule in MUST


def write_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Write a fact table whose document is its own, with the cells that its figures come from."""
    connection.execute("insert into seeds.table_kind values (?, ?)", [name, name])
    file_name = HOSTILE if name.endswith("_broken") else f"{name}.pdf"
    connection.execute("insert into core.dim_document values (?, ?, ?)", [name, name, file_name])
    connection.execute(FACT.format(name=name))
    for number, figure in enumerate(TABLES[name]):
        key = f"{name}:{number}"
        # coverage is counted over all documents of a family, so each table has its own
        table_kind = name if name.startswith("coverage") else figure.table_kind
        if figure.cell is not None:
            connection.execute(
                "insert into raw.cell values (?, ?, ?, 'amount', ?, 2, 'yuan', ?, 1, null)",
                [key, name, table_kind, figure.cell, number],
            )
        if figure.fact is not None:
            connection.execute(
                f"insert into core.{name} values (?, ?, ?, ?, ?, 'all', 'total', ?, ?, ?, ?, true)",
                [
                    *(key, name, name, table_kind, figure.level, file_name),
                    *(figure.fact, figure.fact, figure.page),
                ],
            )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Validate all tables at once, and return the directory of the report."""
    root = tmp_path_factory.mktemp("kinds")
    database = root / "candidate.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(SCHEMA)
        for name in TABLES:
            write_table(connection, name)
    result = subprocess.run(
        [
            *(sys.executable, "-c", PROGRAM, str(database), str(root)),
            json.dumps({table: rule_of(table) for table in TABLES}),
        ],
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return root


def outcome(report: Path, table: str) -> Outcome:
    """Return what became of the only rule of a table."""
    (found,) = (o for o in read_report(report).outcomes if o.suite == f"core.{table}")
    assert found.error is None
    return found


@pytest.mark.parametrize("rule", RULES)
def test_what_keeps_the_rule_passes(report: Path, rule: str) -> None:
    assert outcome(report, f"{rule}_kept").holds


@pytest.mark.parametrize(
    ("rule", "rows"), [("parts", 1), ("tables", 1), ("cells", 2), ("coverage", 1)]
)
def test_what_breaks_the_rule_fails(report: Path, rule: str, rows: int) -> None:
    found = outcome(report, f"{rule}_broken")
    assert (found.holds, found.rows) == (False, rows)
    assert found.grade == ("must" if rule in MUST else "worth_knowing")


def test_the_first_broken_row_says_where_and_what_is_printed(report: Path) -> None:
    assert outcome(report, "parts_broken").example == (
        f"file: {SEEN}, page: 6, table: expenditure, parts as printed: 1.00 + 2.00,"
        " total as printed: 3.02, sum of parts (yuan): 3.00, total (yuan): 3.02,"
        " difference (yuan): -0.02, rounding (yuan): 0.02, fund: all, component: total"
    )
    assert (
        "left as printed: 3.01, right as printed: 3.05, left table: summary p. 4,"
        " right table: expenditure p. 6"
    ) in str(outcome(report, "tables_broken").example)
    assert "why: no such cell in the document" in str(outcome(report, "cells_broken").example)
    assert "covered: 8, expected: 10" in str(outcome(report, "coverage_broken").example)


def page_of(report: Path, table: str) -> Path:
    (page,) = (report / "data_docs" / "validations" / "core" / table).rglob("*.html")
    return page


def test_hostile_text_is_no_markup_of_a_page(report: Path) -> None:
    pages = [*(report / "data_docs").rglob("*.html")]
    assert len(pages) > len(TABLES)
    for page in pages:
        text = page.read_text("utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert not re.search("[\x1b\u202e]", text)
    assert "=1+1&lt;script&gt;alert(1)" in page_of(report, "cells_broken").read_text("utf-8")


def test_pages_name_no_other_computer_but_in_links(report: Path) -> None:
    for page in (report / "data_docs").rglob("*.html"):
        loaded = re.findall(r"<(?:link|script|img)\b[^>]*https?://[^>]*>", page.read_text("utf-8"))
        assert loaded == []


@dataclass(frozen=True)
class Window:
    """A page of the browser, and what must not happen in it."""

    page: Any
    complaints: list[str]


@pytest.fixture
def window(browser: Any) -> Iterator[Window]:
    """Open a window; afterwards nothing was asked of the network and nothing was missing."""
    context = browser.new_context()
    opened = Window(context.new_page(), [])
    page = opened.page
    page.on("pageerror", lambda error: opened.complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: opened.complaints.append(f"missing: {request.url}"))
    page.on("dialog", lambda dialog: (opened.complaints.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:"))
            else opened.complaints.append(f"asked: {request.url}")
        ),
    )
    yield opened
    context.close()
    assert opened.complaints == []


@browsing
def test_the_index_is_red_only_where_a_promise_is_broken(report: Path, window: Window) -> None:
    window.page.goto((report / "data_docs" / "index.html").as_uri())
    marks = {
        row.get_attribute("data-suite"): row.locator(".state").get_attribute("class")
        for row in window.page.locator("#suites tbody tr").all()
        if row.is_visible()
    }
    assert {table.removeprefix("core.") for table in marks} == set(TABLES)
    for table, mark in marks.items():
        rule, state = table.removeprefix("core.").split("_")
        assert mark.split()[1] == (
            "holds" if state == "kept" else "must" if rule in MUST else "known"
        ), table
    assert "alert(1)" in window.page.inner_text("body")
    assert window.page.locator("main script, img").count() == 0
    window.page.locator("#suites tbody a").first.click()
    window.page.wait_for_url("**/validations/**")


@browsing
@pytest.mark.parametrize("rule", RULES)
def test_a_page_shows_the_broken_rows_as_text(report: Path, window: Window, rule: str) -> None:
    window.page.goto(page_of(report, f"{rule}_broken").as_uri())
    rows = window.page.locator("td table tbody tr")
    assert rows.count() == outcome(report, f"{rule}_broken").rows
    assert SEEN in rows.first.inner_text()
    headings = " ".join(window.page.locator("td table thead").all_inner_texts())
    assert "文件 file" in headings
    assert window.page.locator(".text-danger").count() == (2 if rule in MUST else 0)
    # the style sheet has been found
    assert "Times" not in window.page.evaluate("getComputedStyle(document.body).fontFamily")

"""What README and docs show is true: queries run, and the README's answer is the real one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.build.conftest import PROJECT, Built, query

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
QUERIES = [
    (page, sql)
    for page in PAGES
    for sql in re.findall(r"^```sql\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
]
ANSWERS = [
    (page, sql, shown)
    for page in (PROJECT / "README.md", PROJECT / "docs" / "queries.md")
    for sql, shown in re.findall(
        r"^```sql\n((?:(?!```).*\n)+)```\n\n((?:\|.*\n)+)", page.read_text("utf-8"), re.M
    )
]


@pytest.mark.parametrize(
    ("page", "sql", "shown"),
    ANSWERS,
    ids=[f"{page.stem}-{at}" for at, (page, _, _) in enumerate(ANSWERS)],
)
def test_the_answers_of_the_pages_are_the_real_ones(
    samples: Path, page: Path, sql: str, shown: str
) -> None:
    with duckdb.connect(str(samples), read_only=True) as connection:
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description]
        rows = [["" if value is None else str(value) for value in row] for row in answer.fetchall()]
    printed = [
        [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        for line in shown.splitlines()
    ]
    assert printed[0] == columns
    assert printed[2:] == rows, page
    assert rows


def test_the_readme_and_every_worked_query_show_an_answer() -> None:
    asked = [page.name for page, _ in QUERIES]
    shown = [page.name for page, _, _ in ANSWERS]
    assert shown.count("README.md") == asked.count("README.md") == 1
    assert shown.count("queries.md") == asked.count("queries.md") >= 10


@pytest.mark.parametrize(
    ("page", "sql"), QUERIES, ids=[f"{page.stem}-{at}" for at, (page, _) in enumerate(QUERIES)]
)
def test_every_query_of_the_pages_runs(samples: Path, page: Path, sql: str) -> None:
    assert isinstance(query(samples, sql), list), page


def test_the_python_of_the_readme_runs(samples: Path) -> None:
    [program] = re.findall(
        r"^```python\n(.*?)^```", (PROJECT / "README.md").read_text("utf-8"), re.M | re.S
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=samples.parent.parent,
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    for (name,) in query(samples, "select agency_name from core.dim_agency"):
        assert str(name) in result.stdout


def test_the_command_line_client_opens_the_file(samples: Path) -> None:
    client = shutil.which("duckdb")
    if client is None:
        pytest.skip("the DuckDB command line is not installed")
    result = subprocess.run(
        [
            client,
            "-readonly",
            "warehouse/gongkai.duckdb",
            "-csv",
            "-noheader",
            "-c",
            "select count(*) from core.dim_disclosure",
        ],
        cwd=samples.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout.strip()) == (0, "5"), result.stderr


def test_every_reason_that_a_build_gives_is_in_the_list(built: Built) -> None:
    page = (PROJECT / "docs" / "quarantine.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.M))
    found = {reason for (reason,) in query(built.warehouse, "select reason from audit.quarantine")}
    assert found
    assert found <= listed

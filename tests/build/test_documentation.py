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


def test_the_readme_has_the_real_answer(samples: Path) -> None:
    [sql] = [sql for page, sql in QUERIES if page.name == "README.md"]
    text = (PROJECT / "README.md").read_text("utf-8")
    shown = text[text.index(sql) + len(sql) :].split("```")[1].strip().split("\n\n")[0]
    with duckdb.connect(str(samples), read_only=True) as connection:
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description]
        rows = answer.fetchall()
    printed = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines()]
    assert printed[0] == columns
    assert printed[2:] == [[str(value) for value in row] for row in rows]
    assert len(rows) == 5


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

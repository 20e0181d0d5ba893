"""What an export holds: every row and value, a valid package, dumps that other databases take."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.build.conftest import Built, query
from tests.build.exports import (
    as_given,
    descriptor,
    errors_of,
    export,
    query_parquet,
    read_csv,
    resource_of,
    run_export,
)

SCHEMAS = ("core", "marts", "audit", "meta")
TABLES = (
    "select schema_name || '.' || table_name from duckdb_tables()"
    f" where schema_name in {SCHEMAS} order by all"
)


@pytest.fixture(scope="module")
def exported(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the small corpus, to a name that a pattern or a quotation would take amiss."""
    return export(built.warehouse, tmp_path_factory.mktemp("出口") / "it's [a]* 100% 数据")


def test_every_table_is_there_with_every_row(built: Built, exported: Path) -> None:
    tables = [str(name) for (name,) in query(built.warehouse, TABLES)]
    assert {"core.fct_income", "marts.mart_agency_year", "meta.publication"} <= set(tables)
    files = sorted(path.name for path in (exported / "data").iterdir())
    assert files == sorted(f"{name}.{kind}" for name in tables for kind in ("csv", "parquet"))
    said = json.loads((exported / "publication.json").read_text("utf-8"))["rows"]
    for name in tables:
        [(rows,)] = query(built.warehouse, f"select count(*) from {name}")
        assert said[name] == rows
        assert len(read_csv(exported / "data" / f"{name}.csv")) == 1 + rows, name


def test_parquet_has_the_very_rows(built: Built, exported: Path) -> None:
    with duckdb.connect() as connection:
        path = str(built.warehouse).replace("'", "''")
        connection.execute(f"attach '{path}' as warehouse (read_only)")
        for (name,) in query(built.warehouse, TABLES):
            file = str(exported / "data" / f"{name}.parquet")
            rows = connection.read_parquet(file.replace("[", "[[]", 1).replace("*", "[*]"))
            connection.register("exported", rows)
            for one, other in (
                ("exported", f"warehouse.{name}"),
                (f"warehouse.{name}", "exported"),
            ):
                lost = connection.execute(f"from {one} except all from {other}").fetchall()
                assert lost == [], name
            types = "select column_name, column_type from (describe from {})"
            assert (
                connection.execute(types.format("exported")).fetchall()
                == connection.execute(types.format(f"warehouse.{name}")).fetchall()
            )


def test_csv_has_the_very_values(built: Built, exported: Path) -> None:
    """A decimal keeps its digits, a time is UTC, a list is JSON; nothing else differs."""
    for (name,) in query(built.warehouse, TABLES):
        head, *rows = read_csv(exported / "data" / f"{name}.csv")
        columns = query(built.warehouse, f"select column_name, column_type from (describe {name})")
        assert head == [column for column, _ in columns]
        chosen = []
        for column, kind in columns:
            text = f'cast("{column}" as varchar)'
            if kind == "TIMESTAMP":
                text = f"""replace({text}, ' ', 'T') || 'Z'"""
            elif str(kind).endswith("[]"):
                text = f'cast(to_json("{column}") as varchar)'
            chosen.append(f"coalesce({text}, '')")
        expected = query(built.warehouse, f"select {', '.join(chosen)} from {name}")
        assert sorted(tuple(map(as_given, row)) for row in rows) == sorted(expected), name


def test_csv_is_what_the_standard_says(exported: Path) -> None:
    content = (exported / "data" / "core.fct_income.csv").read_bytes()
    assert content.decode("utf-8").isprintable() is False  # line ends
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_the_package_is_valid_with_all_its_data(exported: Path, tmp_path: Path) -> None:
    copy = tmp_path / "package"
    shutil.copytree(exported, copy)
    assert errors_of(copy / "datapackage.json") == []
    facts = copy / "data" / "core.fct_three_public.csv"
    content = facts.read_text("utf-8")
    # the validator looks at types and references, and at the bytes
    row = content.splitlines()[1]
    document = resource_of(copy, "core.fct_three_public")["schema"]["fields"][2]
    assert document["name"] == "document_id"
    facts.write_text(content.replace(row.split(",")[2], "f" * 32), encoding="utf-8", newline="")
    found = " ".join(errors_of(copy / "datapackage.json"))
    assert "foreign key" in found.lower()
    assert "hash" in found


def test_the_package_says_what_columns_are(exported: Path) -> None:
    package = descriptor(exported)
    assert "licenses" not in package
    assert {source["title"] for source in package["sources"]} >= {"0001.pdf", "2'3.pdf"}
    schema = resource_of(exported, "core.fct_expenditure_function")["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["expenditure_id"]
    assert {
        "fields": ["function_code"],
        "reference": {"resource": "core.dim_function", "fields": ["function_code"]},
    } in schema["foreignKeys"]
    assert fields["function_code"]["columnType"] == "functional-classification:generic:code"
    assert fields["amount_yuan"]["columnType"] == "value"
    assert fields["amount_yuan"]["type"] == "number"
    assert fields["amount_yuan"]["constraints"] == {"required": True}
    assert "printed" in fields["reading"]["constraints"]["enum"]
    assert all(field.get("description") for field in schema["fields"])
    constants = {field["name"]: field["constant"] for field in schema["extraFields"]}
    assert constants == {"currency": "CNY", "direction": "expenditure"}
    years = resource_of(exported, "core.dim_disclosure")["schema"]["fields"]
    assert ("fiscal_year", "date:fiscal-year") in [(f["name"], f.get("columnType")) for f in years]
    # amounts of several phases side by side
    project = resource_of(exported, "core.fct_project")["schema"]
    phases = {f["name"]: f["normalize"]["phase"] for f in project["fields"] if "normalize" in f}
    assert phases["budget_yuan"] == "approved"
    assert phases["executed_yuan"] == "executed"
    assert [f["name"] for f in project["extraFields"] if f.get("normalizationTarget")] == [
        "phase_amount_yuan"
    ]


def test_sums_hold_for_every_file(exported: Path) -> None:
    lines = (exported / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {p.relative_to(exported).as_posix(): p for p in exported.rglob("*") if p.is_file()}
    assert set(sums) == set(files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest


def test_the_same_publication_gives_the_same_bytes(
    built: Built, exported: Path, tmp_path: Path
) -> None:
    result = run_export(built.warehouse, "--to", tmp_path / "again", seed="4711")
    assert result.returncode == 0, result.stderr
    again = (tmp_path / "again" / "SHA256SUMS").read_bytes()
    assert again == (exported / "SHA256SUMS").read_bytes()


def test_sqlite_takes_the_dump(built: Built, exported: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("pragma foreign_keys = on")
    connection.executescript((exported / "schema.sql").read_text("utf-8"))
    connection.executescript((exported / "data.sql").read_text("utf-8"))
    for (name,) in query(built.warehouse, TABLES):
        table = str(name).replace(".", "_", 1)
        assert connection.execute(f"select count(*) from {table}").fetchall() == query(
            built.warehouse, f"select count(*) from {name}"
        )
    cents = "select cast(round(sum(amount_yuan) * 100) as bigint) from {}"
    for fact in ("fct_income", "fct_expenditure_function", "fct_three_public"):
        assert connection.execute(cents.format(f"core_{fact}")).fetchall() == query(
            built.warehouse, cents.format(f"core.{fact}")
        )
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("insert into core_fct_income select * from core_fct_income limit 1")
    connection.rollback()
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("delete from core_dim_disclosure")
        connection.commit()
    connection.rollback()
    connection.close()


def test_postgresql_takes_the_dump(
    built: Built, exported: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    if programs is None or not (programs / "initdb").exists():
        pytest.skip("PostgreSQL is not installed")
    # it does not run as root
    settings: dict[str, Any] = {}
    root = Path("/tmp") / f"gongkai-postgresql-{os.getpid()}"
    root.mkdir()
    try:
        if os.geteuid() == 0:
            try:
                shutil.chown(root, "postgres")
            except LookupError:
                pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
            settings = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.copy(exported / "schema.sql", root)
        shutil.copy(exported / "data.sql", root)

        def call(program: str, *arguments: str) -> str:
            result = subprocess.run(
                [str(programs / program), *arguments],
                cwd=root,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
                **settings,
            )
            assert result.returncode == 0, result.stderr
            return result.stdout

        call("initdb", "-D", "db", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        call("pg_ctl", "-D", "db", "-l", "log", "-w", "start", "-o", f"-k {root} -h ''")
        try:
            psql = ("-q", "-At", "-h", str(root), "-d", "postgres", "-v", "ON_ERROR_STOP=1")
            for name in ("schema.sql", "data.sql"):
                call("psql", *psql, "-f", name)
            total = "select count(*), sum(amount_yuan) from core{}fct_income"
            [(count, amount)] = query(built.warehouse, total.format("."))
            assert call("psql", *psql, "-c", total.format("_")).strip() == f"{count}|{amount}"
        finally:
            call("pg_ctl", "-D", "db", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


HOSTILE = {
    '=HYPERLINK("http://example.org","x")': '\'=HYPERLINK("http://example.org","x")',
    "@SUM(A1)": "'@SUM(A1)",
    "+1+cmd|' /C calc'!A0": "'+1+cmd|' /C calc'!A0",
    "-2+3": "'-2+3",
    "＝1+1": "'＝1+1",
    "'=1": "''=1",
    "\t=1": "'\t=1",
    "-1,234.50": "-1,234.50",
    "-12%": "-12%",
    "-": "-",
    "=": "=",
    "'quoted'": "'quoted'",
    "a\x1b[31m红": "a␛[31m红",
    "1\u202e2": "1[U+202E]2",
    'say "两行"\nand, more': 'say "两行"\nand, more',
    "NULL": "NULL",
    "nul\0here": "nul␀here",
}


def test_hostile_cells_are_safe_and_can_be_had_back(altered: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(altered)) as connection:
        for number, text in enumerate(HOSTILE):
            connection.execute(
                "insert into core.fct_three_public by name select * replace (? as three_public_id,"
                " ? as row_label, -0.05 as amount_yuan, ? as cell_id)"
                " from (from core.fct_three_public order by all limit 1)",
                [f"hostile-{number:02}", text, f"cell-{number:02}"],
            )
    target = export(altered, tmp_path / "hostile")
    head, *rows = read_csv(target / "data" / "core.fct_three_public.csv")
    mine = sorted(row for row in rows if row[0].startswith("hostile-"))
    shown = [row[head.index("row_label")] for row in mine]
    assert shown == list(HOSTILE.values())
    assert {row[head.index("amount_yuan")] for row in mine} == {"-0.05"}
    for text, cell in HOSTILE.items():
        if text.isprintable() or "\n" in text or "\t" in text:
            assert as_given(cell) == text
    changed = sum(1 for text, cell in HOSTILE.items() if text != cell)
    described = resource_of(target, "core.fct_three_public")
    assert described["gongkai:cellsNotExact"]["row_label"] == changed
    assert f"`core.fct_three_public.row_label` {changed}" in (target / "README.md").read_text(
        "utf-8"
    )
    labels = query_parquet(
        target / "data" / "core.fct_three_public.parquet",
        "select row_label where starts_with(three_public_id, 'hostile-') order by three_public_id",
    )
    assert [label for (label,) in labels] == list(HOSTILE)
    assert errors_of(target / "datapackage.json") == []
    with sqlite3.connect(":memory:") as loaded:
        loaded.executescript((target / "schema.sql").read_text("utf-8"))
        loaded.executescript((target / "data.sql").read_text("utf-8"))
        held = loaded.execute(
            "select row_label from core_fct_three_public where three_public_id like 'hostile-%'"
        ).fetchall()
    assert sorted(text.replace("\0", "␀") for text in HOSTILE) == sorted(text for (text,) in held)


def test_raw_is_exported_on_request(built: Built, tmp_path: Path) -> None:
    target = export(built.warehouse, tmp_path / "raw", "--raw")
    [(cells,)] = query(built.warehouse, "select count(*) from raw.cell")
    rows = query_parquet(target / "data" / "raw.cell.parquet", "select count(*)")
    assert rows == [(cells,)]
    assert errors_of(target / "datapackage.json") == []

"""What an export promises: nothing lost on the way, a valid package, no half of it."""

import csv
import hashlib
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.build.conftest import PROJECT, Built, build_environment, query

SCHEMAS = ("core", "marts", "audit", "meta")
TABLES = (
    "select schema_name || '.' || table_name from duckdb_tables()"
    f" where schema_name in {SCHEMAS} order by all"
)


def run_export(
    warehouse: Path, *more: str | Path, seed: str = "1", **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    program = [sys.executable, "-m", "gongkai", "export", "--warehouse", str(warehouse)]
    return subprocess.run(
        [*program, *map(str, more)],
        cwd=PROJECT,
        env={**build_environment(), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        **settings,
    )


def export(warehouse: Path, target: Path, *more: str | Path) -> Path:
    result = run_export(warehouse, "--to", target, *more)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


@pytest.fixture(scope="module")
def exported(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the small corpus, to a name that a pattern or a quotation would take amiss."""
    return export(built.warehouse, tmp_path_factory.mktemp("出口") / "it's [a]* 100% 数据")


@pytest.fixture
def altered(built: Built, tmp_path: Path) -> Path:
    """Copy the published file, for a test to change."""
    path = tmp_path / "altered.duckdb"
    shutil.copy(built.warehouse, path)
    return path


def change(warehouse: Path, *statements: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def query_parquet(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"from read_parquet(?) {sql}", [str(path)]).fetchall()


def descriptor(directory: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((directory / "datapackage.json").read_text("utf-8"))
    return described


def resource_of(directory: Path, name: str) -> dict[str, Any]:
    [found] = [item for item in descriptor(directory)["resources"] if item["name"] == name]
    assert isinstance(found, dict)
    return found


def as_given(cell: str) -> str:
    """Take the apostrophe away, as the README of an export says."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell


def errors_of(package: Path) -> list[str]:
    """Hold a package with all its data against the validator; list what it finds."""
    from frictionless import validate

    report = validate(str(package))
    found = [error.message for task in report.tasks for error in task.errors]
    return [*(error.message for error in report.errors), *found]


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


def test_changes_are_told_by_row_and_value(built: Built, altered: Path, tmp_path: Path) -> None:
    [(income, amount)] = query(
        built.warehouse,
        "select min(income_id), arg_min(amount_yuan, income_id) from core.fct_income",
    )
    [(gone,)] = query(built.warehouse, "select min(three_public_id) from core.fct_three_public")
    change(
        altered,
        "update meta.publication set publication_id = '20200101T000000Z-00000000'",
        f"update core.fct_income set amount_yuan = amount_yuan + 1 where income_id = '{income}'",
        "update core.fct_three_public set three_public_id = 'old'"
        f" where three_public_id = '{gone}'",
        "alter table core.dim_agency drop column region_code",
        "drop table audit.rule",
    )
    target = export(built.warehouse, tmp_path / "now", "--earlier", altered)
    head, *rows = read_csv(target / "changes.csv")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["since"] for row in told} == {"20200101T000000Z-00000000"}
    of_income = [row for row in told if row["table"] == "core.fct_income"]
    assert [(row["kind"], json.loads(row["key"]), row["column"]) for row in of_income] == [
        ("changed", {"income_id": income}, "amount_yuan")
    ]
    assert (of_income[0]["before"], of_income[0]["after"]) == (str(amount + 1), str(amount))
    # the same documents, read and modelled alike: nothing explains it
    assert of_income[0]["reason"] == "unexplained"
    of_three = [row for row in told if row["table"] == "core.fct_three_public"]
    assert sorted((row["kind"], json.loads(row["key"])["three_public_id"]) for row in of_three) == [
        ("added", gone),
        ("gone", "old"),
    ]
    page = (target / "CHANGES.md").read_text("utf-8")
    [(rows_now,)] = query(built.warehouse, "select count(*) from core.fct_three_public")
    assert (
        f"| `core.fct_three_public` | {rows_now} | {rows_now} | 1 | 0 | 1 | `unexplained` |" in page
    )
    assert "- core.dim_agency.region_code: new column" in page
    assert "- audit.rule: new table" in page
    assert "core.fct_procurement` " in page
    assert errors_of(target / "datapackage.json") == []


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (("delete from core.dim_document where document_id = '{document}'",), "new_document"),
        (
            (
                "update core.dim_document set reader_version = 'other'"
                " where document_id = '{document}'",
            ),
            "reader_changed",
        ),
        (("update meta.publication set program_digest = 'other'",), "models_changed"),
    ],
)
def test_a_change_has_the_reason_of_its_document(
    built: Built, altered: Path, tmp_path: Path, statements: tuple[str, ...], reason: str
) -> None:
    [(income, document)] = query(
        built.warehouse,
        "select min(income_id), arg_min(document_id, income_id) from core.fct_income",
    )
    change(
        altered,
        *(statement.format(document=document) for statement in statements),
        "update meta.publication set publication_id = '20200101T000000Z-00000000'",
        f"delete from core.fct_income where income_id = '{income}'",
    )
    target = export(built.warehouse, tmp_path / "now", "--earlier", altered)
    head, *rows = read_csv(target / "changes.csv")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    [row] = [row for row in told if row["table"] == "core.fct_income"]
    assert (row["kind"], row["reason"], row["document_id"]) == ("added", reason, document)
    assert f"| `{reason}` |" in (target / "CHANGES.md").read_text("utf-8")
    about = {row["reason"] for row in told if row["table"] == "meta.publication"}
    assert about == {"publication"}


def test_an_export_replaces_the_one_before_and_is_compared_with_it(
    built: Built, altered: Path, tmp_path: Path
) -> None:
    target = tmp_path / "数据"
    change(altered, "update meta.publication set publication_id = '20200101T000000Z-00000000'")
    first = run_export(altered, "--to", target)
    assert "first export: nothing to compare with" in first.stdout
    assert len(read_csv(target / "changes.csv")) == 1
    again = run_export(altered, "--to", target)
    assert again.returncode == 0
    assert "nothing changed" in again.stdout
    second = run_export(built.warehouse, "--to", target)
    assert "changed since 20200101T000000Z-00000000: " in second.stdout
    said = json.loads((target / "publication.json").read_text("utf-8"))
    [(publication,)] = query(built.warehouse, "select publication_id from meta.publication")
    assert (said["publication_id"], said["compared_with"]) == (
        publication,
        "20200101T000000Z-00000000",
    )
    assert [path.name for path in tmp_path.iterdir() if path.name != altered.name] == ["数据"]
    # a file that was changed since is not the export any more
    (target / "README.md").write_text("other", encoding="utf-8")
    mended = run_export(built.warehouse, "--to", target)
    assert "exported" in mended.stdout
    assert (target / "README.md").read_text("utf-8") != "other"


def test_exports_lie_with_their_publications(altered: Path, tmp_path: Path) -> None:
    [(own,)] = query(altered, "select publication_id from meta.publication")
    change(altered, "update meta.publication set publication_id = '20200101T000000Z-00000000'")
    assert run_export(altered).returncode == 0
    change(altered, f"update meta.publication set publication_id = '{own}'")
    result = run_export(altered)
    area = tmp_path / "altered.publications"
    assert f"exported {area / str(own) / 'export'}" in result.stdout
    assert "changed since 20200101T000000Z-00000000" in result.stdout


def test_raw_is_exported_on_request(built: Built, tmp_path: Path) -> None:
    target = export(built.warehouse, tmp_path / "raw", "--raw")
    [(cells,)] = query(built.warehouse, "select count(*) from raw.cell")
    rows = query_parquet(target / "data" / "raw.cell.parquet", "select count(*)")
    assert rows == [(cells,)]
    assert errors_of(target / "datapackage.json") == []


def test_a_promise_that_the_rows_do_not_keep_is_told_and_left_out(
    altered: Path, tmp_path: Path
) -> None:
    change(
        altered,
        "insert into core.fct_three_public from core.fct_three_public limit 1",
        "update core.fct_income set document_id = 'nowhere', reading = 'guessed'",
    )
    result = run_export(altered, "--to", tmp_path / "broken")
    assert result.returncode == 0
    for line in (
        "core.fct_three_public: three_public_id is not unique",
        "core.fct_income: reading has other words than its list",
        "core.fct_income: document_id is not in core.dim_document",
    ):
        assert line in result.stdout
    assert "primaryKey" not in resource_of(tmp_path / "broken", "core.fct_three_public")["schema"]
    assert errors_of(tmp_path / "broken" / "datapackage.json") == []


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 1
    [line] = result.stderr.strip().splitlines()
    assert line.startswith("gongkai: ")
    for word in words:
        assert word in line
    assert "Traceback" not in result.stdout


def test_what_is_not_a_warehouse_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "to"
    refused(run_export(tmp_path / "无.duckdb", "--to", target), "无.duckdb does not exist")
    (tmp_path / "text.duckdb").write_text("not a database " * 999)
    refused(run_export(tmp_path / "text.duckdb", "--to", target), "not a DuckDB file")
    change(tmp_path / "other.duckdb", "create table mine (a int)")
    refused(run_export(tmp_path / "other.duckdb", "--to", target), "not a warehouse of gongkai")
    assert not target.exists()


def test_what_is_not_an_export_is_not_replaced(built: Built, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "work.txt").write_text("mine")
    refused(run_export(built.warehouse, "--to", mine), "is not an export of gongkai")
    refused(run_export(built.warehouse, "--to", mine / "work.txt"), "is a file")
    refused(run_export(built.warehouse, "--to", mine / "work.txt" / "below"), "cannot be written")
    refused(run_export(built.warehouse, "--to", tmp_path / "a", "--earlier", mine), "not an export")
    gone = tmp_path / "gone"
    refused(run_export(built.warehouse, "--to", tmp_path / "a", "--earlier", gone), "not exist")
    target = export(built.warehouse, tmp_path / "data")
    (target / "notes.txt").write_text("mine")
    refused(run_export(built.warehouse, "--to", target, "--raw"), "holds notes.txt")
    (target / "notes.txt").unlink()
    (target / "data" / "core.fct_income.parquet").write_bytes(b"PAR1")
    result = run_export(built.warehouse, "--to", tmp_path / "a", "--earlier", target)
    refused(result, "is damaged", "core.fct_income.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "mine"]


@pytest.mark.parametrize("size", [20_000, 400_000])
def test_a_full_disk_leaves_what_was_there(built: Built, tmp_path: Path, size: int) -> None:
    target = tmp_path / "数据"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    result = run_export(built.warehouse, "--to", target, preexec_fn=limit)
    refused(result, "the disk is full", "run the export again")
    assert list(tmp_path.iterdir()) == []

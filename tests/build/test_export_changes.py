"""Exports one after the other: what changed and why, what is replaced, what is refused."""

import json
import resource
import subprocess
from pathlib import Path

import pytest

from tests.build.conftest import Built, query
from tests.build.exports import (
    change,
    errors_of,
    export,
    read_csv,
    resource_of,
    run_export,
)


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
        "insert into marts.mart_city_comparison select * replace ('other' as scope)"
        " from marts.mart_city_comparison limit 1",
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
    [(compared,)] = query(built.warehouse, "select count(*) from marts.mart_city_comparison")
    # what told rows apart then is no key of now: a row that is gone is no change of its twin
    assert f"| `marts.mart_city_comparison` | {compared + 1} | {compared} | 0 | 0 | 1 |" in page
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

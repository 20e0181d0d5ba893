"""What a build leaves behind: the contract's tables, the quarantine, the side products."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.conftest import Built, query, run_build

PROMISED = {
    "core": """dim_document dim_disclosure dim_agency dim_region dim_function dim_economic
        fct_income fct_expenditure_function fct_expenditure_economic fct_three_public
        fct_procurement fct_project fct_project_amount""",
    "marts": "mart_agency_year mart_city_comparison",
    "audit": """identity_check finding quarantine cell_resolution page_conservation run
        decision change""",
    "meta": "publication",
    "raw": "document page line table cell quarantine source run",
}


def test_exit_status_tells_of_the_quarantine(built: Built) -> None:
    assert built.status == 3
    assert built.errors == ""
    assert "Traceback" not in built.output
    quarantined = [line for line in built.output.splitlines() if line.startswith("quarantined: ")]
    for name in built.bad:
        assert any(name in line for line in quarantined), name
    assert "notes.ppt" in built.output


def test_bad_documents_are_in_quarantine_and_all_others_are_built(built: Built) -> None:
    quarantined = query(
        built.warehouse,
        "select distinct source.file_name from audit.quarantine as quarantine"
        " inner join raw.source as source using (document_id)",
    )
    assert {(name,) for name in built.bad} <= set(quarantined)
    assert query(built.warehouse, "select count(*) from core.dim_disclosure") == [(2,)]
    assert query(built.warehouse, "select count(*) from raw.source") == [(3 + len(built.bad),)]


@pytest.mark.parametrize("schema", sorted(PROMISED))
def test_the_promised_tables_are_there(built: Built, schema: str) -> None:
    rows = query(
        built.warehouse, f"select table_name from duckdb_tables() where schema_name = '{schema}'"
    )
    assert set(PROMISED[schema].split()) <= {row[0] for row in rows}


def test_no_table_and_no_column_is_without_a_comment_in_both_languages(built: Built) -> None:
    """Of all schemas, also those that a user need not look at."""
    comments = query(
        built.warehouse,
        "select schema_name, table_name, '' as column_name, comment from duckdb_tables()"
        " union all"
        " select schema_name, table_name, column_name, comment from duckdb_columns()"
        " where not internal",
    )
    assert len(comments) > 1000
    both = re.compile(r".*[\u4e00-\u9fff].* / .*[A-Za-z]{2}", re.S)
    assert [row for row in comments if not both.match(row[3] or "")] == []


def test_every_word_of_the_marts_has_its_chinese_label(built: Built) -> None:
    labelled = query(
        built.warehouse,
        "select word.table_name, word.column_name from duckdb_columns() as word"
        " inner join duckdb_columns() as label on word.schema_name = label.schema_name"
        " and word.table_name = label.table_name"
        " and word.column_name || '_zh' = label.column_name"
        " where word.schema_name = 'marts' and word.data_type = 'VARCHAR'",
    )
    assert ("mart_findings", "kind") in labelled
    for table, column in labelled:
        unlabelled = query(
            built.warehouse,
            f"select distinct {column} from marts.{table}"
            f" where {column} is not null and {column}_zh is null",
        )
        assert unlabelled == [], (table, column)


def test_the_same_bytes_twice_count_once(built: Built) -> None:
    assert query(
        built.warehouse,
        "select count(*) from (select document_id from raw.source group by all having count(*) > 1"
        " intersect select document_id from core.fct_income where is_current)",
    ) == [(1,)]
    assert query(
        built.warehouse, "select count(*) - count(distinct document_id) from core.dim_document"
    ) == [(0,)]


def test_every_fact_leads_to_its_cell(built: Built) -> None:
    for fact in ("fct_income", "fct_expenditure_function", "fct_expenditure_economic"):
        assert query(built.warehouse, f"select count(*) > 0 from core.{fact}") == [(True,)]
        assert query(
            built.warehouse,
            f"select count(*) from core.{fact} as fact where not exists (select 1 from raw.cell"
            " where cell.cell_id = fact.cell_id and cell.document_id = fact.document_id"
            " and cell.printed = fact.amount_printed)",
        ) == [(0,)]


def test_publication_file_and_pointer_carry_one_id(built: Built) -> None:
    [(key, version, sources)] = query(
        built.warehouse, "select publication_id, contract_version, sources from meta.publication"
    )
    assert version == "1"
    current = built.warehouse.with_name("公开.publications") / "current"
    assert current.resolve().name == key
    assert json.loads((current / "publication.json").read_text("utf-8"))["publication_id"] == key
    paths = {source["file_path"] for source in json.loads(str(sources))}
    assert {"0001.pdf", "深 处/0001 副本.PDF", "深 处/2'3.pdf"} <= paths
    assert query(
        built.warehouse,
        f"select count(*) from audit.run where run_id = '{key}' and finished_at >= started_at"
        " and documents_quarantined > 0",
    ) == [(1,)]


def test_data_docs_need_no_internet(built: Built) -> None:
    docs = built.warehouse.with_name("公开.publications") / "current" / "data_docs"
    pages = list(docs.rglob("*.html"))
    assert docs / "index.html" in pages
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for needle in ('src="http', 'rel="stylesheet" href="http', "url(http", 'url("http'):
            assert needle not in text, page


def test_the_first_page_of_the_validation_names_every_table_in_plain_words(built: Built) -> None:
    docs = built.warehouse.with_name("公开.publications") / "current" / "data_docs"
    lines = re.findall(
        r'<tr data-suite="([^"]+)"><td><a href="([^"]+)">([^<]+)</a>',
        (docs / "index.html").read_text("utf-8"),
    )
    suites = {name for (name,) in query(built.warehouse, "select suite from audit.validation")}
    assert {name for name, _, _ in lines} == suites
    for name, link, words in lines:
        assert (docs / link).is_file(), name
        assert re.match("[^ -~]+ [A-Z]", words), name


def test_the_validation_holds_and_is_kept(built: Built) -> None:
    current = built.warehouse.with_name("公开.publications") / "current"
    report = json.loads((current / "validation.json").read_text("utf-8"))
    assert report["must_broken"] == 0
    assert len(report["outcomes"]) > 40


def test_nothing_is_left_in_the_making(built: Built) -> None:
    names = sorted(path.name for path in built.warehouse.parent.iterdir())
    assert names == [".gongkai", "公开.duckdb", "公开.publications"]
    workspace = built.warehouse.parent / ".gongkai" / built.warehouse.name
    validated = {"validated"}  # the report of `make validate`, where a test before has run it
    assert sorted({path.name for path in workspace.iterdir()} - validated) == [
        "cache",
        "lock",
        "logs",
        "pictures",
    ]


def test_a_second_build_has_nothing_to_do(built: Built) -> None:
    before = built.warehouse.stat()
    result = run_build(built.documents, built.warehouse)
    assert result.returncode == 0
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1
    assert result.stdout.startswith("nothing changed")
    after = built.warehouse.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_client_of_duckdb_1_3_opens_the_file(built: Built, tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path)]
    installed = subprocess.run(
        [*install, "duckdb==1.3.2"], capture_output=True, text=True, check=False
    )
    if installed.returncode != 0:
        pytest.skip("duckdb 1.3.2 cannot be installed here")
    script = (
        "import duckdb, sys; assert duckdb.__version__ == '1.3.2';"
        "c = duckdb.connect(sys.argv[1], read_only=True);"
        "print(c.execute('select count(*) from core.fct_income').fetchone()[0])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(built.warehouse)],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert [(int(answer.stdout),)] == query(built.warehouse, "select count(*) from core.fct_income")
